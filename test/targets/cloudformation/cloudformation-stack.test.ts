import { Aws, aws_iam as iam, type Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  DeploymentEnvironment,
  DeployTarget,
  FailureHandling,
  PipelineExecutionMode,
  PipelineStage,
  StackCapability,
  TestStep,
  type CloudFormationStackOptions,
  type DeploymentEnvironmentOptions,
} from '../../../src';
import { readInput } from '../../../src/assembly/input';
import { STACK_PARAMETER } from '../../../src/aws/limits';
import { check } from '../../../src/check/check';
import { atMostCharacters } from '../../../src/common/rules';
import {
  EXISTING_RESOURCE,
  NO_PARENT,
  NO_DUPLICATES,
  oneOf,
  KNOWN_AT_SYNTH,
  consistOf,
  inEnvironment,
  RESOURCE,
} from '../../../src/pipeline/rules';
import { NOT_PARALLEL } from '../../../src/pipeline/validation/execution-mode';
import { denialsOf } from '../../check/verdicts';
import { complaints, delivery, deliveryTemplate, source, verdictsOf, type DeliveryOf } from '../../helpers/delivery';
import { pattern } from '../../helpers/pattern';
import { planDelivery } from '../../helpers/plans';
import { actionsOf, jsonOf, pipelineOf, resourcesOf, statementsOf } from '../../helpers/synth';

const build = BuildStep.shell(['make'], { outputDirectory: 'out' });

function environment(
  name: string,
  stackName: string,
  options?: CloudFormationStackOptions,
  more: DeploymentEnvironmentOptions = {},
) {
  return PipelineStage.environment(
    new DeploymentEnvironment(name, { target: DeployTarget.cloudFormationStack(stackName, options), ...more }),
  );
}

function live(
  options?: CloudFormationStackOptions | ((stack: Stack) => CloudFormationStackOptions),
  stackName = 'shop',
): DeliveryOf {
  return (stack) => ({
    stages: [
      PipelineStage.steps('Build', [build]),
      environment('live', stackName, typeof options === 'function' ? options(stack) : options),
    ],
  });
}

const HOME = { stack: { env: { account: '111111111111', region: 'eu-west-1' } } };

describe('plan', () => {
  function stageOf(options?: CloudFormationStackOptions, more = {}) {
    return planDelivery({
      sources: [source],
      stages: [PipelineStage.steps('Build', [build]), environment('live', 'shop', options, more)],
    }).stages.find(({ name }) => name === 'live')!;
  }

  test('creates a change set, executes it, then runs tests', () => {
    expect(
      stageOf({}, { tests: [TestStep.shell(['ls'])] }).actions.map(({ name, runOrder, inputs, configuration }) => ({
        name,
        runOrder,
        inputs,
        configuration,
      })),
    ).toEqual([
      {
        name: 'Prepare-live',
        runOrder: 1,
        inputs: ['Build'],
        configuration: {
          ActionMode: 'CHANGE_SET_REPLACE',
          StackName: 'shop',
          ChangeSetName: 'pipeline',
          TemplatePath: 'Build::template.yaml',
        },
      },
      {
        name: 'Deploy-live',
        runOrder: 2,
        inputs: [],
        configuration: { ActionMode: 'CHANGE_SET_EXECUTE', StackName: 'shop', ChangeSetName: 'pipeline' },
      },
      { name: 'Test-live', runOrder: 3, inputs: ['Source'], configuration: {} },
    ]);
  });

  test('uses the options', () => {
    const { configuration } = stageOf({
      templatePath: 'cdk.out/Shop.template.json',
      templateConfigurationPath: 'config/live.json',
      parameters: { Stage: 'live' },
      capabilities: [StackCapability.NAMED_IAM, StackCapability.AUTO_EXPAND],
    }).actions[0];
    expect(configuration).toMatchObject({
      TemplatePath: 'Build::cdk.out/Shop.template.json',
      TemplateConfiguration: 'Build::config/live.json',
      ParameterOverrides: '{"Stage":"live"}',
      Capabilities: 'CAPABILITY_NAMED_IAM,CAPABILITY_AUTO_EXPAND',
    });
  });

  test('has both actions in the stage that is rolled back', () => {
    expect(stageOf().onFailure).toMatchObject({ kind: 'roll-back' });
    expect(stageOf().actions.map(({ name }) => name)).toEqual(['Prepare-live', 'Deploy-live']);
  });

  test('provides the outputs of the stack as variables of later steps', () => {
    const asks: DeliveryOf = () => ({
      stages: [
        environment('live', 'shop'),
        PipelineStage.steps('Tell', [
          TestStep.shell(['ls'], { environmentVariables: { URL: '#{Deploy-live-vars.Url}' } }),
        ]),
      ],
    });
    expect(complaints(asks)).toEqual([
      expect.stringMatching(
        pattern(
          /^'stages\[1\]\.steps\[0\]\.environmentVariables' must not contain variables with arbitrary /,
          /values, got "#\{Deploy-live-vars\.Url\}"/,
        ),
      ),
    ]);
  });
});

