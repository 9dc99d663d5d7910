/** Synthesizes every example with the CDK command, as a reader would: an error or a warning fails. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
  const ok = status === 0 && complaints.length === 0;
  console.log(`${ok ? 'ok    ' : 'FAILED'} examples/${example}${ok ? '' : `\n${stdout}${stderr}`}`);
  if (!ok) failed++;
  rmSync(output, { recursive: true, force: true });
}

console.log(`${examples.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
