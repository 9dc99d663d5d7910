import {
  App,
  aws_ec2 as ec2,
  aws_iam as iam,
  aws_secretsmanager as secretsmanager,
  type Environment,
  Stack,
} from 'aws-cdk-lib';
import {
  BuildNetwork,
  BuildSecret,
  BuildStep,
  type CommandsTestOptions,
  DeploymentAccess,
  DeploymentEnvironment,
  type DeploymentEnvironmentOptions,
  DeployTarget,
  MultiEnvPromotionPipeline,
  PipelineSource,
  TestStep,
  WebAppPipeline,
} from '../../src';
import { NO_ENVIRONMENT_VARIABLE } from '../../src/pipeline/environment-outputs';
import { type CfnTemplate, resolved } from '../helpers/synth';

const HOME = { account: '111111111111', region: 'eu-west-1' };
const THERE = { account: '222222222222', region: 'us-east-1' };
const ORDERS = 'arn:aws:lambda:us-east-1:222222222222:function:orders';
const invoke = new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [ORDERS] });
const source = PipelineSource.gitHub('acme/orders', 'main');
const buildStep = BuildStep.shell(['make'], { outputDirectory: 'out' });

function stackIn(app: App, id: string, env: Required<Environment> = HOME) {
  return new Stack(app, id, { env });
}

function orders(
  app: App,
  tests: TestStep[],
  env: Environment | undefined,
  more: DeploymentEnvironmentOptions = {},
  outputs: string[] = ['Url'],
) {
  const target = DeployTarget.cloudFormationStack('orders', { outputs });
  return new MultiEnvPromotionPipeline(stackIn(app, 'Tools'), 'Delivery', {
    pipelineName: 'orders',
    source,
    buildStep,
    environments: [new DeploymentEnvironment('live', { target, tests, env, ...more })],
  });
}

interface Action {
  readonly Name: string;
  readonly RoleArn?: unknown;
  readonly Region?: string;
  readonly [key: string]: unknown;
}

interface StackJson {
  readonly stackName: string;
  readonly template: CfnTemplate;
}

function resourcesOf({ template }: StackJson, type: string) {
  return Object.values(template.Resources ?? {}).filter(({ Type }) => Type === type);
}

/** The action of the test, and the role that it names, with the stack that contains it. */
function released(app: App, name = 'Test-live') {
  const stacks: StackJson[] = app.synth().stacks;
  const pipelines = stacks.flatMap((stack) => resourcesOf(stack, 'AWS::CodePipeline::Pipeline'));
  const stages = pipelines[0].Properties.Stages as Array<{ Name: string; Actions: Action[] }>;
  const action = stages.flatMap(({ Actions }) => Actions).find(({ Name }) => Name === name)!;
  const roleName = String(resolved(action.RoleArn)).replace(/.*role\//, '');
  const stack = stacks.find((each) =>
    resourcesOf(each, 'AWS::IAM::Role').some(({ Properties }) => Properties.RoleName === roleName),
  );
  const role = stack && resourcesOf(stack, 'AWS::IAM::Role').find((each) => each.Properties.RoleName === roleName);
  return { action, roleName, stack, role };
}

function complaints(make: (app: App) => void): string[] {
  try {
    make(new App());
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.replace(/^\[\w+ [\w/]+\] /, ''));
  }
}

