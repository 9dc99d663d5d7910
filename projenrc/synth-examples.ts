/** Synthesizes every example with the CDK command and checks it, as a reader would: an error, a warning or an action that nobody knows fails. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../src/cli/command';
import { main } from '../src/cli/main';

const root = join(__dirname, '..');
const examples = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.ts') && file !== 'demo.ts');
let failed = 0;

for (const example of examples) {
  const output = mkdtempSync(join(tmpdir(), 'example-'));
  const app = `npx ts-node -T -P tsconfig.dev.json -r tsconfig-paths/register examples/${example}`;
  const { status, stderr, stdout } = spawnSync('npx', ['cdk', 'synth', '--strict', '--quiet', '--no-notices', '--no-version-reporting', '--output', output, '--app', app], {
    cwd: root, encoding: 'utf8',
  });
  const complaints = `${stdout}${stderr}`.split('\n').filter((line) => /warning|error|deprecated/i.test(line) && !line.startsWith('npm warn'));
  const verdict = check(output);
  const ok = status === 0 && complaints.length === 0 && verdict.ok;
  console.log(`${ok ? 'ok    ' : 'FAILED'} examples/${example}: ${verdict.text.trim().split('\n').pop()}${ok ? '' : `\n${stdout}${stderr}${verdict.text}`}`);
  if (!ok) failed++;
  rmSync(output, { recursive: true, force: true });
}

function check(directory: string): { ok: boolean; text: string } {
  let text = '';
  const code = main(['check', directory, '--strict'], { out: (part) => text += part, err: (part) => text += part, interactive: false });
  return { ok: code === ExitCode.CLEAN && text.includes(' 0 unmodelled'), text };
}

console.log(`${examples.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
