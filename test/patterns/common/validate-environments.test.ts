import {
  App,
  Aws,
  aws_iam as iam,
  aws_s3 as s3,
  aws_cloudfront as cloudfront,
  Stack,
  type StackProps,
  Stage,
  CfnResource,
  Duration,
} from 'aws-cdk-lib';
import {
  BuildStep,
  DeploymentAccess,
  type DeploymentAccessProps,
  DeploymentEnvironment,
  type DeploymentEnvironmentOptions,
  DeployTarget,
  MultiEnvPromotionPipeline,
  PipelineSource,
  SiteHosting,
} from '../../../src';
import { NON_EMPTY_STRING, atLeastOne } from '../../../src/pipeline/problems';
import { OTHER_STACK, A_TARGET, oneOf } from '../../../src/pipeline/rules';

const HOME = { account: '111111111111', region: 'eu-west-1' };
const THERE = { account: '222222222222', region: 'eu-west-1' };
const target = DeployTarget.cloudFormationStack('orders');
const ADD = "new Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } })";

function complaint(
  options: (app: App) => DeploymentEnvironmentOptions,
  stackProps: StackProps = { env: HOME },
  pipelineName?: string,
): string[] {
  const app = new App();
  const given = options(app);
  try {
    new MultiEnvPromotionPipeline(new Stack(app, 'Shop', stackProps), 'P', {
      pipelineName,
      source: PipelineSource.gitHub('acme/orders', 'main'),
      buildStep: BuildStep.shell(['make'], { outputDirectory: 'out' }),
      environments: [new DeploymentEnvironment('live', { target, ...given })],
    });
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.replace(/^\[\w+ Shop\/P\] /, ''));
  }
}

function imported(app: App) {
  return new Stack(app, 'Imported', { env: HOME });
}

function stageIn(app: App, account: string) {
  const stage = new Stage(app, 'Live', { env: { account, region: 'eu-west-1' } });
  new CfnResource(new Stack(stage, 'Api'), 'Topic', { type: 'AWS::SNS::Topic' });
  return stage;
}

