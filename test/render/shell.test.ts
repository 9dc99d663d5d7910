import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lazy } from 'aws-cdk-lib';
import fc from 'fast-check';
import { siteReleaseScript } from '../../src/functions';
import { quote } from '../../src/pipeline/shell-words';
import { scriptCommands } from '../../src/render/shell';

/** Runs each command in a separate shell: whether CodePipeline keeps one shell is not documented. */
function run(commands: string[]): string {
  const TMPDIR = mkdtempSync(join(tmpdir(), 'shell-'));
  return commands
    .map((command) => execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8', env: { ...process.env, TMPDIR } }))
    .join('');
}

const line = fc.string({ unit: 'grapheme-ascii', maxLength: 400 });

test('writes a script unchanged', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (body) => {
      const TMPDIR = mkdtempSync(join(tmpdir(), 'shell-'));
      const commands = scriptCommands('x.sh', {}, ['exit 0', ...body]);
      for (const command of commands.slice(0, -1)) {
        execFileSync('/bin/sh', ['-c', command], { env: { ...process.env, TMPDIR } });
      }
      expect(readFileSync(join(TMPDIR, 'x.sh'), 'utf8')).toBe(['exit 0', ...body, ''].join('\n'));
      for (const command of commands) expect(command.length).toBeLessThanOrEqual(1000);
    }),
    { numRuns: 40 },
  );
});

test('quotes values of variables', () => {
  fc.assert(
    fc.property(
      fc.oneof(line, fc.constantFrom("'; touch pwned; '", '$(id)', '`id`', '\\', "'", '"', '!x', '~', '*')),
      (value) => {
        expect(run(scriptCommands('x.sh', { VALUE: value }, ['printf %s "$VALUE"']))).toBe(value);
      },
    ),
    { numRuns: 60 },
  );
});

test('quotes a word', () => {
  expect(execFileSync('/bin/sh', ['-c', `printf '[%s]' ${quote("it's $HOME")}`], { encoding: 'utf8' })).toBe(
    "[it's $HOME]",
  );
});

test('reserves space for resolved tokens', () => {
  function token() {
    return Lazy.string({ produce: () => 'x'.repeat(160) });
  }

  const variables = Object.fromEntries([...Array(12).keys()].map((i) => [`V${i}`, token()]));
  for (const command of scriptCommands('x.sh', variables, ['true'])) {
    expect(command.replace(/\$\{Token\[[^\]]+\]\}/g, 'x'.repeat(160)).length).toBeLessThanOrEqual(1000);
  }
});

test('writes the complete release script', () => {
  const script = siteReleaseScript();
  const commands = scriptCommands('site-release.sh', {}, script);
  expect(commands.length).toBeLessThanOrEqual(30);
  execFileSync('/bin/sh', ['-n'], { input: script.join('\n') });
  expect(script.join('\n')).not.toMatch(/#\{|^\s*#/m);
});
