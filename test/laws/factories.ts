import {
  aws_certificatemanager as acm,
  aws_chatbot as chatbot,
  aws_cloudfront as cloudfront,
  aws_cloudwatch as cloudwatch,
  aws_codebuild as codebuild,
  aws_codecommit as codecommit,
  aws_codedeploy as codedeploy,
  aws_codepipeline as codepipeline,
  aws_codepipeline_actions as actions,
  aws_ec2 as ec2,
  aws_ecr as ecr,
  aws_eks as eks,
  aws_events as events,
  aws_lambda as lambda,
  aws_s3 as s3,
  aws_secretsmanager as secretsmanager,
  aws_sns as sns,
  aws_ssm as ssm,
  aws_stepfunctions as stepfunctions,
  App,
  Duration,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import {
  construct,
  containerPipeline,
  deliveryPipeline,
  type Factory,
  HOME,
  promotionPipeline,
  type Untyped,
  type Use,
  webAppPipeline,
} from './factory-uses';
import {
  AppConfigProfile,
  Approval,
  BuildCompute,
  BuildImage,
  BuildMemory,
  BuildNetwork,
  BuildSecret,
  BuildSize,
  BuildStep,
  ContainerRepository,
  CustomActionCategory,
  CustomStep,
  DeploymentEnvironment,
  DeploymentAccess,
  DeploymentWave,
  DeployTarget,
  DeviceFarmAppType,
  DeviceFarmFramework,
  DeviceFarmTest,
  EksAccess,
  EntryCondition,
  FailureHandling,
  FreezeState,
  Gate,
  GitConnection,
  BaseImageSource,
  ImageScan,
  Notification,
  PipelineArtifact,
  PipelineMonitoring,
  PipelineSource,
  PipelineStage,
  PipelineTrigger,
  PipelineVariable,
  ReleaseFreeze,
  Rollout,
  SelfUpdate,
  ServiceImage,
  ServiceDeploymentController,
  SiteFile,
  SiteHosting,
  StateMachineInput,
  SuccessCondition,
  TestStep,
  VariableOperator,
} from '../../src';
import { flagsIn, IMPORTED, predefined, profileAt } from '../helpers/app-config';
import { blueGreenNear } from '../helpers/blue-green';
import { repositoryOf, serviceOf } from '../helpers/services';

export { type Factory, HOME } from './factory-uses';

const stack = new Stack(new App(), 'Shop', { env: HOME });
const source = PipelineSource.gitHub('acme/shop', 'main');
const image = BuildStep.dockerImage(repositoryOf(stack));
const service = serviceOf(stack, 'api');
const { service: blueGreenService, traffic, alarm, hook } = blueGreenNear(stack, 'shop');
const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'acme-data');
const distribution = cloudfront.Distribution.fromDistributionAttributes(stack, 'Distribution', {
  distributionId: 'E2ABC',
  domainName: 'd111.cloudfront.net',
});
const codeRepository = codecommit.Repository.fromRepositoryName(stack, 'Code', 'shop');
const images = ecr.Repository.fromRepositoryName(stack, 'Images', 'shop');
const project = codebuild.Project.fromProjectName(stack, 'Project', 'shop');
const vpc = ec2.Vpc.fromVpcAttributes(stack, 'SharedVpc', {
  vpcId: 'vpc-1',
  availabilityZones: ['eu-west-1a'],
  privateSubnetIds: ['subnet-1'],
});
const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'acme/token');
const parameter = ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Parameter', {
  parameterName: '/acme/token',
});
const topic = sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111111111111:releases');
const someFunction = lambda.Function.fromFunctionName(stack, 'Function', 'ask');
const stateMachine = stepfunctions.StateMachine.fromStateMachineName(stack, 'Machine', 'accept');
const cluster = eks.CfnCluster.fromClusterArn(stack, 'Cluster', 'arn:aws:eks:eu-west-1:111111111111:cluster/apps');
const group = codedeploy.EcsDeploymentGroup.fromEcsDeploymentGroupAttributes(stack, 'Group', {
  application: codedeploy.EcsApplication.fromEcsApplicationName(stack, 'Deployments', 'shop'),
  deploymentGroupName: 'shop',
});
const slack = chatbot.SlackChannelConfiguration.fromSlackChannelConfigurationArn(
  stack,
  'Slack',
  'arn:aws:chatbot::111111111111:chat-configuration/slack-channel/shop',
);
const otherPipeline = codepipeline.Pipeline.fromPipelineArn(
  stack,
  'Other',
  'arn:aws:codepipeline:eu-west-1:111111111111:other',
);
const certificate = acm.Certificate.fromCertificateArn(
  stack,
  'Certificate',
  'arn:aws:acm:us-east-1:111111111111:certificate/1',
);
const note = new PipelineVariable('NOTE', { defaultValue: 'go' });
const cdkApp = new Stage(new App(), 'Beta', { env: { account: '111111111111', region: 'eu-west-1' } });
new sns.Topic(new Stack(cdkApp, 'Api'), 'Topic');