const WRONG: ReadonlyArray<[string, Parameters<typeof complaint>, string[]]> = [
  [
    'an account by its alias',
    [() => ({ env: { account: 'acme-prod', region: 'eu-west-1' } })],
    ["'environments[0].env.account' must consist of 12 digits, got \"acme-prod\"; pass a string, e.g. '222222222222'"],
  ],
  [
    'a region by its city',
    [() => ({ env: { account: '222222222222', region: 'Frankfurt' } })],
    [
      "'environments[0].env.region' must consist of a Region such as 'eu-west-1', got \"Frankfurt\"; pass e.g. " +
        "'eu-west-1'",
    ],
  ],
  [
    'a Region with a typing error',
    [() => ({ env: { account: '222222222222', region: 'eu-wst-1' } })],
    [
      "'environments[0].env.region' must consist of a Region such as 'eu-west-1', got \"eu-wst-1\"; did you " +
        "mean 'eu-west-1'?",
    ],
  ],
  [
    'an account from a variable that is not set',
    [() => ({ env: { account: undefined, region: 'eu-west-1' } })],
    ["'environments[0].env.account' must be set in an env, got nothing; set both account and region, or omit env"],
  ],
  [
    'an empty env',
    [() => ({ env: {} })],
    ['account', 'region'].map(
      (key) =>
        `'environments[0].env.${key}' must be set in an env, got nothing; set both account and region, or omit env`,
    ),
  ],
  [
    'a token',
    [() => ({ env: { account: Aws.ACCOUNT_ID, region: 'eu-west-1' } })],
    [
      '\'environments[0].env.account\' must be a literal, or the account of the pipeline, got "a token"; pass ' +
        "e.g. '222222222222'",
    ],
  ],
  [
    'cross-account, from a pipeline in any environment',
    [() => ({ env: THERE }), {}],
    [
      "'environments[0].env' must be in a pipeline stack with a concrete account and Region, got " +
        `{"account":"222222222222","region":"eu-west-1"}; set the env of the stack: ${ADD}`,
    ],
  ],
  [
    'cross-Region, from a pipeline without a Region',
    [() => ({ env: THERE }), { env: { account: '111111111111' } }],
    [
      "'environments[0].env' must be in a pipeline stack with a concrete account and Region, got " +
        `{"account":"222222222222","region":"eu-west-1"}; set the env of the stack: ${ADD}`,
    ],
  ],
  [
    'existing access in the environment of the pipeline',
    [() => ({ existingAccess: true }), { env: HOME }, 'orders'],
    [
      "'environments[0].existingAccess' must not be set in the account and Region of the pipeline, got true; set " +
        "the env of the environment, e.g. { account: '222222222222', region: 'eu-west-1' }, or remove it",
    ],
  ],
  [
    'access that exists, of a pipeline without a name',
    [() => ({ env: THERE, existingAccess: true })],
    [
      "'pipelineName' must be set, because the names of existing roles are derived from it, got nothing; pass " +
        "the pipelineName of the DeploymentAccess of 'live'",
    ],
  ],
  [
    'a role of another account than the environment',
    [
      (app) => ({
        env: THERE,
        target: DeployTarget.cloudFormationStack('orders', {
          cloudFormationRole: iam.Role.fromRoleArn(imported(app), 'Role', 'arn:aws:iam::333333333333:role/x'),
        }),
      }),
    ],
    [
      "'environments[0].target.cloudFormationRole' must be a role in the account of the environment, " +
        '222222222222, got "Imported/Role in 333333333333"; set the env of the environment, e.g. { account: ' +
        "'333333333333', … }, or pass a role in 222222222222",
    ],
  ],
  [
    'hosting of another account than the environment',
    [
      (app) => ({
        env: THERE,
        target: DeployTarget.staticSite({
          hosting: SiteHosting.existing(
            s3.Bucket.fromBucketName(imported(app), 'Bucket', 'shop'),
            cloudfront.Distribution.fromDistributionAttributes(new Stack(app, 'There', { env: THERE }), 'D', {
              distributionId: 'E2ABCDEFGHIJKL',
              domainName: 'd1.cloudfront.net',
            }),
          ),
        }),
      }),
    ],
    [
      "'environments[0].target.hosting.bucket' must be a bucket in the account of the environment, 222222222222, " +
        'got "Imported/Bucket in 111111111111"; import it by its ARN, or in a stack in 222222222222',
    ],
  ],
  [
    'a stage of another account than the environment',
    [(app) => ({ env: THERE, target: DeployTarget.cdkStage(stageIn(app, '333333333333')) })],
    ['\'environments[0].env.account\' must be the account of the target, 333333333333, got "222222222222"; remove it'],
  ],
  [
    'the stack of the pipeline',
    [() => ({ target: DeployTarget.cloudFormationStack('Shop') })],
    [
      `'environments[0].target.stackName' must ${OTHER_STACK}, got "Shop"; deploy the stack ` +
        'of the pipeline with cdk deploy, or rename one of the stacks',
    ],
  ],
];

test.each(WRONG)('%s', (_, given, expected) => {
  expect(complaint(...given)).toEqual(expected);
});

test.each<[string, Parameters<typeof complaint>]>([
  ['the account and Region of the pipeline, repeated', [() => ({ env: HOME })]],
  ['those of a pipeline in any environment', [() => ({ env: { account: Aws.ACCOUNT_ID, region: Aws.REGION } }), {}]],
  [
    'a stack of another account with the name of that of the pipeline',
    [() => ({ env: THERE, target: DeployTarget.cloudFormationStack('Shop') })],
  ],
  [
    'a stage in the account of the environment',
    [(app) => ({ env: THERE, target: DeployTarget.cdkStage(stageIn(app, THERE.account)) })],
  ],
])('accepts %s', (_, given) => {
  expect(complaint(...given)).toEqual([]);
});

