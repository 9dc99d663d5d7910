import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const REPOSITORY = '111111111111.dkr.ecr.eu-west-1.amazonaws.com/acme/shop';
export const COMMIT = '4c1f0e6b7d';

/** The digests that the fakes report: of an image that was pushed, and of an index. */
export function digest(n: number) {
  return `sha256:${String(n).padStart(64, '0')}`;
}

export interface RegistryRun {
  readonly ok: boolean;
  readonly error: string;
  readonly exported: string;
  /** Every call, its words separated. */
  readonly calls: string[][];
  /** A file that a fake or the commands wrote. */
  readonly lines: (name: string) => string[];
}

export interface RegistryRequest {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Files that configure the errors of the fakes. */
  readonly trouble?: readonly string[];
  /** Tags under which there are images. */
  readonly pushed?: readonly string[];
  /** Variables that are reported at the end. */
  readonly tell?: readonly string[];
}

/** Runs commands one after the other in one shell, until the first that fails, against fakes of `docker` and `aws`. */
export function runOnRegistry(
  shell: string,
  commands: readonly string[],
  { env = {}, trouble = [], pushed = [], tell = [] }: RegistryRequest = {},
): RegistryRun {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'));
  for (const name of trouble) writeFileSync(join(folder, name), '');
  writeFileSync(join(folder, 'pushed'), pushed.map((tag) => `${tag}\n`).join(''));
  const script = [...commands, ...(tell.length > 0 ? [`printenv ${tell.join(' ')}`] : [])].map(
    (command) => `${command}\nstatus=$?; test $status -eq 0 || exit $status`,
  );
  const { status, stdout, stderr } = spawnSync(shell, ['-c', script.join('\n')], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${join(__dirname, 'fake-registry')}:/usr/bin:/bin`,
      FAKE: folder,
      IMAGE_REPOSITORY: REPOSITORY,
      CODEBUILD_RESOLVED_SOURCE_VERSION: COMMIT,
      CODEBUILD_BUILD_NUMBER: '7',
      ...env,
    },
  });

  function lines(name: string) {
    return existsSync(join(folder, name))
      ? readFileSync(join(folder, name), 'utf8')
          .split('\n')
          .filter((line) => line !== '')
      : [];
  }

  return {
    ok: status === 0,
    error: stderr,
    exported: stdout,
    calls: lines('calls').map((line) => line.split('\t')),
    lines,
  };
}

/** The calls that begin with these words. */
export function calledWith({ calls }: RegistryRun, ...words: string[]) {
  return calls.filter((call) => words.every((word, i) => call[i] === word));
}
