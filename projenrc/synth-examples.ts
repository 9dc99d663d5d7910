/**
 * Synthesizes every example with the CDK command and checks it, as a reader would: an error, a warning or an action that nobody knows fails.
 * Names of examples as arguments choose some.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../src/cli/command';
import { main } from '../src/cli/main';

const root = join(__dirname, '..');
const wanted = process.argv.slice(2);
const examples = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.ts') && file !== 'demo.ts')
  .filter((file) => wanted.length === 0 || wanted.includes(file.replace(/\.ts$/, '')));

/** Runs a command; what it says and how it ended. */
const run = (command: string, args: string[]) => new Promise<{ ok: boolean; said: string }>((resolve) =>
  execFile(command, args, { cwd: root, encoding: 'utf8' }, (error, stdout, stderr) => resolve({ ok: error === null, said: `${stdout}${stderr}` })));

async function judge(example: string): Promise<boolean> {
  const output = mkdtempSync(join(tmpdir(), 'example-'));
  const app = `npx ts-node -T -P tsconfig.dev.json -r tsconfig-paths/register examples/${example}`;
  const synth = await run('npx', ['cdk', 'synth', '--strict', '--quiet', '--no-notices', '--no-version-reporting', '--output', output, '--app', app]);
  const complaints = synth.said.split('\n').filter((line) => /warning|error|deprecated/i.test(line) && !line.startsWith('npm warn'));
  const verdict = check(output);
  const ok = synth.ok && complaints.length === 0 && verdict.ok;
  console.log(`${ok ? 'ok    ' : 'FAILED'} examples/${example}: ${verdict.text.trim().split('\n').pop()}${ok ? '' : `\n${synth.said}${verdict.text}`}`);
  rmSync(output, { recursive: true, force: true });
  return ok;
}

function check(directory: string): { ok: boolean; text: string } {
  let text = '';
  const code = main(['check', directory, '--strict'], { out: (part) => text += part, err: (part) => text += part, interactive: false });
  return { ok: code === ExitCode.CLEAN && text.includes(' 0 unmodelled'), text };
}

async function judgeAll() {
  const waiting = [...examples];
  let failed = 0;
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) if (!await judge(next)) failed++;
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  console.log(`${examples.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

void judgeAll();
