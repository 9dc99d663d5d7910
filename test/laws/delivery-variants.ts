import {
  aws_codebuild as codebuild,
  aws_codecommit as codecommit,
  aws_codepipeline as codepipeline,
  aws_ec2 as ec2,
  aws_ecr as ecr,
  aws_events as events,
  aws_lambda as lambda,
  aws_s3 as s3,
  aws_secretsmanager as secretsmanager,
  aws_ssm as ssm,
  aws_stepfunctions as stepfunctions,
  Duration,
  Stack,
} from 'aws-cdk-lib';
import { CONNECTION_ARN, source } from './variants';
import {
  Approval,
  BuildCompute,
  BuildImage,
  BuildMemory,
  BuildNetwork,
  BuildSecret,
  BuildSize,
  BuildStep,
  CustomActionCategory,
  CustomStep,
  DeploymentEnvironment,
  DeployTarget,
  GitConnection,
  PipelineExecutionMode,
  PipelineSource,
  PipelineStage,
  PipelineTrigger,
  PipelineVariable,
  PullRequestEvent,
  TestStep,
  type DeliveryPipelineProps,
} from '../../src';

const connection = GitConnection.fromArn(CONNECTION_ARN);
const hostArn = 'arn:aws:codeconnections:eu-west-1:111111111111:host/acme-12345678';

function stage(...steps: Parameters<typeof PipelineStage.steps>[1]) {
  return PipelineStage.steps('Build', steps);
}

function from(...sources: PipelineSource[]): DeliveryPipelineProps {
  return { sources, stages: [stage(BuildStep.shell(['make'], { outputDirectory: 'out' }))] };
}

function built(...steps: Parameters<typeof PipelineStage.steps>[1]): DeliveryPipelineProps {
  return { sources: [source], stages: [stage(...steps)] };
}

function started(...triggers: PipelineTrigger[]): DeliveryPipelineProps {
  return { ...from(source), triggers };
}

const site = new DeploymentEnvironment('live', {
  target: DeployTarget.staticSite(),
  tests: [TestStep.shell(['curl --fail "$SITE_URL"'])],
});

function vpc(stack: Stack) {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-11111111',
    availabilityZones: ['a', 'b'],
    privateSubnetIds: ['subnet-11111111', 'subnet-22222222'],
    privateSubnetRouteTableIds: ['rtb-11111111', 'rtb-22222222'],
  });
}

function repository(stack: Stack) {
  return ecr.Repository.fromRepositoryName(stack, 'Images', 'acme/tools');
}

function secret(stack: Stack) {
  return secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'acme/token');
}