describe('rendered resources', () => {
  const template = deliveryTemplate(live());
  const [prepare, execute] = actionsOf(template).filter(
    ({ ActionTypeId }) => ActionTypeId.Provider === 'CloudFormation',
  );
  const roles = Object.fromEntries(resourcesOf(template, 'AWS::IAM::Role'));

  test('runs both actions under the role of the environment, which only the pipeline may assume', () => {
    expect(prepare.RoleArn).toEqual(execute.RoleArn);
    const [id] = prepare.RoleArn!['Fn::GetAtt'];
    expect(id).toMatch(/^DeliveryEnvironmentsliveActionRole/);
    expect(JSON.stringify(roles[id].Properties.AssumeRolePolicyDocument)).toContain('aws:PrincipalArn');
  });

  test('creates a CloudFormation execution role without permissions', () => {
    const [id] = (prepare.Configuration!.RoleArn as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'];
    expect(roles[id].Properties).toMatchObject({
      AssumeRolePolicyDocument: {
        Statement: [
          { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'cloudformation.amazonaws.com' } },
        ],
      },
    });
    expect(statementsOf(template).filter(({ holder }) => holder === id)).toEqual([]);
    expect(execute.Configuration).not.toHaveProperty('RoleArn');
  });

  test('restricts the action role to one stack, and to passing one role to CloudFormation', () => {
    const [id] = prepare.RoleArn!['Fn::GetAtt'];
    const mine = statementsOf(template)
      .filter(({ holder }) => holder === id)
      .map(({ statement }) => statement);
    const stacks = mine.filter(({ Action }) =>
      [Action].flat().some((one) => one.startsWith('cloudformation:') && one !== 'cloudformation:ValidateTemplate'),
    );
    expect(stacks.map(({ Resource }) => Resource)).toEqual([
      { 'Fn::Sub': 'arn:${AWS::Partition}:cloudformation:${AWS::Region}:${AWS::AccountId}:stack/shop/*' },
    ]);
    expect(mine.filter(({ Action }) => Action === 'iam:PassRole')).toEqual([
      {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: prepare.Configuration!.RoleArn,
        Condition: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
      },
    ]);
  });

  test('accepts parameters that are tokens of the pipeline stack', () => {
    const [one] = actionsOf(deliveryTemplate(live((stack) => ({ parameters: { Region: stack.region } })))).filter(
      ({ Name }) => Name === 'Prepare-live',
    );
    expect(one.Configuration!.ParameterOverrides).toEqual({
      'Fn::Join': ['', ['{"Region":"', { Ref: 'AWS::Region' }, '"}']],
    });
  });

  test('uses a provided role', () => {
    const given = deliveryTemplate(
      live((stack) => ({
        cloudFormationRole: iam.Role.fromRoleArn(stack, 'Given', 'arn:aws:iam::111111111111:role/given'),
      })),
    );
    expect(actionsOf(given).find(({ Name }) => Name === 'Prepare-live')!.Configuration).toMatchObject({
      RoleArn: 'arn:aws:iam::111111111111:role/given',
    });
    expect(
      resourcesOf(given, 'AWS::IAM::Role')
        .map(([id]) => id)
        .filter((id) => id.includes('CloudFormationRole')),
    ).toEqual([]);
  });
});

