import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { lookUpCommands } from '../../../src/render/environment/parameters';

const VALUE = 'https://d1.cloudfront.net/$(touch owned)`id`"\'; a b';

/** An `aws` that knows one parameter. */
function fakeAws(): string {
  const directory = mkdtempSync(join(tmpdir(), 'parameters-'));
  writeFileSync(join(directory, 'value'), VALUE);
  writeFileSync(join(directory, 'aws'), [
    '#!/bin/sh',
    '[ "$1 $2 $3 $4 $5 $6 $7 $8" = "ssm get-parameter --name /shop/URL --query Parameter.Value --output text" ] || { echo "ParameterNotFound" >&2; exit 254; }',
    `cat ${join(directory, 'value')}`,
  ].join('\n'));
  chmodSync(join(directory, 'aws'), 0o755);
  return directory;
}

const run = (shell: string, commands: readonly string[]) => execFileSync(shell, ['-c', `set -e\n${commands.join('\n')}`], {
  encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: `${fakeAws()}${delimiter}${process.env.PATH}` },
});

describe.each(['sh', 'bash'])('in %s', (shell) => {
  test('what a parameter holds is in an environment variable, whatever it is', () => {
    expect(run(shell, [...lookUpCommands({ SITE_URL: '/shop/URL' }), 'sh -c \'printf %s "$SITE_URL"\''])).toBe(VALUE);
  });

  test('a parameter that cannot be read ends the deployment', () => {
    expect(() => run(shell, [...lookUpCommands({ SITE_BUCKET: '/shop/BUCKET' }), 'echo on'])).toThrow();
  });
});
