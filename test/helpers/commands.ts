import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What CodePipeline puts in the place of `#{codepipeline.PipelineExecutionId}`. */
export const EXECUTION = '12345678-90ab-cdef-1234-567890abcdef';

export interface CommandsRequest {
  readonly shell: string;
  readonly commands: readonly string[];
  /** Content of `imageDetail.json` by artifact; the first is the one that commands start in. */
  readonly images: Readonly<Record<string, unknown>>;
  /** A folder of stand-ins that come first on the PATH. */
  readonly fakes?: string;
  /** Files beside, which stand-ins read. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface CommandsRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** A file that the commands wrote into the folder which they started in. */
  readonly output: (name: string) => unknown;
  /** A file that a stand-in wrote. */
  readonly recorded: (name: string) => string;
}

/** Runs commands as CodePipeline does, as far as that is known: in one shell, until the first that fails. */
export function runCommands({ shell, commands, images, fakes, files = {}, env = {} }: CommandsRequest): CommandsRun {
  const folder = mkdtempSync(join(tmpdir(), 'commands-'));

  function at(...names: string[]) {
    return join(folder, ...names);
  }

  mkdirSync(at('tmp'));
  const inputs = Object.fromEntries(
    Object.entries(images).map(([artifact, detail], i) => {
      mkdirSync(at(artifact));
      if (detail !== undefined) writeFileSync(at(artifact, 'imageDetail.json'), JSON.stringify(detail));
      return [`CODEBUILD_SRC_DIR${i === 0 ? '' : `_${artifact}`}`, at(artifact)];
    }),
  );
  const started = Object.values(inputs)[0];
  for (const [name, text] of Object.entries({ 'calls.jsonl': '', clock: '1000000', ...files })) {
    writeFileSync(at(name), text);
  }
  const script = commands.map((command) => `${command}\nstatus=$?; test $status -eq 0 || exit $status`);
  const { status, stdout, stderr } = spawnSync(shell, ['-c', script.join('\n')], {
    cwd: started,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${fakes === undefined ? '' : `${join(__dirname, fakes)}:`}${process.env.PATH}`,
      TMPDIR: at('tmp'),
      FAKE_DIR: folder,
      ...inputs,
      ...env,
    },
  });
  return {
    status,
    stdout,
    stderr,
    output: (name) =>
      existsSync(join(started, name)) ? (JSON.parse(readFileSync(join(started, name), 'utf8')) as unknown) : undefined,
    recorded: (name) => (existsSync(at(name)) ? readFileSync(at(name), 'utf8') : ''),
  };
}
