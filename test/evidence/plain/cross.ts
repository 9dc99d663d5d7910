import type { aws_codepipeline, Environment, Stack } from 'aws-cdk-lib-newest';
import { fargateService } from './deploys';
import { CONNECTION_ARN, PROD, TOOLS, TOOLS_US, type Build, type Lib } from './world';

/** A pipeline of TOOLS whose actions work on resources in stacks of other environments. */
export function crossDeploys(env: Environment): Build {
  return (app, lib) => {
    const { aws_codepipeline: codepipeline, aws_codepipeline_actions: actions, aws_s3: s3 } = lib;
    const tools = new lib.Stack(app, 'Tools', { env: TOOLS });
    const target = new lib.Stack(app, 'Target', { env });
    const source = new codepipeline.Artifact('Source');
    const { service } = fargateService(target, lib, 'Shop', { serviceName: 'shop' });
    new codepipeline.Pipeline(tools, 'Pipeline', {
      pipelineType: codepipeline.PipelineType.V2,
      crossAccountKeys: env.account !== TOOLS.account,
      stages: [
        {
          stageName: 'Source',
          actions: [
            new actions.CodeStarConnectionsSourceAction({
              actionName: 'GitHub',
              owner: 'acme',
              repo: 'shop',
              connectionArn: CONNECTION_ARN,
              output: source,
            }),
          ],
        },
        {
          stageName: 'Deploy',
          actions: [
            new actions.CloudFormationCreateReplaceChangeSetAction({
              actionName: 'Prepare',
              stackName: 'Shop',
              changeSetName: 'Next',
              templatePath: source.atPath('template.yaml'),
              adminPermissions: true,
              runOrder: 1,
              ...env,
            }),
            new actions.CloudFormationExecuteChangeSetAction({
              actionName: 'Execute',
              stackName: 'Shop',
              changeSetName: 'Next',
              runOrder: 2,
              ...env,
            }),
            new actions.S3DeployAction({
              actionName: 'Site',
              bucket: new s3.Bucket(target, 'Site', { bucketName: lib.PhysicalName.GENERATE_IF_NEEDED }),
              input: source,
            }),
            new actions.EcsDeployAction({ actionName: 'Ecs', service, input: source }),
            ...invokes(lib, target, source),
          ],
        },
      ],
    });
  };
}

/** A build, without outputs since its bucket is of another account, a function and CodeDeploy. */
function invokes(lib: Lib, target: Stack, source: aws_codepipeline.Artifact): aws_codepipeline.IAction[] {
  const {
    aws_codebuild: codebuild,
    aws_codedeploy: codedeploy,
    aws_codepipeline_actions: actions,
    aws_lambda: lambda,
  } = lib;
  return [
    new actions.CodeBuildAction({
      actionName: 'Smoke',
      input: source,
      project: new codebuild.PipelineProject(target, 'Smoke', { projectName: lib.PhysicalName.GENERATE_IF_NEEDED }),
    }),
    new actions.LambdaInvokeAction({
      actionName: 'Notify',
      lambda: new lambda.Function(target, 'Notify', {
        functionName: 'notify',
        runtime: lambda.Runtime.NODEJS_20_X,
        handler: 'index.handler',
        code: lambda.Code.fromInline('exports.handler = async () => {};'),
      }),
    }),
    new actions.CodeDeployServerDeployAction({
      actionName: 'CodeDeploy',
      input: source,
      deploymentGroup: new codedeploy.ServerDeploymentGroup(target, 'Servers', {
        application: new codedeploy.ServerApplication(target, 'Application', { applicationName: 'shop' }),
        deploymentGroupName: 'shop-servers',
      }),
    }),
  ];
}

/** Only an action with its own Region, no stack there. */
export const crossRegionAction: Build = (app, lib) => {
  const { aws_codepipeline: codepipeline, aws_codepipeline_actions: actions } = lib;
  for (const crossAccountKeys of [true, false]) {
    const source = new codepipeline.Artifact('Source');
    new codepipeline.Pipeline(new lib.Stack(app, crossAccountKeys ? 'Keyed' : 'Keyless', { env: TOOLS }), 'Pipeline', {
      pipelineType: codepipeline.PipelineType.V2,
      crossAccountKeys,
      stages: [
        {
          stageName: 'Source',
          actions: [
            new actions.CodeStarConnectionsSourceAction({
              actionName: 'GitHub',
              owner: 'acme',
              repo: 'shop',
              connectionArn: CONNECTION_ARN,
              output: source,
            }),
          ],
        },
        {
          stageName: 'Deploy',
          actions: [
            new actions.CloudFormationCreateUpdateStackAction({
              actionName: 'Elsewhere',
              stackName: 'Shop',
              templatePath: source.atPath('template.yaml'),
              adminPermissions: true,
              region: TOOLS_US.region,
            }),
          ],
        },
      ],
    });
  }
};

/** The repository is another account's: its events travel to the bus of TOOLS, its role writes the artifact. */
export const crossAccountSource: Build = (app, lib) => {
  const {
    aws_codecommit: codecommit,
    aws_codepipeline: codepipeline,
    aws_codepipeline_actions: actions,
    aws_s3: s3,
  } = lib;
  const owner = new lib.Stack(app, 'Owner', { env: PROD });
  const tools = new lib.Stack(app, 'Tools', { env: TOOLS });
  const output = new codepipeline.Artifact('Source');
  new codepipeline.Pipeline(tools, 'Pipeline', {
    pipelineType: codepipeline.PipelineType.V2,
    crossAccountKeys: true,
    stages: [
      {
        stageName: 'Source',
        actions: [
          new actions.CodeCommitSourceAction({
            actionName: 'Commit',
            repository: new codecommit.Repository(owner, 'Repository', { repositoryName: 'shop' }),
            branch: 'main',
            output,
          }),
        ],
      },
      {
        stageName: 'Copy',
        actions: [
          new actions.S3DeployAction({ actionName: 'Copy', bucket: new s3.Bucket(tools, 'Copies'), input: output }),
        ],
      },
    ],
  });
};