const build = BuildStep.shell(['make'], { outputDirectory: 'out' });
const site = DeployTarget.staticSite();

function inStages(...stages: PipelineStage[]) {
  return deliveryPipeline({ sources: [source], variables: [note], stages });
}

function steps(...all: Untyped[]) {
  return inStages(PipelineStage.steps('Work', all));
}

function environment(options: Untyped, ...before: PipelineStage[]) {
  return inStages(...before, PipelineStage.environment(new DeploymentEnvironment('live', options)));
}

function target(value: Untyped) {
  return environment({ target: value });
}

function release(value: Untyped) {
  return containerPipeline({ source, image, environments: [new DeploymentEnvironment('live', { target: value })] });
}

function gate(value: Untyped) {
  return environment({ target: site, onSuccess: SuccessCondition.failUnless([value]) });
}

function shell(options: Untyped) {
  return steps(BuildStep.shell(['make'], options));
}

type Make = (...args: Untyped[]) => unknown;

function delivery(make: Make, place: (made: Untyped) => Use, args: readonly unknown[], options?: string): Factory {
  return { args, options, use: (...values) => place(make(...values)) };
}

function container(make: Make, args: readonly unknown[], options?: string): Factory {
  return { args, options, use: (...values) => release(make(...values)) };
}

function atSource(made: Untyped) {
  return deliveryPipeline({ sources: [made], stages: [PipelineStage.steps('Work', [build])] });
}

function trigger(made: Untyped) {
  return deliveryPipeline({ sources: [source], triggers: [made], stages: [PipelineStage.steps('Work', [build])] });
}

function notified(made: Untyped) {
  return deliveryPipeline({ sources: [source], notifications: made, stages: [PipelineStage.steps('Work', [build])] });
}

function approved(made: Untyped) {
  return inStages(PipelineStage.approval('Ask', made));
}

function staged(made: Untyped) {
  return inStages(made);
}

function frozenBy(make: Make) {
  return (...args: Untyped[]) => construct(ReleaseFreeze)({ freezeState: make(...args) });
}

function connected(made: Untyped) {
  return atSource(PipelineSource.gitLabSelfManaged('acme/shop', 'main', { connection: made }));
}

function hosted(made: Untyped) {
  return target(DeployTarget.staticSite({ hosting: made }));
}

function inSite(made: Untyped) {
  return target(DeployTarget.staticSite({ files: { 'config.json': made } }));
}

const configurations = IMPORTED.environment(stack);
const flags = flagsIn(stack);
const toFlags = { configurationPath: 'flags.json', deploymentStrategy: predefined(stack) };

function configured(profile: Untyped) {
  return target(DeployTarget.appConfig(configurations, profile, toFlags));
}

const appTest = {
  appType: DeviceFarmAppType.ANDROID,
  app: 'app.apk',
  devicePoolArn: 'arn:aws:devicefarm:us-west-2:111111111111:devicepool:a/b',
};
const FARM = 'arn:aws:devicefarm:us-west-2:111111111111:project:11112222-3333-4444-5555-666677778888';

function farmed(test: Untyped) {
  return steps(TestStep.deviceFarm(FARM, { ...appTest, test }));
}

