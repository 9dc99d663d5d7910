import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { DeploymentEnvironment, DeployTarget, PipelineSource, SiteRelease, WebAppPipeline } from '../../src';
import { lookUpCommands, lookUpLines } from '../../src/render/environment-parameters';
import { scriptCommands } from '../../src/render/shell';
import { actionsOf, type CfnTemplate, resourcesOf, statementsOf } from '../helpers/synth';

const VALUE = 'https://d1.cloudfront.net/$(touch owned)`id`"\'; a b';

/** An `aws` with one parameter. */
function fakeAws(): string {
  const directory = mkdtempSync(join(tmpdir(), 'parameters-'));
  writeFileSync(join(directory, 'value'), VALUE);
  writeFileSync(
    join(directory, 'aws'),
    [
      '#!/bin/sh',
      '[ "$1 $2 $3 $4 $5 $6 $7 $8" = "ssm get-parameter --name /shop/URL --query Parameter.Value --output text" ' +
        '] || { echo "ParameterNotFound" >&2; exit 254; }',
      `cat ${join(directory, 'value')}`,
    ].join('\n'),
  );
  chmodSync(join(directory, 'aws'), 0o755);
  return directory;
}

function run(shell: string, commands: readonly string[], env: Record<string, string> = {}) {
  return execFileSync(shell, ['-c', `set -e\n${commands.join('\n')}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: `${fakeAws()}${delimiter}${process.env.PATH}`, ...env },
  });
}

describe.each(['sh', 'bash'])('in %s', (shell) => {
  test('reads any value of a parameter into an environment variable', () => {
    expect(run(shell, [...lookUpCommands({ SITE_URL: '/shop/URL' }), 'sh -c \'printf %s "$SITE_URL"\''])).toBe(VALUE);
  });

  test('reads it in a script that needs no other command', () => {
    const commands = scriptCommands(
      'x.sh',
      { A: 'a' },
      ['printf "%s" "$A $SITE_URL"'],
      lookUpLines({ SITE_URL: '/shop/URL' }),
    );
    const TMPDIR = mkdtempSync(join(tmpdir(), 'script-'));
    expect(commands.map((command) => run(shell, [command], { TMPDIR })).join('')).toBe(`a ${VALUE}`);
  });

  test('fails the deployment if a parameter cannot be read', () => {
    expect(() => run(shell, [...lookUpCommands({ SITE_BUCKET: '/shop/BUCKET' }), 'echo on'])).toThrow();
    expect(() => run('sh', [...lookUpLines({ SITE_BUCKET: '/shop/BUCKET' }), 'echo on'])).toThrow();
  });
});

test('publishes the parameters of a cross-account site, and grants reading only them', () => {
  const app = new App();
  new WebAppPipeline(new Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } }), 'Site', {
    source: PipelineSource.gitHub('acme/shop', 'main'),
    environments: [
      new DeploymentEnvironment('live', {
        env: { account: '222222222222', region: 'us-east-1' },
        target: DeployTarget.staticSite({ release: SiteRelease.atomic() }),
      }),
    ],
  });
  const [home, there] = ['Shop', 'Shop-Site-222222222222-us-east-1'].map(
    (name) => app.synth().getStackByName(name).template as CfnTemplate,
  );
  const deploy = actionsOf(home).find(({ Name }) => Name === 'Deploy-live')!;
  const read = [...JSON.stringify(deploy.Commands).matchAll(/ssm get-parameter --name (\S+)/g)].map(([, name]) => name);
  expect(read.map((name) => name.split('/').pop())).toEqual([
    'SITE_URL',
    'SITE_BUCKET',
    'DISTRIBUTION_ID',
    'KEY_VALUE_STORE',
  ]);
  // The script reads all but the output variable, which the commands export.
  const [lookUp, ...script] = deploy.Commands as string[];
  expect([lookUp.startsWith('SITE_URL='), script.some((command) => command.includes('&& export'))]).toEqual([
    true,
    false,
  ]);
  const published = resourcesOf(there, 'AWS::SSM::Parameter').map(([, { Properties }]) => Properties.Name as string);
  expect([...published].sort()).toEqual([...read].sort());
  const [granted] = statementsOf(there).filter(({ statement }) => statement.Action === 'ssm:GetParameter');
  expect(granted.statement.Resource).toEqual(
    published.map((name) => ({
      'Fn::Sub': `arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter${name}`,
    })),
  );
});