const ACCESS: DeploymentAccessProps = {
  pipelineName: 'orders',
  pipelineEnv: HOME,
  environments: [new DeploymentEnvironment('live', { target })],
};

function access(props: Partial<DeploymentAccessProps>, stackProps: StackProps = { env: THERE }): string[] {
  try {
    new DeploymentAccess(new Stack(new App(), 'There', stackProps), 'Access', { ...ACCESS, ...props });
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.replace('[DeploymentAccess There/Access] ', ''));
  }
}

test.each<[string, Parameters<typeof access>, string[]]>([
  [
    'no name',
    [{ pipelineName: '' }],
    [`'pipelineName' must ${NON_EMPTY_STRING}, got ""; pass the pipelineName of the pipeline`],
  ],
  [
    'an account that is none',
    [{ pipelineEnv: { account: 'tools', region: 'eu-west-1' } }],
    ['\'pipelineEnv.account\' must consist of 12 digits, got "tools"; pass the account of the pipeline'],
  ],
  [
    'no region',
    [{ pipelineEnv: { account: HOME.account } }],
    [`'pipelineEnv.region' must ${NON_EMPTY_STRING}, got nothing; pass the region of the pipeline`],
  ],
  [
    'a stack in any environment',
    [{}, {}],
    [
      '\'scope\' must be in a stack with a concrete account and Region, got "tokens"; set the env of the stack, ' +
        "e.g. { account: '222222222222', region: 'eu-west-1' }",
    ],
  ],
  [
    'where the pipeline is',
    [{}, { env: HOME }],
    [
      "'pipelineEnv' must differ from the account and Region of this stack, got " +
        '{"account":"111111111111","region":"eu-west-1"}; remove the DeploymentAccess, which the account and ' +
        'Region of the pipeline do not require',
    ],
  ],
  [
    'no environment',
    [{ environments: [] }],
    [`'environments' must ${atLeastOne('environment')}, got []; pass the environments in this account and Region`],
  ],
  [
    'an environment twice',
    [{ environments: [...ACCESS.environments, ...ACCESS.environments] }],
    ['\'environments[1].environmentName\' must be unique, got "live"; remove the duplicate'],
  ],
  [
    'an environment without a target',
    [{ environments: [new DeploymentEnvironment('live')] }],
    [
      `'environments[0].target' must ${A_TARGET}, got nothing; pass the target of the environment in the ` +
        'pipeline, even if it is the default of the pattern',
    ],
  ],
  [
    'a cross-account environment',
    [{ environments: [new DeploymentEnvironment('live', { target, env: { account: '333333333333' } })] }],
    [
      '\'environments[0].env\' must be the account and Region of this stack, got {"account":"333333333333"}; ' +
        'create its access in a stack in that account and Region, or remove env',
    ],
  ],
  [
    'a retention that CloudWatch Logs does not know',
    [{ logRetention: Duration.days(2) }],
    [
      expect.stringMatching(
        /^'logRetention' must be one of 1, 3, 5, .* days, got 2; choose a retention that CloudWatch Logs supports$/,
      ),
    ],
  ],
])('rejects access with %s', (_, given, expected) => {
  expect(access(...given)).toEqual(expected);
});

test('returns the resources of a valid access by environment', () => {
  const made = new DeploymentAccess(new Stack(new App(), 'There', { env: THERE }), 'Access', ACCESS);
  expect(made.actionRole('live').node.path).toBe('There/Access/Environments/live/ActionRole');
  expect(made.cloudFormationRole('live').node.path).toBe('There/Access/Environments/live/CloudFormationRole');
  expect(() => made.site('live')).toThrow(
    '\'environmentName\' must refer to an existing resource, got "live"; the pattern has none of this kind',
  );
  expect(() => made.actionRole('prod')).toThrow(
    `'environmentName' must ${oneOf(['live'])}, got "prod"; pass one of these names`,
  );
});