/** Everything that a free composition can be made of, one choice at a time; the laws hold for each. */
export const DELIVERY_VARIANTS: Readonly<Record<string, (stack: Stack) => DeliveryPipelineProps>> = {
  'one step': () => from(source),

  // Sources.
  'GitHub Enterprise Server': () =>
    from(
      PipelineSource.gitHubEnterpriseServer('acme/shop', 'main', { connection: GitConnection.pending({ hostArn }) }),
    ),
  'GitLab.com': () => from(PipelineSource.gitLab('acme/team/shop', 'main', { connection })),
  'GitLab self-managed': () =>
    from(PipelineSource.gitLabSelfManaged('acme/shop', 'main', { connection: GitConnection.pending({ hostArn }) })),
  Bitbucket: () => from(PipelineSource.bitbucket('acme/shop', 'main')),
  'Azure DevOps': () => from(PipelineSource.azureDevOps('acme/shop/web', 'main')),
  'a full clone': () => from(PipelineSource.gitHub('acme/shop', 'main', { connection, fullClone: true })),
  CodeCommit: (stack) =>
    from(PipelineSource.codeCommit(codecommit.Repository.fromRepositoryName(stack, 'Repository', 'shop'), 'main')),
  'a full clone from CodeCommit': (stack) =>
    from(
      PipelineSource.codeCommit(codecommit.Repository.fromRepositoryName(stack, 'Repository', 'shop'), 'main', {
        fullClone: true,
      }),
    ),
  'a bucket': (stack) =>
    from(PipelineSource.s3(s3.Bucket.fromBucketName(stack, 'Drop', 'acme-drop'), 'app/source.zip')),
  'an image': (stack) => from(PipelineSource.ecr(repository(stack), { imageTag: 'stable' })),
  'several sources': (stack) => {
    const content = PipelineSource.s3(s3.Bucket.fromBucketName(stack, 'Drop', 'acme-drop'), 'content.zip', {
      stepName: 'Content',
    });
    return {
      sources: [source, content],
      stages: [stage(BuildStep.nodeJs({ inputs: [source.artifact, content.artifact] }))],
    };
  },

  // Triggers.
  'pushes to some paths': () =>
    started(
      PipelineTrigger.push({ branches: ['main', 'release/**'], paths: ['apps/web/**'], pathsExcept: ['**/*.md'] }),
    ),
  tags: () => started(PipelineTrigger.tag(['v*'], { tagsExcept: ['v0*'] })),
  'pull requests': () =>
    started(
      PipelineTrigger.pullRequest({ events: [PullRequestEvent.OPENED, PullRequestEvent.CLOSED], paths: ['src/**'] }),
    ),
  'a schedule': () =>
    started(
      PipelineTrigger.schedule(events.Schedule.cron({ hour: '2', minute: '0' })),
      PipelineTrigger.schedule(events.Schedule.rate(Duration.days(1))),
    ),
  'another pipeline': (stack) =>
    started(
      PipelineTrigger.pipelineSucceeded(
        codepipeline.Pipeline.fromPipelineArn(
          stack,
          'Upstream',
          Stack.of(stack).formatArn({ service: 'codepipeline', resource: 'upstream' }),
        ),
      ),
    ),
  'nothing but people': () => started(PipelineTrigger.manual()),
  'changes and times': () =>
    started(
      PipelineTrigger.sourceChange(),
      PipelineTrigger.tag(['v*']),
      PipelineTrigger.schedule(events.Schedule.rate(Duration.hours(6))),
    ),

  // Builds and tests.
  'Node.js': () => built(BuildStep.nodeJs({ exportedVariables: ['VERSION'], outputs: { docs: 'docs/html' } })),
  'a secret': (stack) =>
    built(
      BuildStep.shell(['make'], { secrets: { TOKEN: BuildSecret.secretsManager(secret(stack), { field: 'token' }) } }),
    ),
  'a parameter': (stack) =>
    built(
      BuildStep.shell(['make'], {
        secrets: {
          TOKEN: BuildSecret.parameter(
            ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Parameter', {
              parameterName: '/acme/token',
            }),
          ),
        },
      }),
    ),
  'a VPC': (stack) =>
    built(
      BuildStep.shell(['make'], { network: BuildNetwork.vpc(vpc(stack), { proxy: 'http://proxy.example.com:3128' }) }),
    ),
  ARM: () => built(BuildStep.nodeJs({ compute: BuildCompute.arm(BuildSize.LARGE) })),
  'an image of ECR': (stack) =>
    built(
      BuildStep.shell(['make'], {
        compute: BuildCompute.x86(BuildSize.SMALL, { image: BuildImage.fromEcr(repository(stack), '1') }),
      }),
    ),
  'an image of a private registry': (stack) =>
    built(
      BuildStep.shell(['make'], {
        compute: BuildCompute.x86(BuildSize.SMALL, {
          image: BuildImage.fromRegistry('registry.example.com/tools:1', { credentials: secret(stack) }),
        }),
      }),
    ),
  Python: () => built(BuildStep.python()),
  Maven: () => built(BuildStep.maven()),
  Gradle: () => built(BuildStep.gradle({ testReports: [] })),
  Go: () => built(BuildStep.golang({ coverageReports: [] })),
  '.NET': () => built(BuildStep.dotNet()),
  'a build on Lambda': () => built(BuildStep.nodeJs({ compute: BuildCompute.awsLambda(BuildMemory.GB_2) })),
  'a Docker image': (stack) => built(BuildStep.dockerImage(repository(stack), { cacheTag: 'cache' })),
  'an image by CodePipeline': (stack) => built(BuildStep.ecrBuildAndPublish(repository(stack))),
  commands: (stack) =>
    built(
      BuildStep.commands(['make'], {
        outputDirectory: 'out',
        exportedVariables: ['VERSION'],
        secrets: { TOKEN: BuildSecret.secretsManager(secret(stack)) },
        environmentVariables: {
          COMMIT: source.variable('CommitId'),
          MESSAGE: source.variable('CommitMessage'),
        },
      }),
    ),
  'commands in a VPC': (stack) => built(BuildStep.commands(['make'], { network: BuildNetwork.vpc(vpc(stack)) })),
  'a project that exists': (stack) =>
    built(BuildStep.project(codebuild.Project.fromProjectName(stack, 'Existing', 'acme-build'))),
  'a matrix': () =>
    built(
      BuildStep.matrix(['make'], { MODE: ['debug', 'release'] }, { outputDirectory: 'out', testReports: ['*.xml'] }),
    ),
  Jenkins: () => built(BuildStep.jenkins('shop', { providerName: 'AcmeJenkins', producesArtifact: true })),
  'a scan of the source': () => built(TestStep.inspectorScan()),
  'a scan of an image': (stack) => built(TestStep.inspectorImageScan(repository(stack))),
  'a function': (stack) =>
    built(
      TestStep.lambdaFunction(lambda.Function.fromFunctionName(stack, 'Function', 'acme-smoke'), {
        parameters: { STAGE: 'test' },
      }),
    ),
  'a state machine': (stack) =>
    built(TestStep.stepFunction(stepfunctions.StateMachine.fromStateMachineName(stack, 'Machine', 'acme-smoke'))),
  'tests of a build': () => {
    const build = BuildStep.nodeJs({ outputs: { docs: 'docs/html' } });
    return built(
      build,
      BuildStep.shell(['make lint'], { stepName: 'Lint' }),
      TestStep.shell(['./accept.sh'], {
        inputs: [build.artifact, build.artifactNamed('docs')],
        testReports: ['reports/*.xml'],
        environmentVariables: { COMMIT: source.variable('CommitId') },
      }),
    );
  },
  "an action type of one's own": () => {
    const build = BuildStep.nodeJs();
    return built(
      build,
      CustomStep.actionType(CustomActionCategory.DEPLOY, 'AcmeRelease', {
        inputs: [build.artifact],
        configuration: { Message: source.variable('CommitMessage') },
        producesArtifact: true,
      }),
    );
  },

  // The pipeline as a whole.
  'an environment with tests': () => ({
    sources: [source],
    stages: [stage(BuildStep.nodeJs()), PipelineStage.environment(site)],
  }),
  'an approval': () => ({
    sources: [source],
    stages: [PipelineStage.approval('Ready', Approval.manual()), stage(BuildStep.nodeJs())],
  }),
  'a disabled transition': () => ({
    sources: [source],
    stages: [
      PipelineStage.steps('Build', [BuildStep.nodeJs()], { transitionDisabledReason: 'Freeze (until Monday).' }),
    ],
  }),
  'queued, with variables, restarting': () => ({
    ...from(source),
    executionMode: PipelineExecutionMode.QUEUED,
    restartOnUpdate: true,
    variables: [new PipelineVariable('NOTE', { defaultValue: 'none', description: 'Why' })],
  }),
  parallel: () => ({ ...from(source), executionMode: PipelineExecutionMode.PARALLEL }),
  'a named pipeline with other retention': () => ({
    ...from(source),
    pipelineName: 'acme.shop',
    artifactRetention: Duration.days(120),
    logRetention: Duration.days(30),
  }),
};
