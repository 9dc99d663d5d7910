import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aws_iam as iam, aws_lambda as lambda, type Stack } from 'aws-cdk-lib';
import { BuildStep, DeploymentEnvironment, DeployTarget, PipelineStage, TestStep } from '../../../src';
import { readInput } from '../../../src/assembly/input';
import { check } from '../../../src/check/check';
import { NO_ENVIRONMENT_VARIABLE } from '../../../src/pipeline/environment-outputs';
import { NO_DUPLICATES, UNIQUE_ARTIFACTS } from '../../../src/pipeline/rules';
import { denialsOf } from '../../check/verdicts';
import { complaints, delivery, deliveryTemplate, source, verdictsOf, type DeliveryOf } from '../../helpers/delivery';
import { actionsOf, resourcesOf, statementsOf } from '../../helpers/synth';

function tested(outputs: string[], tests: (stack: Stack) => TestStep[], name = 'live'): DeliveryOf {
  return (stack) => ({
    stages: [
      PipelineStage.environment(
        new DeploymentEnvironment(name, {
          target: DeployTarget.cloudFormationStack('shop', { outputs }),
          tests: tests(stack),
        }),
      ),
    ],
  });
}

function accept(options: Parameters<typeof TestStep.shell>[1] = {}) {
  return TestStep.shell(['./accept.sh "$Url"'], options);
}

function actionOf(props: DeliveryOf, name: string) {
  return actionsOf(deliveryTemplate(props)).find(({ Name }) => Name === name)!;
}

/** The commands of the only project. */
function commandsOf(props: DeliveryOf) {
  const [[, { Properties }]] = resourcesOf(deliveryTemplate(props), 'AWS::CodeBuild::Project');
  const { phases } = JSON.parse((Properties.Source as { BuildSpec: string }).BuildSpec) as {
    phases: Record<string, { commands?: string[] }>;
  };
  return { install: phases.install?.commands ?? [], build: phases.build.commands ?? [] };
}

describe('deployment', () => {
  test('writes the outputs of the stack to an artifact', () => {
    expect(
      actionOf(
        tested(['Url'], () => []),
        'Deploy-live',
      ),
    ).toMatchObject({
      Configuration: { ActionMode: 'CHANGE_SET_EXECUTE', OutputFileName: 'outputs.json' },
      OutputArtifacts: [{ Name: 'Deploy_live_outputs' }],
    });
    expect(
      actionOf(
        tested(['Url'], () => []),
        'Prepare-live',
      ).OutputArtifacts,
    ).toBeUndefined();
  });

  test('writes no artifact without outputs', () => {
    const { Configuration, OutputArtifacts } = actionOf(
      tested([], () => [accept()]),
      'Deploy-live',
    );
    expect([Configuration, OutputArtifacts]).toEqual([
      { ActionMode: 'CHANGE_SET_EXECUTE', StackName: 'shop', ChangeSetName: 'pipeline' },
      undefined,
    ]);
  });

  test('allows writing artifacts only with outputs', () => {
    function writing(outputs: string[]) {
      return statementsOf(deliveryTemplate(tested(outputs, () => []))).filter(
        ({ holder, statement }) => holder.includes('ActionRole') && [statement.Action].flat().includes('s3:PutObject'),
      );
    }

    expect([writing(['Url']).length, writing([]).length]).toEqual([1, 0]);
  });

  test('requires write access to artifacts for outputs', () => {
    const { denied, unmodelled } = verdictsOf(tested(['Url'], () => [accept()]));
    expect({ denied, unmodelled }).toEqual({ denied: [], unmodelled: [] });
    const { app, stack } = delivery(
      tested(['Url'], () => [accept()]),
      { stack: { env: { account: '111111111111', region: 'eu-west-1' } } },
    );
    const role = stack.node.findAll().find(({ node }) => node.path.endsWith('/live/ActionRole'))!.node
      .defaultChild as iam.CfnRole;
    const [{ policyDocument }] = role.policies as Array<{
      policyDocument: { Statement: Array<{ Action: string | string[] }> };
    }>;
    policyDocument.Statement = policyDocument.Statement.filter(({ Action }) => !Action.includes('s3:PutObject'));
    expect(denialsOf(check(readInput(app.synth().directory, {})))).toEqual([expect.stringContaining('s3:PutObject')]);
  });
});