test('run in the account and Region of the environment, under a role there', () => {
  const app = new App();
  orders(app, [TestStep.commands(['./accept.sh'], { rolePolicyStatements: [invoke] })], THERE);
  const { action, roleName, stack, role } = released(app);
  expect(action).toMatchObject({
    ActionTypeId: { Category: 'Compute', Provider: 'Commands' },
    Region: 'us-east-1',
    Commands: ['./accept.sh'],
    EnvironmentVariables: [{ Name: 'Url', Value: '#{Deploy-live-vars.Url}', Type: 'PLAINTEXT' }],
  });
  expect(resolved(action.RoleArn)).toMatch(`:iam::222222222222:role/${roleName}`);
  expect(stack!.stackName).toBe('Tools-Delivery-222222222222-us-east-1');
  const { Statement } = role!.Properties.AssumeRolePolicyDocument as { Statement: unknown };
  expect(Statement).toMatchObject([{ Action: 'sts:AssumeRole', Effect: 'Allow' }]);
  const trust = JSON.stringify(Statement);
  expect(trust).toContain(':iam::111111111111:root');
  expect(trust).toMatch(/"ArnEquals":\{"aws:PrincipalArn":.*:role\/orders-pipeline-/);
});

test('have only the permissions that the user grants, besides inputs and logs', () => {
  const app = new App();
  orders(app, [TestStep.commands(['./accept.sh'], { rolePolicyStatements: [invoke] })], THERE);
  const { stack, role } = released(app);
  const [policy] = role!.Properties.Policies as Array<{ PolicyDocument: { Statement: Array<{ Action: unknown }> } }>;
  const actions = policy.PolicyDocument.Statement.flatMap(({ Action }) => Action);
  expect(actions.filter((each) => !/^(s3:Get|kms:De|logs:)/.test(String(each)))).toEqual([]);
  const added = resourcesOf(stack!, 'AWS::IAM::Policy').map(({ Properties }) => Properties.PolicyDocument);
  expect(added).toEqual([
    { Version: '2012-10-17', Statement: [{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: ORDERS }] },
  ]);
});

test('can be granted permissions with methods of constructs', () => {
  const app = new App();
  const delivery = orders(app, [TestStep.commands(['./accept.sh'])], THERE);
  const secret = new secretsmanager.Secret(stackIn(app, 'Data', THERE), 'Secret', { secretName: 'acme/token' });
  secret.grantRead(delivery.buildRole('Test-live'));
  const { stack } = released(app);
  expect(JSON.stringify(resourcesOf(stack!, 'AWS::IAM::Policy'))).toContain('secretsmanager:GetSecretValue');
});

test('run under a role of the pipeline stack, in an environment beside the pipeline', () => {
  const app = new App();
  orders(app, [TestStep.commands(['./accept.sh'], { rolePolicyStatements: [invoke] })], undefined);
  const { action, role } = released(app);
  expect(action.Region).toBeUndefined();
  expect(action.RoleArn).toMatchObject({ 'Fn::GetAtt': [expect.stringMatching(/^DeliveryTestliveRole/), 'Arn'] });
  expect(action.EnvironmentVariables).toMatchObject([{ Name: 'Url', Value: '#{Deploy-live-vars.Url}' }]);
  expect(role).toBeUndefined();
});

test('receive the address of a site', () => {
  const app = new App();
  new WebAppPipeline(stackIn(app, 'Tools'), 'Site', {
    source,
    environments: [
      new DeploymentEnvironment('live', { env: THERE, tests: [TestStep.commands(['curl --fail "$SITE_URL"'])] }),
    ],
  });
  expect(released(app).action.EnvironmentVariables).toEqual([
    { Name: 'SITE_URL', Value: '#{Deploy-live-vars.SITE_URL}', Type: 'PLAINTEXT' },
  ]);
});

test('use variables of tests beside them', () => {
  const app = new App();
  const score = TestStep.commands(['export SCORE=1'], { stepName: 'Score', exportedVariables: ['SCORE'] });
  const use = TestStep.commands(['./accept.sh "$SCORE"'], {
    environmentVariables: { SCORE: score.variable('SCORE') },
  });
  orders(app, [score, use], THERE, {}, []);
  expect(released(app).action.EnvironmentVariables).toMatchObject([{ Value: '#{Score-live-vars.SCORE}' }]);
  expect(released(app, 'Score-live').action.OutputVariables).toEqual(['SCORE']);
});

test('read secrets and use a VPC of the environment', () => {
  const app = new App();
  const there = stackIn(app, 'There', THERE);
  const arn = 'arn:aws:secretsmanager:us-east-1:222222222222:secret:acme/token-AbCdEf';
  const vpc = ec2.Vpc.fromVpcAttributes(there, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['us-east-1a'],
    privateSubnetIds: ['subnet-1'],
  });
  const securityGroups = [ec2.SecurityGroup.fromSecurityGroupId(there, 'Group', 'sg-1')];
  const test = TestStep.commands(['./accept.sh'], {
    secrets: { TOKEN: BuildSecret.secretsManager(secretsmanager.Secret.fromSecretCompleteArn(there, 'Token', arn)) },
    network: BuildNetwork.vpc(vpc, { securityGroups }),
  });
  orders(app, [test], THERE, {}, []);
  const { action, role } = released(app);
  expect(action.Configuration).toEqual({ VpcId: 'vpc-1', Subnets: 'subnet-1', SecurityGroupIds: 'sg-1' });
  expect(action.EnvironmentVariables).toEqual([{ Name: 'TOKEN', Value: arn, Type: 'SECRETS_MANAGER' }]);
  const policies = JSON.stringify(role!.Properties.Policies);
  expect(policies).toContain(arn);
  expect(policies).toContain('ec2:CreateNetworkInterface');
});