describe('CloudFormation execution role', () => {
  test('is returned by environment name, and accepts grants', () => {
    const { stack, pipeline } = delivery(live());
    pipeline
      .cloudFormationRole('live')
      .addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['sqs:*'], resources: ['*'] }));
    const [[, policy]] = resourcesOf(jsonOf(stack), 'AWS::IAM::Policy').filter(([id]) =>
      id.includes('CloudFormationRole'),
    );
    expect(policy.Properties).toMatchObject({ PolicyDocument: { Statement: [{ Action: 'sqs:*' }] } });
  });

  test('throws for any other name', () => {
    expect(() => delivery(live()).pipeline.cloudFormationRole('prod')).toThrow(
      `'environmentName' must ${oneOf(['live'])}, got "prod"; pass one of these names`,
    );
    expect(() => delivery(live()).pipeline.site('live')).toThrow(
      `'environmentName' must ${EXISTING_RESOURCE}, got "live"`,
    );
  });
});

describe('errors', () => {
  const at = 'stages[1].environment.target';
  test.each<[string, DeliveryOf, string[]]>([
    [
      'a stack name with an underscore',
      live({}, 'my_shop'),
      [
        `'${at}.stackName' must consist of letters, digits and '-', beginning with a letter, got "my_shop"; ` +
          'rename the stack',
      ],
    ],
    [
      'a stack name of 129 characters',
      live({}, 's'.repeat(129)),
      [
        expect.stringMatching(
          /^'stages\[1\]\.environment\.target\.stackName' must have at most 128 characters, got .*; shorten it by 1$/,
        ),
      ],
    ],
    [
      'a stack name that is not known yet',
      live({}, Aws.STACK_ID),
      [`'${at}.stackName' must ${KNOWN_AT_SYNTH}, got "a token"; pass a literal string`],
    ],
    [
      'a template outside',
      live({ templatePath: 'a/../../t.yaml' }),
      [
        `'${at}.templatePath' must ${NO_PARENT}, got "a/../../t.yaml"; write the file to the output ` +
          'folder of the build',
      ],
    ],
    [
      'an absolute template',
      live({ templatePath: '/t.yaml' }),
      [
        `'${at}.templatePath' must be the path of a file in the artifact, got "/t.yaml"; write it relative ` +
          "to the root of the artifact, e.g. 'template.yaml'",
      ],
    ],
    [
      'no template',
      live({ templatePath: '' }),
      [
        `'${at}.templatePath' must be the path of a file in the artifact, got ""; write it relative to the ` +
          "root of the artifact, e.g. 'template.yaml'",
      ],
    ],
    [
      'a template of another artifact',
      live({ templatePath: 'Build::t.yaml' }),
      [
        `'${at}.templatePath' must not contain '::', got "Build::t.yaml"; write the path alone; the ` +
          'artifact is the released one',
      ],
    ],
    [
      'a configuration outside',
      live({ templateConfigurationPath: '../c.json' }),
      [
        `'${at}.templateConfigurationPath' must ${NO_PARENT}, got "../c.json"; write the file to the ` +
          'output folder of the build',
      ],
    ],
    [
      'a parameter with a dot',
      live({ parameters: { 'a.b': 'c' } }),
      [`'${at}.parameters' must ${consistOf(STACK_PARAMETER)}, got "a.b"; use the name in the template`],
    ],
    [
      'parameters of more than 1000 characters',
      live({ parameters: { A: 'x'.repeat(993) } }),
      [
        `'${at}.parameters' must ${atMostCharacters(1000)}, got "1001 characters"; put the parameters into a ` +
          'file of the artifact, and name it in templateConfigurationPath',
      ],
    ],
    [
      'parameters of more than 1 KB in fewer characters',
      live({ parameters: { A: 'ä'.repeat(509) } }),
      [
        `'${at}.parameters' must be at most 1024 bytes as JSON, got "1026 bytes"; move them to a file of ` +
          'the artifact, and pass its path as templateConfigurationPath',
      ],
    ],
    [
      'a free text among the parameters',
      live({ parameters: { A: source.variable('CommitMessage') } }),
      [
        expect.stringMatching(
          /^'stages\[1\]\.environment\.target\.parameters' must not contain variables with arbitrary values/,
        ),
      ],
    ],
    [
      'a capability that there is not',
      live({ capabilities: ['CAPABILITY_ALL' as StackCapability] }),
      [
        `'${at}.capabilities' must contain only CAPABILITY_IAM, CAPABILITY_NAMED_IAM, CAPABILITY_AUTO_EXPAND, got ` +
          '"CAPABILITY_ALL"; use StackCapability',
      ],
    ],
    [
      'a capability twice',
      live({ capabilities: [StackCapability.IAM, StackCapability.IAM] }),
      [`'${at}.capabilities' must ${NO_DUPLICATES}, got "CAPABILITY_IAM"; remove one of them`],
    ],
    [
      'one stack in two environments',
      () => ({ stages: [environment('a', 'shop'), environment('b', 'shop')] }),
      [
        '\'stages\' must deploy each stack in only one environment, got "shop"; the later deployment would ' +
          'overwrite the earlier one; use a different stack name in each environment',
      ],
    ],
    [
      'runs at the same time',
      () => ({
        executionMode: PipelineExecutionMode.PARALLEL,
        stages: [environment('a', 'shop', {}, { onFailure: FailureHandling.none() })],
      }),
      [expect.stringContaining(`'executionMode' must ${NOT_PARALLEL}, got ["a"]; `)],
    ],
    [
      'the stack of the pipeline itself',
      live({}, 'Shop'),
      [
        `'${at}.stackName' must not be the stack of the pipeline, got "Shop"; deploy the stack of the pipeline ` +
          'with cdk deploy, or rename one of the stacks',
      ],
    ],
    [
      'a role of another account',
      live((stack) => ({
        cloudFormationRole: iam.Role.fromRoleArn(stack, 'Given', 'arn:aws:iam::222222222222:role/given'),
      })),
      [
        `'${at}.cloudFormationRole' must ${inEnvironment(RESOURCE.role, 'account', '111111111111')}, got ` +
          `"Shop/Given in 222222222222"; set the env of the environment, e.g. { account: '222222222222', … ` +
          `}, or pass a role in 111111111111`,
      ],
    ],
  ])('%s', (_name, props, expected) => {
    expect(complaints(props, HOME)).toEqual(expected);
  });

  test('accepts values at the limits', () => {
    expect(complaints(live({ parameters: { A: 'x'.repeat(992) } }, `s${'-'.repeat(127)}`), HOME)).toEqual([]);
    expect(complaints(live({ parameters: { A: 'ä'.repeat(508) } }), HOME)).toEqual([]);
  });
});