describe('shell test', () => {
  function inputsOf(props: DeliveryOf) {
    const { InputArtifacts, Configuration } = actionOf(props, 'Test-live');
    return [InputArtifacts!.map(({ Name }) => Name), Configuration!.PrimarySource];
  }

  test('receives the outputs after its own inputs', () => {
    expect(inputsOf(tested(['Url'], () => [accept()]))).toEqual([['Source', 'Deploy_live_outputs'], 'Source']);
    expect(inputsOf(tested([], () => [accept()]))).toEqual([['Source'], undefined]);
  });

  test('uses the outputs as primary input if it has no others', () => {
    expect(inputsOf(tested(['Url'], () => [accept({ inputs: [] })]))).toEqual([['Deploy_live_outputs'], undefined]);
    expect(commandsOf(tested(['Url'], () => [accept({ inputs: [] })])).build[1]).toContain(
      '"$CODEBUILD_SRC_DIR/outputs.json"',
    );
    expect(complaints(tested([], () => [accept({ inputs: [] })]))).toEqual([
      expect.stringMatching(/^'stages\[0\]\.environment\.tests\[0\]' must have 1 to 5 input artifacts, got \[\]/),
    ]);
  });

  test('reads the outputs before its first command', () => {
    const { build } = commandsOf(tested(['Url', 'Queue'], () => [accept()]));
    expect(build.length).toBe(4);
    expect([build[1].slice(0, 5), build[2].slice(0, 7), build[3]]).toEqual(['Url="', 'Queue="', './accept.sh "$Url"']);
    const two = commandsOf(tested(['Url'], () => [accept({ installCommands: ['npm ci'] })]));
    expect([two.install.length, two.install[2], two.build]).toEqual([3, 'npm ci', ['./accept.sh "$Url"']]);
    expect(commandsOf(tested([], () => [accept()])).build).toEqual(['./accept.sh "$Url"']);
  });

  test('requires no CloudFormation permissions', () => {
    const reading = statementsOf(deliveryTemplate(tested(['Url'], () => [accept()]))).filter(({ holder }) =>
      holder.includes('Testlive'),
    );
    expect(reading.length).toBeGreaterThan(0);
    expect(JSON.stringify(reading)).not.toContain('cloudformation:');
  });

  test('rejects variables with the names of outputs', () => {
    expect(complaints(tested(['Url'], () => [accept({ environmentVariables: { Url: 'x' } })]))).toEqual([
      `'stages[0].environment.tests[0].environmentVariables' must ${NO_ENVIRONMENT_VARIABLE}, got "Url"; ` +
        `rename the variable`,
    ]);
  });

  test('accepts variables with the names of outputs in other tests', () => {
    function smoke(stack: Stack) {
      return [
        TestStep.lambdaFunction(lambda.Function.fromFunctionName(stack, 'Smoke', 'smoke'), {
          parameters: { Url: 'x' },
        }),
      ];
    }

    expect(complaints(tested(['Url'], smoke))).toEqual([]);
  });
});

test.each([
  [
    'with an underscore',
    ['my_url'],
    [
      "'stages[0].environment.target.outputs' must consist of letters and digits, beginning with a letter, got " +
        '"my_url"; use the name in the template',
    ],
  ],
  [
    'twice',
    ['Url', 'Url'],
    [`'stages[0].environment.target.outputs' must ${NO_DUPLICATES}, got "Url"; remove one of them`],
  ],
])('rejects an output %s', (_name, outputs, expected) => {
  expect(complaints(tested(outputs, () => [accept()]))).toEqual(expected);
});

test('rejects environments whose artifacts would have the same name', () => {
  function environment(name: string, stackName: string) {
    return PipelineStage.environment(
      new DeploymentEnvironment(name, { target: DeployTarget.cloudFormationStack(stackName, { outputs: ['Url'] }) }),
    );
  }

  expect(complaints(() => ({ stages: [environment('a-b', 'one'), environment('a_b', 'two')] }))).toEqual([
    `'stages' must ${UNIQUE_ARTIFACTS}, got "Deploy_a_b_outputs"; rename one of the environments`,
  ]);
  const step = BuildStep.shell(['make'], {
    stepName: 'Deploy_a_b',
    outputs: { outputs: 'out' },
    inputs: [source.artifact],
  });
  expect(complaints(() => ({ stages: [environment('a-b', 'one'), PipelineStage.steps('Work', [step])] }))).toEqual([
    `'stages' must ${UNIQUE_ARTIFACTS}, got "Deploy_a_b_outputs"; rename one of the steps or ` + 'outputs',
  ]);
});

describe.each(['sh', 'bash'])('commands in %s', (shell) => {
  const SRC = 'CODEBUILD_SRC_DIR_Deploy_eu_live_outputs';
  const commands = commandsOf(tested(['Url', 'if'], () => [TestStep.shell(['printenv Url if'])], 'eu-live')).build;

  /** Runs them as CodeBuild does: in one shell, until one fails. */
  function run(file: string | undefined, env: Record<string, string> = {}) {
    const directory = mkdtempSync(join(tmpdir(), 'outputs-'));
    const outputs = join(directory, 'the outputs');
    mkdirSync(outputs);
    if (file !== undefined) writeFileSync(join(outputs, 'outputs.json'), file);
    const result = spawnSync(shell, ['-c', commands.map((command) => `${command} || exit`).join('\n')], {
      cwd: directory,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH!, [SRC]: outputs, ...env },
    });
    expect(existsSync(join(directory, 'stolen'))).toBe(false);
    return result;
  }

  test.each([
    'https://example.com/?a=1&b=2',
    'it\'s "quoted" \\n',
    '$(touch stolen)`touch stolen`; touch stolen',
    'two\nlines',
    ' ',
    'false',
  ])('read %j unchanged', (value) => {
    expect(run(JSON.stringify({ Other: 'x', Url: value, if: 'a word of the shell' }))).toMatchObject({
      status: 0,
      stdout: `${value}\na word of the shell\n`,
      stderr: '',
    });
  });

  test.each<[string, string | undefined]>([
    ['an output is not there', '{"if":"x"}'],
    ['an output is empty', '{"Url":"","if":"x"}'],
    ['an output is no text', '{"Url":{"a":"b"},"if":"x"}'],
    ['an output is null', '{"Url":null,"if":"x"}'],
    ['the file is not there', undefined],
    ['the file is empty', ''],
    ['the file is no JSON', 'Url: x'],
  ])('fail when %s', (_name, file) => {
    const { status, stdout, stderr } = run(file);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/The stack shop has no output Url, or its file cannot be read\n$/);
  });

  test('fail with a message if jq is missing', () => {
    const bin = mkdtempSync(join(tmpdir(), 'bin-'));
    symlinkSync(spawnSync('sh', ['-c', `command -v ${shell}`], { encoding: 'utf8' }).stdout.trim(), join(bin, shell));
    expect(run('{"Url":"x","if":"x"}', { PATH: bin })).toMatchObject({
      status: 1,
      stdout: '',
      stderr: 'The build image has no jq, which is required to read stack outputs; install jq in the image\n',
    });
  });
});
