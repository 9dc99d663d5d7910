import {
  aws_cloudfront as cloudfront,
  aws_cloudwatch as cloudwatch,
  aws_codecommit as codecommit,
  aws_codepipeline_actions as actions,
  aws_ec2 as ec2,
  aws_ecr as ecr,
  aws_ecs as ecs,
  aws_eks as eks,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_s3 as s3,
  aws_sns as sns,
  aws_stepfunctions as stepfunctions,
  App,
  Aws,
  type Environment,
  SecretValue,
  Stack,
  type StackProps,
} from 'aws-cdk-lib';
import {
  Approval,
  BuildNetwork,
  BuildStep,
  ContainerPipeline,
  ContainerRepository,
  CustomActionCategory,
  CustomStep,
  DeliveryPipeline,
  type DeliveryPipelineProps,
  DeploymentAccess,
  DeploymentEnvironment,
  DeployTarget,
  DeviceFarmAppType,
  EntryCondition,
  FailureHandling,
  FreezeState,
  Gate,
  ImageScan,
  MultiEnvPromotionPipeline,
  Notification,
  PipelineExecutionMode,
  PipelineMonitoring,
  PipelineSource,
  PipelineStage,
  type PipelineStep,
  PipelineVariable,
  ReleaseFreeze,
  SelfUpdate,
  ServiceImage,
  SiteHosting,
  StateMachineInput,
  SuccessCondition,
  TestStep,
  VariableOperator,
  WebAppPipeline,
} from '../../src';
import { lookedUp, repositoryOf, serviceIn } from '../helpers/services';

const HOME = { account: '111111111111', region: 'eu-west-1' };
const THERE = { account: '222222222222', region: 'eu-west-1' };
const FAR = { account: '111111111111', region: 'us-east-1' };
const source = PipelineSource.gitHub('acme/shop', 'main');
const site = DeployTarget.staticSite();
const build = BuildStep.shell(['make'], { outputDirectory: 'out' });
const secret = SecretValue.secretsManager('acme/token').unsafeUnwrap();

type Make = (app: App) => void;
type Delivery = Partial<DeliveryPipelineProps> | ((stack: Stack, app: App) => Partial<DeliveryPipelineProps>);

/** A pipeline in this stack, or in another one. */
function delivery(props: Delivery, stackProps: StackProps = { env: HOME }): Make {
  return (app) => {
    const stack = new Stack(app, 'Shop', stackProps);
    new DeliveryPipeline(stack, 'P', {
      sources: [source],
      stages: [PipelineStage.steps('Work', [build])],
      ...(typeof props === 'function' ? props(stack, app) : props),
    });
  };
}

function steps(make: (stack: Stack, app: App) => PipelineStep[]) {
  return delivery((stack, app) => ({ stages: [PipelineStage.steps('Work', make(stack, app))] }));
}

function live(
  options: (stack: Stack, app: App) => ConstructorParameters<typeof DeploymentEnvironment>[1],
  stackProps?: StackProps,
) {
  return delivery(
    (stack, app) => ({
      stages: [PipelineStage.environment(new DeploymentEnvironment('live', { target: site, ...options(stack, app) }))],
    }),
    stackProps,
  );
}

function gated(gate: (stack: Stack, app: App) => Gate) {
  return live((stack, app) => ({ onSuccess: SuccessCondition.failUnless([gate(stack, app)]) }));
}

/** A container that is released to another account. */
function released(target: (there: Stack, home: Stack) => DeployTarget, env: Environment = THERE): Make {
  return (app) => {
    const home = new Stack(app, 'Shop', { env: HOME });
    new ContainerPipeline(home, 'P', {
      source,
      scan: ImageScan.none(),
      image: BuildStep.dockerImage(repositoryOf(home)),
      environments: [
        new DeploymentEnvironment('live', { env, target: target(new Stack(app, 'There', { env }), home) }),
      ],
    });
  };
}