/** Every factory and constructor of the public API that takes something. */
export const FACTORIES: Readonly<Record<string, Factory>> = {
  // Patterns
  WebAppPipeline: { args: [{ source }], options: 'WebAppPipelineProps', use: webAppPipeline },
  MultiEnvPromotionPipeline: {
    args: [{ source, buildStep: build, environments: [new DeploymentEnvironment('live', { target: site })] }],
    options: 'MultiEnvPromotionPipelineProps',
    use: promotionPipeline,
  },
  ContainerPipeline: {
    args: [
      {
        source,
        image,
        environments: [new DeploymentEnvironment('live', { target: DeployTarget.ecsService(service) })],
      },
    ],
    options: 'ContainerPipelineProps',
    use: containerPipeline,
  },
  DeliveryPipeline: {
    args: [{ sources: [source], stages: [PipelineStage.steps('Work', [build])] }],
    options: 'DeliveryPipelineProps',
    use: deliveryPipeline,
  },
  'PipelineStage.steps': delivery(PipelineStage.steps, staged, ['Work', [build], {}], 'StepsStageOptions'),
  'PipelineStage.approval': delivery(
    PipelineStage.approval,
    staged,
    ['Ask', Approval.manual(), {}],
    'ApprovalStageOptions',
  ),
  'PipelineStage.environment': delivery(
    PipelineStage.environment,
    staged,
    [new DeploymentEnvironment('live', { target: site }), {}],
    'EnvironmentStageOptions',
  ),
  'PipelineStage.wave': delivery(
    PipelineStage.wave,
    staged,
    [new DeploymentWave('all', [new DeploymentEnvironment('live', { target: site })]), {}],
    'EnvironmentStageOptions',
  ),
  PipelineVariable: delivery(
    (variableName, options) => new PipelineVariable(variableName as string, options as never),
    (made) =>
      deliveryPipeline({ sources: [source], variables: [made], stages: [PipelineStage.steps('Work', [build])] }),
    ['NOTE', {}],
    'PipelineVariableOptions',
  ),

  // Other constructs
  DeploymentAccess: {
    args: [
      {
        pipelineName: 'shop',
        pipelineEnv: HOME,
        environments: [new DeploymentEnvironment('live', { target: DeployTarget.staticSite() })],
      },
    ],
    options: 'DeploymentAccessProps',
    use: construct(DeploymentAccess),
  },
  ContainerRepository: { args: [{}], options: 'ContainerRepositoryProps', use: construct(ContainerRepository) },
  ServiceImage: { args: [{ repository: images }], options: 'ServiceImageProps', use: construct(ServiceImage) },
  ReleaseFreeze: { args: [{}], options: 'ReleaseFreezeProps', use: construct(ReleaseFreeze) },
  'FreezeState.parameter': { args: [{}], options: 'FreezeParameterOptions', use: frozenBy(FreezeState.parameter) },
  'FreezeState.existingParameter': {
    args: [ssm.StringParameter.fromStringParameterName(stack, 'Switch', '/acme/freeze')],
    use: frozenBy(FreezeState.existingParameter),
  },
  'FreezeState.changeCalendar': { args: [['holidays']], use: frozenBy(FreezeState.changeCalendar) },

  // Sources and triggers
  'PipelineSource.gitHub': delivery(PipelineSource.gitHub, atSource, ['acme/shop', 'main', {}], 'GitSourceOptions'),
  'PipelineSource.gitHubEnterpriseServer': delivery(
    PipelineSource.gitHubEnterpriseServer,
    atSource,
    ['acme/shop', 'main', {}],
    'GitSourceOptions',
  ),
  'PipelineSource.gitLab': delivery(PipelineSource.gitLab, atSource, ['acme/shop', 'main', {}], 'GitSourceOptions'),
  'PipelineSource.gitLabSelfManaged': delivery(
    PipelineSource.gitLabSelfManaged,
    atSource,
    ['acme/shop', 'main', {}],
    'GitSourceOptions',
  ),
  'PipelineSource.bitbucket': delivery(
    PipelineSource.bitbucket,
    atSource,
    ['acme/shop', 'main', {}],
    'GitSourceOptions',
  ),
  'PipelineSource.azureDevOps': delivery(
    PipelineSource.azureDevOps,
    atSource,
    ['acme/web/shop', 'main', {}],
    'GitSourceOptions',
  ),
  'PipelineSource.codeCommit': delivery(
    PipelineSource.codeCommit,
    atSource,
    [codeRepository, 'main', {}],
    'CodeCommitSourceOptions',
  ),
  'PipelineSource.s3': delivery(PipelineSource.s3, atSource, [bucket, 'data.zip', {}], 'SourceOptions'),
  'PipelineSource.ecr': delivery(PipelineSource.ecr, atSource, [images, {}], 'EcrSourceOptions'),
  'GitConnection.fromArn': delivery(GitConnection.fromArn, connected, [
    'arn:aws:codeconnections:eu-west-1:111111111111:connection/11112222-3333-4444-5555-666677778888',
  ]),
  'GitConnection.fromParameter': delivery(GitConnection.fromParameter, connected, ['/delivery/connection']),
  'GitConnection.pending': delivery(GitConnection.pending, connected, [{}], 'PendingGitConnectionOptions'),
  'PipelineTrigger.push': delivery(PipelineTrigger.push, trigger, [{}], 'PushTriggerOptions'),
  'PipelineTrigger.tag': delivery(PipelineTrigger.tag, trigger, [['v*'], {}], 'TagTriggerOptions'),
  'PipelineTrigger.pullRequest': delivery(PipelineTrigger.pullRequest, trigger, [{}], 'PullRequestTriggerOptions'),
  'PipelineTrigger.sourceChange': delivery(PipelineTrigger.sourceChange, trigger, [source]),
  'PipelineTrigger.schedule': delivery(PipelineTrigger.schedule, trigger, [events.Schedule.rate(Duration.days(1))]),
  'PipelineTrigger.pipelineSucceeded': delivery(PipelineTrigger.pipelineSucceeded, trigger, [otherPipeline]),

  // Builds
  'BuildStep.nodeJs': delivery(BuildStep.nodeJs, steps, [{}], 'NodeJsBuildOptions'),
  'BuildStep.python': delivery(BuildStep.python, steps, [{}], 'PythonBuildOptions'),
  'BuildStep.maven': delivery(BuildStep.maven, steps, [{}], 'MavenBuildOptions'),
  'BuildStep.gradle': delivery(BuildStep.gradle, steps, [{}], 'GradleBuildOptions'),
  'BuildStep.golang': delivery(BuildStep.golang, steps, [{}], 'GolangBuildOptions'),
  'BuildStep.dotNet': delivery(BuildStep.dotNet, steps, [{}], 'DotNetBuildOptions'),
  'BuildStep.shell': delivery(BuildStep.shell, steps, [['make'], {}], 'ShellBuildOptions'),
  'BuildStep.matrix': delivery(BuildStep.matrix, steps, [['make'], { A: ['1', '2'] }, {}], 'MatrixBuildOptions'),
  'BuildStep.dockerImage': delivery(BuildStep.dockerImage, steps, [images, {}], 'DockerImageOptions'),
  'BuildStep.dockerImage that is released': {
    args: [images, {}],
    options: 'DockerImageOptions',
    use: (...args) =>
      containerPipeline({
        source,
        image: (BuildStep.dockerImage as Make)(...args) as BuildStep,
        environments: [new DeploymentEnvironment('live', { target: DeployTarget.ecsService(service) })],
      }),
  },
  'BuildStep.ecrBuildAndPublish': delivery(
    BuildStep.ecrBuildAndPublish,
    steps,
    [images, {}],
    'EcrBuildAndPublishOptions',
  ),
  'BuildStep.commands': delivery(BuildStep.commands, steps, [['make'], {}], 'CommandsOptions'),
  'BuildStep.project': delivery(BuildStep.project, steps, [project, {}], 'ExistingProjectOptions'),
  'BuildStep.jenkins': delivery(BuildStep.jenkins, steps, ['shop', { providerName: 'Jenkins' }], 'JenkinsOptions'),
  'BuildCompute.x86': delivery(
    BuildCompute.x86,
    (compute) => shell({ compute }),
    [BuildSize.SMALL, {}],
    'BuildComputeOptions',
  ),
  'BuildCompute.arm': delivery(
    BuildCompute.arm,
    (compute) => shell({ compute }),
    [BuildSize.SMALL, {}],
    'BuildComputeOptions',
  ),
  'BuildCompute.awsLambda': delivery(
    BuildCompute.awsLambda,
    (compute) => steps(BuildStep.nodeJs({ compute })),
    [BuildMemory.GB_1, {}],
    'LambdaComputeOptions',
  ),
  'BuildImage.fromEcr': delivery(
    BuildImage.fromEcr,
    (made) => shell({ compute: BuildCompute.x86(BuildSize.SMALL, { image: made }) }),
    [images, 'latest'],
  ),
  'BuildImage.fromRegistry': delivery(
    BuildImage.fromRegistry,
    (made) => shell({ compute: BuildCompute.x86(BuildSize.SMALL, { image: made }) }),
    ['example.com/node:22', {}],
    'RegistryImageOptions',
  ),
  'BuildImage.fromCodeBuild': delivery(
    BuildImage.fromCodeBuild,
    (made) => shell({ compute: BuildCompute.x86(BuildSize.SMALL, { image: made }) }),
    ['aws/codebuild/standard:8.0'],
  ),
  'BuildNetwork.vpc': delivery(BuildNetwork.vpc, (network) => shell({ network }), [vpc, {}], 'VpcNetworkOptions'),
  'BuildNetwork.vpc of Commands': delivery(
    BuildNetwork.vpc,
    (network) => steps(BuildStep.commands(['make'], { network })),
    [vpc, {}],
    'VpcNetworkOptions',
  ),
  'BuildSecret.secretsManager': delivery(
    BuildSecret.secretsManager,
    (made) => shell({ secrets: { TOKEN: made } }),
    [secret, {}],
    'SecretsManagerOptions',
  ),
  'BuildSecret.parameter': delivery(
    BuildSecret.parameter,
    (made) => shell({ secrets: { TOKEN: made } }),
    [parameter, {}],
    'SecretParameterOptions',
  ),
  'BaseImageSource.ecr': delivery(
    BaseImageSource.ecr,
    (origin) => steps(BuildStep.dockerImage(images, { baseImages: [origin] })),
    [images],
  ),
  'BaseImageSource.pullThroughCache': delivery(
    BaseImageSource.pullThroughCache,
    (origin) => steps(BuildStep.dockerImage(images, { baseImages: [origin] })),
    ['docker-hub'],
  ),
  'BaseImageSource.registry': delivery(
    BaseImageSource.registry,
    (origin) => steps(BuildStep.dockerImage(images, { baseImages: [origin] })),
    ['registry.example.com', secret],
  ),
  'SelfUpdate.fromAssembly': delivery(
    SelfUpdate.fromAssembly,
    (selfUpdate) => deliveryPipeline({ sources: [source], selfUpdate, stages: [PipelineStage.steps('Work', [build])] }),
    [build.artifact, {}],
    'SelfUpdateOptions',
  ),
  'ImageScan.inspector': {
    args: [{}],
    options: 'ImageScanThresholds',
    use: (scan) =>
      containerPipeline({
        source,
        image,
        scan: ImageScan.inspector(scan as never),
        environments: [new DeploymentEnvironment('live', { target: DeployTarget.ecsService(service) })],
      }),
  },

  // Tests and steps of one's own
  'TestStep.shell': delivery(TestStep.shell, steps, [['make'], {}], 'ShellTestOptions'),
  'TestStep.shell of an environment': delivery(
    TestStep.shell,
    (made) => environment({ target: site, tests: [made] }),
    [['make'], {}],
    'ShellTestOptions',
  ),
  'TestStep.commands': delivery(TestStep.commands, steps, [['make'], {}], 'CommandsTestOptions'),
  'TestStep.commands of an environment': delivery(
    TestStep.commands,
    (made) => environment({ target: site, tests: [made] }),
    [['make'], {}],
    'CommandsTestOptions',
  ),
  'TestStep.deviceFarm': delivery(TestStep.deviceFarm, steps, [FARM, appTest], 'DeviceFarmOptions'),
  'DeviceFarmTest.fuzz': delivery(DeviceFarmTest.fuzz, farmed, [{}], 'DeviceFarmFuzzOptions'),
  'DeviceFarmTest.framework': delivery(
    DeviceFarmTest.framework,
    farmed,
    [DeviceFarmFramework.APPIUM_NODE, 'tests.zip', { testSpec: 'spec.yml' }],
    'DeviceFarmFrameworkOptions',
  ),
  'TestStep.inspectorScan': delivery(TestStep.inspectorScan, steps, [{}], 'InspectorScanOptions'),
  'TestStep.inspectorImageScan': delivery(
    TestStep.inspectorImageScan,
    steps,
    [images, {}],
    'InspectorImageScanOptions',
  ),
  'TestStep.imageScan': delivery(TestStep.imageScan, (made) => steps(image, made), [image, {}], 'ImageScanOptions'),
  'TestStep.dockerImage': delivery(
    TestStep.dockerImage,
    (made) => steps(image, made),
    [image, ['make'], {}],
    'DockerImageTestOptions',
  ),
  'TestStep.lambdaFunction': delivery(TestStep.lambdaFunction, steps, [someFunction, {}], 'LambdaTestOptions'),
  'TestStep.stepFunction': delivery(TestStep.stepFunction, steps, [stateMachine, {}], 'StepFunctionTestOptions'),
  'StateMachineInput.literal': delivery(
    StateMachineInput.literal,
    (input) => steps(TestStep.stepFunction(stateMachine, { input })),
    [{ a: 1 }],
  ),
  'StateMachineInput.fromFile': delivery(
    StateMachineInput.fromFile,
    (input) => steps(TestStep.stepFunction(stateMachine, { input })),
    [source.artifact, 'input.json'],
  ),
  'CustomStep.actionType': delivery(
    CustomStep.actionType,
    steps,
    [CustomActionCategory.BUILD, 'Acme', {}],
    'CustomTypeOptions',
  ),

  'CustomStep.action': delivery(
    CustomStep.action,
    steps,
    [new actions.ManualApprovalAction({ actionName: 'Ask' }), {}],
    'CustomActionOptions',
  ),
  'PipelineArtifact.fromCodePipelineArtifact': delivery(
    PipelineArtifact.fromCodePipelineArtifact,
    (artifact) => steps(BuildStep.shell(['make'], { inputs: [artifact] })),
    [codepipeline.Artifact.artifact('Source')],
  ),

  // Environments and what surrounds them
  DeploymentEnvironment: delivery(
    (name, options) => new DeploymentEnvironment(name as string, options as never),
    (made) => inStages(PipelineStage.environment(made)),
    ['live', { target: site }],
    'DeploymentEnvironmentOptions',
  ),
  DeploymentWave: delivery(
    (name, all, options) => new DeploymentWave(name as string, all as never, options as never),
    (made) => inStages(PipelineStage.wave(made)),
    ['all', [new DeploymentEnvironment('live', { target: site })], {}],
    'DeploymentWaveOptions',
  ),
  'Approval.manual': delivery(Approval.manual, approved, [{}], 'ManualApprovalOptions'),
  'Approval.manual of an environment': delivery(
    Approval.manual,
    (approval) => environment({ target: site, approval }),
    [{}],
    'ManualApprovalOptions',
  ),
  'Approval.all': delivery(Approval.all, approved, [
    [Approval.manual({ approvalName: 'A' }), Approval.manual({ approvalName: 'B' })],
  ]),
  'Approval.inOrder': delivery(Approval.inOrder, approved, [
    [Approval.manual({ approvalName: 'A' }), Approval.manual({ approvalName: 'B' })],
  ]),
  'EntryCondition.failUnless': delivery(
    EntryCondition.failUnless,
    (beforeEntry) => environment({ target: site, beforeEntry }),
    [[Gate.commands(['true'])]],
  ),
  'EntryCondition.skipUnless': delivery(
    EntryCondition.skipUnless,
    (beforeEntry) => environment({ target: site, beforeEntry }),
    [[Gate.variable(note.reference(), VariableOperator.EQUALS, 'go')]],
  ),
  'SuccessCondition.failUnless': delivery(
    SuccessCondition.failUnless,
    (onSuccess) => environment({ target: site, onSuccess }),
    [[Gate.commands(['true'])]],
  ),
  'SuccessCondition.rollBackUnless': delivery(
    SuccessCondition.rollBackUnless,
    (onSuccess) => environment({ target: site, onSuccess }),
    [[Gate.commands(['true'])]],
  ),
  'FailureHandling.rollBackUnless': delivery(
    FailureHandling.rollBackUnless,
    (onFailure) => environment({ target: site, onFailure }),
    [[Gate.lambdaFunction(someFunction)]],
  ),
  'Gate.alarmsHealthy': delivery(
    Gate.alarmsHealthy,
    gate,
    [[cloudwatch.Alarm.fromAlarmName(stack, 'Alarm', 'errors')], {}],
    'AlarmGateOptions',
  ),
  'Gate.deploymentWindow': delivery(Gate.deploymentWindow, gate, ['0 9-16 * * MON-FRI', {}], 'DeploymentWindowOptions'),
  'Gate.officeHours': delivery(Gate.officeHours, gate, ['Europe/Berlin', {}], 'OfficeHoursOptions'),
  'Gate.variable': delivery(Gate.variable, gate, [note, VariableOperator.EQUALS, 'go', {}], 'GateOptions'),
  'Gate.lambdaFunction': delivery(Gate.lambdaFunction, gate, [someFunction, {}], 'LambdaGateOptions'),
  'Gate.commands': delivery(Gate.commands, gate, [['true'], {}], 'CommandsGateOptions'),
  'Gate.buildStep': delivery(Gate.buildStep, gate, [BuildStep.shell(['make'])]),

  // Targets
  'DeployTarget.staticSite': delivery(DeployTarget.staticSite, target, [{}], 'StaticSiteOptions'),
  'SiteHosting.managed': delivery(SiteHosting.managed, hosted, [{}], 'ManagedSiteHostingOptions'),
  'a domain of SiteHosting.managed': delivery(
    (domain) => SiteHosting.managed({ domain: domain as never }),
    hosted,
    [{ names: ['example.com'], certificate }],
    'SiteDomain',
  ),
  'SiteHosting.existing': delivery(
    SiteHosting.existing,
    hosted,
    [bucket, distribution, {}],
    'ExistingSiteHostingOptions',
  ),
  'SiteFile.json': delivery(SiteFile.json, inSite, [{ api: 'https://example.com' }]),
  'SiteFile.text': delivery(SiteFile.text, inSite, ['User-agent: *']),
  'DeployTarget.cloudFormationStack': delivery(
    DeployTarget.cloudFormationStack,
    target,
    ['shop-live', {}],
    'CloudFormationStackOptions',
  ),
  'DeployTarget.cdkStage': delivery(DeployTarget.cdkStage, target, [cdkApp, {}], 'CdkStageOptions'),
  'DeployTarget.ecsService': container(DeployTarget.ecsService, [service, {}], 'EcsServiceOptions'),
  'DeployTarget.ecsService by CodeDeploy': container(
    DeployTarget.ecsService,
    [blueGreenService, { traffic }],
    'EcsServiceOptions',
  ),
  'ServiceDeploymentController.codeDeploy': container(
    (options) =>
      DeployTarget.ecsService(blueGreenService, {
        deploymentController: ServiceDeploymentController.codeDeploy(options as never),
      }),
    [{}],
    'CodeDeployControllerOptions',
  ),
  'ServiceDeploymentController.codeDeployGroup': container(
    (...args) =>
      DeployTarget.ecsService(blueGreenService, {
        deploymentController: (ServiceDeploymentController.codeDeployGroup as Make)(
          ...args,
        ) as ServiceDeploymentController,
      }),
    [group, {}],
    'CodeDeployGroupControllerOptions',
  ),
  'Rollout.allAtOnce': container(
    (options) =>
      DeployTarget.ecsService(blueGreenService, {
        deploymentController: traffic,
        rollout: Rollout.allAtOnce(options as never),
      }),
    [{ alarms: [alarm] }],
    'RolloutOptions',
  ),
  'Rollout.canary': container(
    (...args) =>
      DeployTarget.ecsService(blueGreenService, {
        deploymentController: traffic,
        rollout: (Rollout.canary as Make)(...args) as Rollout,
      }),
    [10, Duration.minutes(5), {}],
    'RolloutOptions',
  ),
  'Rollout.linear': container(
    (...args) =>
      DeployTarget.ecsService(blueGreenService, {
        deploymentController: traffic,
        rollout: (Rollout.linear as Make)(...args) as Rollout,
      }),
    [10, Duration.minutes(5), {}],
    'RolloutOptions',
  ),
  'hooks of a Rollout': container(
    (hooks) =>
      DeployTarget.ecsService(blueGreenService, {
        deploymentController: traffic,
        rollout: Rollout.allAtOnce({ hooks: hooks as never }),
      }),
    [{ afterAllowTraffic: hook }],
    'RolloutHooks',
  ),
  'DeployTarget.ecsTask': container(
    DeployTarget.ecsTask,
    [service.taskDefinition, service.cluster, {}],
    'EcsTaskOptions',
  ),
  'DeployTarget.eksHelm': container(
    DeployTarget.eksHelm,
    [cluster, { releaseName: 'shop', chartPath: 'charts/shop' }],
    'EksHelmOptions',
  ),
  'DeployTarget.eksManifests': container(
    DeployTarget.eksManifests,
    [cluster, { manifestFiles: ['k8s/shop.yaml'] }],
    'EksManifestsOptions',
  ),
  'EksAccess.inNamespace': container(
    (...args) =>
      DeployTarget.eksManifests(cluster, {
        manifestFiles: ['k8s/shop.yaml'],
        access: (EksAccess.inNamespace as Make)(...args) as EksAccess,
      }),
    ['AmazonEKSEditPolicy'],
  ),
  'EksAccess.inCluster': container(
    (...args) =>
      DeployTarget.eksManifests(cluster, {
        manifestFiles: ['k8s/shop.yaml'],
        access: (EksAccess.inCluster as Make)(...args) as EksAccess,
      }),
    ['AmazonEKSClusterAdminPolicy'],
  ),
  'DeployTarget.appConfig': delivery(
    DeployTarget.appConfig,
    target,
    [configurations, AppConfigProfile.hosted(flags), toFlags],
    'AppConfigOptions',
  ),
  'AppConfigProfile.hosted': delivery(AppConfigProfile.hosted, configured, [flags, {}], 'HostedProfileOptions'),
  'AppConfigProfile.hostedById': delivery(
    AppConfigProfile.hostedById,
    configured,
    ['pro1234', {}],
    'HostedProfileOptions',
  ),
  'AppConfigProfile.pipeline': delivery(AppConfigProfile.pipeline, configured, [
    profileAt(stack, 'codepipeline://shop'),
  ]),
  'AppConfigProfile.pipelineById': delivery(AppConfigProfile.pipelineById, configured, ['pro1234']),
  'DeployTarget.lambdaImage': container(DeployTarget.lambdaImage, [someFunction, {}], 'LambdaImageOptions'),
  'DeployTarget.inOrder': container(DeployTarget.inOrder, [
    [
      DeployTarget.ecsService(service, { deploymentName: 'api' }),
      DeployTarget.lambdaImage(someFunction, { deploymentName: 'function' }),
    ],
  ]),
  'DeployTarget.together': container(DeployTarget.together, [
    [
      DeployTarget.ecsService(service, { deploymentName: 'api' }),
      DeployTarget.lambdaImage(someFunction, { deploymentName: 'function' }),
    ],
  ]),

  // Notifications and monitoring
  'Notification.topic': delivery(Notification.topic, notified, [topic, {}], 'NotificationOptions'),
  'Notification.email': delivery(Notification.email, notified, [['team@example.com'], {}], 'EmailNotificationOptions'),
  'Notification.slack': delivery(Notification.slack, notified, ['T0123ABCD', 'C0123ABCD', {}], 'NotificationOptions'),
  'Notification.slackChannel': delivery(Notification.slackChannel, notified, [slack, {}], 'NotificationOptions'),
  'Notification.teams': delivery(
    Notification.teams,
    notified,
    ['11112222-3333-4444-5555-666677778888', '11112222-3333-4444-5555-666677778888', '19%3aabc%40thread.tacv2', {}],
    'NotificationOptions',
  ),
  'Notification.teamsChannel': delivery(
    Notification.teamsChannel,
    notified,
    ['arn:aws:chatbot::111111111111:chat-configuration/microsoft-teams-channel/shop', {}],
    'NotificationOptions',
  ),
  'Notification.all': delivery(Notification.all, notified, [[Notification.topic(topic)]]),
  'PipelineMonitoring.standard': delivery(
    PipelineMonitoring.standard,
    (monitoring) => deliveryPipeline({ sources: [source], monitoring, stages: [PipelineStage.steps('Work', [build])] }),
    [{}],
    'PipelineMonitoringOptions',
  ),
};