test('have the same role if another team creates it', () => {
  const app = new App();
  const test = TestStep.commands(['./accept.sh'], { rolePolicyStatements: [invoke] });
  const delivery = orders(app, [test], THERE, { existingAccess: true });
  const environment = new DeploymentEnvironment('live', {
    target: DeployTarget.cloudFormationStack('orders'),
    tests: [test, TestStep.shell(['./ignored.sh'], { stepName: 'Shell' })],
  });
  const access = new DeploymentAccess(stackIn(app, 'Access', THERE), 'Access', {
    pipelineName: 'orders',
    pipelineEnv: HOME,
    environments: [environment],
  });
  expect(Stack.of(access.buildRole('Test-live')).stackName).toBe('Access');
  expect(() => delivery.buildRole('Test-live')).toThrow("'stepName' must be one of 'Build', got \"Test-live\"");
  const { stack } = released(app);
  expect(stack!.stackName).toBe('Access');
});

const COMMANDS = "'environments[0].tests[0]";

function of(options: (app: App) => CommandsTestOptions, env: Environment = THERE, outputs: string[] = []) {
  return (app: App) => orders(app, [TestStep.commands(['make'], options(app))], env, {}, outputs);
}

const variables = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`NAME${i}`, 'value']));

test.each<[string, (app: App) => void, string[]]>([
  [
    'a secret of the account of the pipeline',
    of((app) => ({
      secrets: {
        TOKEN: BuildSecret.secretsManager(
          secretsmanager.Secret.fromSecretNameV2(stackIn(app, 'Secrets'), 'Secret', 'acme/token'),
        ),
      },
    })),
    [
      `${COMMANDS}.secrets.TOKEN' must be a secret in the account of the environment, 222222222222, got ` +
        '"Secrets/Secret in 111111111111"; import it by its ARN, or in a stack in 222222222222',
    ],
  ],
  [
    'a secret of the app with a generated name',
    of((app) => ({
      secrets: { TOKEN: BuildSecret.secretsManager(new secretsmanager.Secret(stackIn(app, 'Data', THERE), 'Secret')) },
    })),
    [
      `${COMMANDS}.secrets.TOKEN' must have an explicit name, because it is in another account or Region than the ` +
        'pipeline, got "a generated name"; set its secretName',
    ],
  ],
  [
    'a network of the app, with a new security group',
    of((app) => ({ network: BuildNetwork.vpc(new ec2.Vpc(stackIn(app, 'Network', THERE), 'Vpc', { maxAzs: 1 })) })),
    ['network', 'network.subnets', 'network.securityGroups'].map(
      (prop) =>
        expect.stringContaining(
          `${COMMANDS}.${prop}' must have an explicit name, because it is in another account or Region`,
        ) as string,
    ),
  ],
  [
    'a variable that the stack provides',
    of(() => ({ environmentVariables: { Url: 'https://example.com' } }), THERE, ['Url']),
    [`${COMMANDS}.environmentVariables' must ${NO_ENVIRONMENT_VARIABLE}, got "Url"; ` + 'rename the variable'],
  ],
  [
    'too many variables with the outputs',
    of(() => ({ environmentVariables: variables }), THERE, ['Url']),
    [
      `${COMMANDS}' must have at most 10 environment variables, including the outputs of the environment, got 11; ` +
        'use TestStep.shell, or remove variables or outputs',
    ],
  ],
  [
    'an artifact',
    of(() => ({ outputDirectory: 'out' }) as CommandsTestOptions),
    [expect.stringContaining(`${COMMANDS}.outputDirectory' must`) as string],
  ],
  [
    'a statement that is none',
    of(() => ({ rolePolicyStatements: [{ actions: ['s3:GetObject'] }] }) as unknown as CommandsTestOptions),
    [expect.stringContaining(`${COMMANDS}.rolePolicyStatements[0]' must be a PolicyStatement`) as string],
  ],
  [
    'a statement without a resource',
    of(() => ({ rolePolicyStatements: [new iam.PolicyStatement({ actions: ['s3:GetObject'] })] })),
    [
      expect.stringContaining(
        `${COMMANDS}.rolePolicyStatements[0]' must be a statement of an identity-based policy, got "A PolicyStatement`,
      ) as string,
    ],
  ],
])('refuses %s', (_, make, expected) => {
  expect(complaints(make)).toEqual(expected);
});