describe('permission check', () => {
  test('denies nothing and models all actions', () => {
    const { denied, unmodelled, unknown } = verdictsOf(live());
    expect({ denied, unmodelled }).toEqual({ denied: [], unmodelled: [] });
    expect(unknown.filter((one) => one.startsWith('cloudformation:') || one.startsWith('iam:'))).toEqual([]);
  });

  const needed = ['CreateChangeSet', 'DescribeChangeSet', 'DeleteChangeSet', 'ExecuteChangeSet', 'DescribeStacks'].map(
    (name) => `cloudformation:${name}`,
  );
  test.each([...needed, 'iam:PassRole'])('reports the removal of %s', (action) => {
    const { app, stack } = delivery(live(), HOME);
    const role = stack.node.findAll().find(({ node }) => node.path.endsWith('/live/ActionRole'))!.node
      .defaultChild as iam.CfnRole;
    for (const { policyDocument } of role.policies as Array<{
      policyDocument: { Statement: Array<{ Action: string | string[] }> };
    }>) {
      policyDocument.Statement = policyDocument.Statement.map((one) => ({
        ...one,
        Action: [one.Action].flat().filter((name) => name !== action),
      })).filter(({ Action }) => Action.length > 0);
    }
    expect(denialsOf(check(readInput(app.synth().directory, {}))).length).toBeGreaterThan(0);
  });
});

test('creates separate roles for two environments', () => {
  const template = deliveryTemplate(() => ({ stages: [environment('a', 'shop-a'), environment('b', 'shop-b')] }));
  const roles = actionsOf(template)
    .filter(({ ActionTypeId }) => ActionTypeId.Provider === 'CloudFormation')
    .map(({ RoleArn }) => RoleArn!['Fn::GetAtt'][0]);
  expect(new Set(roles).size).toBe(2);
  expect(pipelineOf(template).Stages.map(({ Name }) => Name)).toEqual(['Source', 'a', 'b-Approve', 'b']);
});
