import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aws_lambda as lambda, type Stack } from 'aws-cdk-lib';
import { DeploymentEnvironment, DeployTarget, PipelineStage, TestStep } from '../../src';
import { readOutputCommand } from '../../src/render/test/stack-outputs';
import { complaints, deliveryTemplate, type DeliveryOf } from '../helpers/delivery';
import { resourcesOf, statementsOf } from '../helpers/synth';

const tested = (outputs: string[], tests: (stack: Stack) => TestStep[]): DeliveryOf => (stack) => ({
  stages: [PipelineStage.environment(new DeploymentEnvironment('live', { target: DeployTarget.cloudFormationStack('shop', { outputs }), tests: tests(stack) }))],
});
const accept = (options: Parameters<typeof TestStep.shell>[1] = {}) => TestStep.shell(['./accept.sh "$Url"'], options);

/** The buildspec of the only project. */
function buildSpec(props: DeliveryOf) {
  const [[, { Properties }]] = resourcesOf(deliveryTemplate(props), 'AWS::CodeBuild::Project');
  return JSON.parse((Properties.Source as { BuildSpec: string }).BuildSpec) as { phases: Record<string, { commands?: string[] }> };
}

describe('a shell test', () => {
  test('reads the outputs before its first command', () => {
    const read = readOutputCommand('shop', 'Url');
    expect(buildSpec(tested(['Url'], () => [accept()])).phases.build.commands).toEqual([read, './accept.sh "$Url"']);
    const { install, build } = buildSpec(tested(['Url'], () => [accept({ installCommands: ['npm ci'] })])).phases;
    expect([install.commands, build.commands]).toEqual([[read, 'npm ci'], ['./accept.sh "$Url"']]);
  });

  test('may look at that stack, and only when it reads something', () => {
    const reading = (props: DeliveryOf) => statementsOf(deliveryTemplate(props)).filter(({ statement }) => statement.Action === 'cloudformation:DescribeStacks');
    expect(reading(tested(['Url'], () => [accept()])).map(({ statement }) => statement.Resource)).toEqual([
      { 'Fn::Sub': 'arn:${AWS::Partition}:cloudformation:${AWS::Region}:${AWS::AccountId}:stack/shop/*' },
    ]);
    expect(reading(tested([], () => [accept()]))).toEqual([]);
  });

  test('may not set by itself what it reads', () => {
    expect(complaints(tested(['Url'], () => [accept({ environmentVariables: { Url: 'x' } })]))).toEqual([
      "'Test-live.environmentVariables' must leave the names alone that the environment sets, got \"Url\"; rename the variable",
    ]);
  });

  test('others read nothing, so they may', () => {
    const smoke = (stack: Stack) => [TestStep.lambdaFunction(lambda.Function.fromFunctionName(stack, 'Smoke', 'smoke'), { parameters: { Url: 'x' } })];
    expect(complaints(tested(['Url'], smoke))).toEqual([]);
  });
});

test.each([
  ['with an underscore', ['my_url'], ["'stages[0].environment.target.outputs' must consist of letters and digits, beginning with a letter, got \"my_url\"; name it as the template does"]],
  ['twice', ['Url', 'Url'], ["'stages[0].environment.target.outputs' must name every output once, got \"Url\"; remove one of them"]],
])('an output %s', (_name, outputs, expected) => {
  expect(complaints(tested(outputs, () => [accept()]))).toEqual(expected);
});

describe('the command, in a shell', () => {
  const directory = mkdtempSync(join(tmpdir(), 'outputs-'));
  writeFileSync(join(directory, 'aws'), '#!/bin/sh\nprintf "%s\\n" "$*" > "$ASKED"\nprintf "%s\\n" "$VALUE"\nexit "${STATUS:-0}"\n', { mode: 0o755 });
  const run = (env: Record<string, string>) => spawnSync('sh', ['-c', `${readOutputCommand('shop', 'Url')} && printenv Url`], {
    cwd: directory, encoding: 'utf8', env: { PATH: `${directory}:${process.env.PATH}`, ASKED: join(directory, 'asked'), ...env },
  });

  test.each(['https://example.com/?a=1&b=2', 'it\'s "quoted"', '$(touch stolen)`touch stolen`; touch stolen', 'two\nlines'])('takes %j as it is', (value) => {
    expect(run({ VALUE: value })).toMatchObject({ status: 0, stdout: `${value}\n` });
    expect(existsSync(join(directory, 'stolen'))).toBe(false);
  });

  test.each<[string, Record<string, string>]>([['is not there', { VALUE: '' }], ['cannot be read', { VALUE: 'x', STATUS: '254' }]])('fails when the output %s', (_name, env) => {
    expect(run(env)).toMatchObject({ status: 1, stdout: '', stderr: 'The stack shop has no output Url, or it cannot be read\n' });
  });
});
