import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { ROOT } from './package';

export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command as a user would in a new terminal: with nothing of this repository but the command itself. */
export function run(cwd: string, command: string, args: string[], env: Record<string, string> = {}): Result {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: { ...environment(), ...env },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return { status, stdout: stdout ?? '', stderr: error ? `${error.message}\n${stderr ?? ''}` : stderr };
}

function environment(): NodeJS.ProcessEnv {
  const ours =
    /^(npm_(package|lifecycle|command|config_local_prefix)|TS_NODE|CDK_|JSII_|NODE_(PATH|OPTIONS)$|INIT_CWD$|PROJEN)/;
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return {
    ...Object.fromEntries(kept),
    // A tool that the package forgot to bring would be found here.
    PATH: (process.env.PATH ?? '')
      .split(delimiter)
      .filter((folder) => !folder.startsWith(ROOT))
      .join(delimiter),
    NO_COLOR: '1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    AWS_EC2_METADATA_DISABLED: 'true', // nothing to wait for: there are no credentials
  };
}