function stackIn(app: App, id: string, env: Environment) {
  return new Stack(app, id, { env });
}

function alarmIn(stack: Stack) {
  return new cloudwatch.Alarm(stack, 'Alarm', {
    metric: new cloudwatch.Metric({ namespace: 'Shop', metricName: 'E' }),
    threshold: 1,
    evaluationPeriods: 1,
  });
}

function functionIn(stack: Stack) {
  return lambda.Function.fromFunctionArn(
    stack,
    'Function',
    `arn:aws:lambda:${stack.region}:${stack.account}:function:ask`,
  );
}

function access(props: Partial<ConstructorParameters<typeof DeploymentAccess>[2]>, env?: Environment): Make {
  return (app) => {
    new DeploymentAccess(new Stack(app, 'Shop', { env }), 'P', {
      pipelineName: 'shop',
      pipelineEnv: HOME,
      environments: [new DeploymentEnvironment('live', { target: site })],
      ...props,
    });
  };
}

/**
 * What only the construct tree shows, one mistake at a time: locations, names and resolved
 * tokens.
 */
export const REFUSED: Readonly<Record<string, Make>> = {
  // Where environments are
  'an account that is a token': live(() => ({ env: { account: Aws.ACCOUNT_ID, region: 'eu-west-1' } })),
  'another account, from a pipeline of any account': live(() => ({ env: THERE }), {}),
  'another account, from a pipeline of any region': live(() => ({ env: THERE }), { env: { account: '111111111111' } }),
  'access that exists at home': live(() => ({ existingAccess: true })),
  'access that exists of a pipeline without a name': live(() => ({ env: THERE, existingAccess: true })),
  'a role of a third account': live((_, app) => ({
    env: THERE,
    target: DeployTarget.cloudFormationStack('orders', {
      cloudFormationRole: iam.Role.fromRoleArn(stackIn(app, 'Roles', HOME), 'Role', 'arn:aws:iam::333333333333:role/x'),
    }),
  })),
  'a bucket of another account': live((stack) => ({
    env: THERE,
    target: DeployTarget.staticSite({
      hosting: SiteHosting.existing(
        s3.Bucket.fromBucketName(stack, 'B', 'acme-site'),
        cloudfront.Distribution.fromDistributionAttributes(stack, 'D', {
          distributionId: 'E2ABC',
          domainName: 'd1.cloudfront.net',
        }),
      ),
    }),
  })),
  'the stack of the pipeline': live(() => ({ target: DeployTarget.cloudFormationStack('Shop') })),
  'a source of one account for another': delivery((stack) => ({
    sources: [
      PipelineSource.codeCommit(
        codecommit.Repository.fromRepositoryArn(stack, 'Code', 'arn:aws:codecommit:eu-west-1:222222222222:shop'),
        'main',
      ),
    ],
    stages: [
      PipelineStage.environment(
        new DeploymentEnvironment('live', { target: site, env: { account: '333333333333', region: 'eu-west-1' } }),
      ),
    ],
  })),

  // Where sources are
  'a repository of another region': delivery((_, app) => ({
    sources: [
      PipelineSource.codeCommit(
        new codecommit.Repository(stackIn(app, 'Far', FAR), 'Code', { repositoryName: 'shop' }),
        'main',
      ),
    ],
  })),
  'a bucket of another account without a name': delivery((_, app) => ({
    sources: [PipelineSource.s3(new s3.Bucket(stackIn(app, 'There', THERE), 'Data', { versioned: true }), 'data.zip')],
  })),
  'images of another account without a name': delivery((_, app) => ({
    sources: [PipelineSource.ecr(new ecr.Repository(stackIn(app, 'There', THERE), 'Images'))],
  })),
  'a clone of another account': delivery((stack) => ({
    sources: [
      PipelineSource.codeCommit(
        codecommit.Repository.fromRepositoryArn(stack, 'Code', 'arn:aws:codecommit:eu-west-1:222222222222:shop'),
        'main',
        { fullClone: true },
      ),
    ],
  })),
  'a source of a known account in a pipeline of any': delivery(
    (_, app) => ({
      sources: [
        PipelineSource.codeCommit(
          new codecommit.Repository(stackIn(app, 'There', THERE), 'Code', { repositoryName: 'shop' }),
          'main',
        ),
      ],
    }),
    {},
  ),
  'a bucket without versions': delivery((stack) => ({
    sources: [PipelineSource.s3(new s3.Bucket(stack, 'Data'), 'data.zip')],
  })),

  // Where all else is
  'an alarm of another region': gated((_, app) => Gate.alarmsHealthy([alarmIn(stackIn(app, 'Far', FAR))])),
  'a gate function of another account': gated((_, app) =>
    Gate.lambdaFunction(functionIn(stackIn(app, 'There', THERE))),
  ),
  'a topic of another region for approvals': delivery((_, app) => ({
    stages: [
      PipelineStage.approval(
        'Ask',
        Approval.manual({ notificationTopic: new sns.Topic(stackIn(app, 'Far', FAR), 'Topic') }),
      ),
    ],
  })),
  'a topic of another region for notifications': delivery((_, app) => ({
    notifications: Notification.topic(new sns.Topic(stackIn(app, 'Far', FAR), 'Topic')),
  })),
  'a topic of another region for alarms': delivery((_, app) => ({
    monitoring: PipelineMonitoring.standard({ alarmTopic: new sns.Topic(stackIn(app, 'Far', FAR), 'Topic') }),
  })),
  'an approver that takes no policy': delivery({
    stages: [PipelineStage.approval('Ask', Approval.manual({ approvers: [new iam.AccountPrincipal('222222222222')] }))],
  }),
  'an approver of IAM Identity Center': delivery((stack) => ({
    stages: [
      PipelineStage.approval(
        'Ask',
        Approval.manual({ approvers: [iam.Role.fromRoleName(stack, 'R', 'AWSReservedSSO_Lead_0123456789abcdef')] }),
      ),
    ],
  })),
  'phones in another region': steps(() => [
    TestStep.deviceFarm('arn:aws:devicefarm:us-west-2:111111111111:project:a', {
      appType: DeviceFarmAppType.ANDROID,
      app: 'app.apk',
      devicePoolArn: 'arn:aws:devicefarm:us-west-2:111111111111:devicepool:a/b',
    }),
  ]),
  'an action of another region': steps((_, app) => [
    CustomStep.action(
      new actions.S3DeployAction({
        actionName: 'Put',
        bucket: new s3.Bucket(stackIn(app, 'Far', FAR), 'Bucket'),
        input: source.artifact.toCodePipelineArtifact(),
      }),
    ),
  ]),
  'a service of another account without names': released((there) =>
    DeployTarget.ecsService(serviceIn(there, 'api', { serviceName: undefined })),
  ),
  'a service of another account than its environment': released((_, home) =>
    DeployTarget.ecsService(lookedUp(home, 'api'), { family: 'api', containerName: 'web', taskRoles: [] }),
  ),
  'a task in a cluster without a name': released((there) =>
    DeployTarget.ecsTask(
      new ecs.FargateTaskDefinition(there, 'Task'),
      new ecs.Cluster(there, 'Cluster', {
        vpc: ec2.Vpc.fromVpcAttributes(there, 'Vpc', {
          vpcId: 'vpc-1',
          availabilityZones: ['a'],
          privateSubnetIds: ['subnet-1'],
        }),
      }),
    ),
  ),
  'a cluster of EKS without a name': released((there) =>
    DeployTarget.eksManifests(
      new eks.CfnCluster(there, 'Cluster', {
        roleArn: 'arn:aws:iam::222222222222:role/x',
        resourcesVpcConfig: { subnetIds: [] },
      }),
      { manifestFiles: ['a.yaml'] },
    ),
  ),
  'a cluster of EKS of another account': released((_, home) =>
    DeployTarget.eksManifests(
      eks.CfnCluster.fromClusterArn(home, 'Cluster', 'arn:aws:eks:eu-west-1:333333333333:cluster/apps'),
      { manifestFiles: ['a.yaml'] },
    ),
  ),
  'a network of EKS elsewhere': released((_, home) =>
    DeployTarget.eksManifests(
      eks.CfnCluster.fromClusterArn(home, 'Cluster', 'arn:aws:eks:eu-west-1:222222222222:cluster/apps'),
      {
        manifestFiles: ['a.yaml'],
        network: BuildNetwork.vpc(
          ec2.Vpc.fromVpcAttributes(home, 'Vpc', {
            vpcId: 'vpc-1',
            availabilityZones: ['a'],
            privateSubnetIds: ['subnet-1'],
          }),
        ),
      },
    ),
  ),
  'a function without a name': released((there) =>
    DeployTarget.lambdaImage(
      new lambda.DockerImageFunction(there, 'F', { code: lambda.DockerImageCode.fromEcr(repositoryOf(there)) }),
    ),
  ),
  'a function of another account than its environment': released((_, home) =>
    DeployTarget.lambdaImage(functionIn(home)),
  ),
  'a repository beside the pipeline': (app) => {
    const stack = new Stack(app, 'Shop', { env: HOME });
    const api = serviceIn(new Stack(app, 'Services', { env: HOME }), 'api');
    new ContainerPipeline(stack, 'P', {
      source,
      image: BuildStep.dockerImage(new ecr.Repository(stack, 'Images')),
      environments: [new DeploymentEnvironment('live', { target: DeployTarget.ecsService(api) })],
    });
  },
  'a stack with another path that updates itself': (app) => {
    const stack = new Stack(app, 'Shop [new]', { env: HOME, stackName: 'shop' });
    new DeliveryPipeline(stack, 'P', {
      sources: [source],
      selfUpdate: SelfUpdate.fromAssembly(build.artifact),
      stages: [PipelineStage.steps('Work', [build])],
    });
  },

  // Secrets in texts that people may read
  'a secret in an environment variable': steps(() => [
    BuildStep.shell(['make'], { environmentVariables: { TOKEN: secret } }),
  ]),
  'a secret in a command': steps(() => [BuildStep.shell([`curl -H ${secret}`])]),
  'a secret in another command': steps(() => [
    BuildStep.nodeJs({
      installCommands: [`npm ${secret}`],
      testCommands: [`npm ${secret}`],
      buildCommands: [`npm ${secret}`],
    }),
  ]),
  'a secret in a build argument': steps((stack) => [
    BuildStep.dockerImage(repositoryOf(stack), { buildArguments: { TOKEN: secret } }),
  ]),
  'a secret in a command of CodePipeline': steps(() => [
    BuildStep.commands([`curl ${secret}`], { environmentVariables: { TOKEN: secret } }),
  ]),
  'a secret in a matrix': steps(() => [BuildStep.matrix(['make'], { TOKEN: [secret] })]),
  'a secret in a configuration': steps(() => [
    CustomStep.actionType(CustomActionCategory.BUILD, 'Acme', { configuration: { Token: secret } }),
  ]),
  'a secret in the parameters of a function': steps((stack) => [
    TestStep.lambdaFunction(functionIn(stack), { parameters: { token: secret } }),
  ]),
  'a secret in an input': steps((stack) => [
    TestStep.stepFunction(stepfunctions.StateMachine.fromStateMachineName(stack, 'M', 'accept'), {
      input: StateMachineInput.literal({ token: secret }),
    }),
  ]),
  'a secret in an approval': delivery({
    stages: [PipelineStage.approval('Ask', Approval.manual({ comment: secret, reviewUrl: secret }))],
  }),
  'a secret in a gate': gated(() => Gate.commands([`curl ${secret}`])),
  'a secret in a gate function': gated((stack) =>
    Gate.lambdaFunction(functionIn(stack), { parameters: { token: secret } }),
  ),
  'a secret in a comparison': gated(() =>
    Gate.variable(PipelineVariable.executionId(), VariableOperator.EQUALS, secret),
  ),
  'a secret as a default': delivery({ variables: [new PipelineVariable('TOKEN', { defaultValue: secret })] }),
  'a secret in a parameter of a stack': live(() => ({
    target: DeployTarget.cloudFormationStack('orders', { parameters: { Token: secret } }),
  })),

  // What the whole pipeline breaks
  'parallel executions with environments': delivery({
    executionMode: PipelineExecutionMode.PARALLEL,
    stages: [PipelineStage.environment(new DeploymentEnvironment('live', { target: site }))],
  }),
  'an approval in a stage that rolls back': delivery({
    stages: [
      PipelineStage.steps('Work', [CustomStep.action(new actions.ManualApprovalAction({ actionName: 'Ask' }))], {
        onFailure: FailureHandling.rollBack(),
      }),
    ],
  }),
  'what a skipped stage makes': delivery({
    stages: [
      PipelineStage.steps('Maybe', [build], {
        beforeEntry: EntryCondition.skipUnless([
          Gate.variable(PipelineVariable.executionId(), VariableOperator.EQUALS, 'x'),
        ]),
      }),
      PipelineStage.steps('Later', [TestStep.shell(['make'], { inputs: [build.artifact] })]),
    ],
  }),
  'everything at once in all patterns': (app) => {
    const environments = [
      new DeploymentEnvironment('a b', {
        target: DeployTarget.staticSite({ immutablePaths: ['../x'] }),
        approval: Approval.manual({ comment: 'x'.repeat(1001) }),
      }),
    ];
    new WebAppPipeline(new Stack(app, 'Shop'), 'P', {
      source,
      environments,
      executionMode: PipelineExecutionMode.PARALLEL,
      buildStep: BuildStep.nodeJs({ nodeVersion: '1' }),
    });
  },
  'an artifact of nobody': (app) => {
    new MultiEnvPromotionPipeline(new Stack(app, 'Shop'), 'P', {
      source,
      buildStep: build,
      artifact: build.artifactNamed('docs'),
      environments: [new DeploymentEnvironment('live', { target: DeployTarget.cloudFormationStack('orders') })],
    });
  },

  // Other constructs
  'access in the account of the pipeline': access({}, HOME),
  'access without environments': access({ environments: [] }, THERE),
  'access for an environment twice': access(
    {
      environments: [
        new DeploymentEnvironment('live', { target: site }),
        new DeploymentEnvironment('live', { target: site }),
      ],
    },
    THERE,
  ),
  'access for an environment without a target': access({ environments: [new DeploymentEnvironment('live')] }, THERE),
  'access for an environment of another account': access(
    { environments: [new DeploymentEnvironment('live', { target: site, env: HOME })] },
    THERE,
  ),
  'access for an account by its alias': access(
    { pipelineEnv: { account: 'acme', region: 'Frankfurt' }, pipelineName: 'a b' },
    THERE,
  ),
  'a repository with a name in capitals': (app) =>
    void new ContainerRepository(new Stack(app, 'Shop'), 'P', {
      repositoryName: 'Shop',
      keepImages: 0,
      pullAccounts: ['acme'],
    }),
  'an image of nothing': (app) =>
    void new ServiceImage(new Stack(app, 'Shop'), 'P', { repository: undefined as never, parameterName: 'a b' }),
  'a switch with a space': (app) =>
    void new ReleaseFreeze(new Stack(app, 'Shop'), 'P', {
      freezeState: FreezeState.parameter({ parameterName: 'a b' }),
    }),
};
