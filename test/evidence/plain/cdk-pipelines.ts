import { join } from 'node:path';
import type { Environment, pipelines, Stack, Stage } from 'aws-cdk-lib-newest';
import { CONNECTION_ARN, PROD, PROD_US, TOOLS, TOOLS_US, type Build, type Lib } from './world';

interface Scenario {
  readonly env?: Environment;
  readonly stages: Record<string, Environment | undefined>;
  readonly props?: Partial<pipelines.CodePipelineProps>;
  readonly source?: (stack: Stack) => pipelines.CodePipelineSource;
}

/** A self-mutating pipeline of CDK Pipelines with one stage of the application per entry. */
function selfMutating({ env, stages, props, source }: Scenario): Build {
  return (app, lib) => {
    const { aws_codebuild: codebuild, aws_sns: sns, pipelines: cdk } = lib;
    const stack = new lib.Stack(app, 'Delivery', { env });
    const pipeline = new cdk.CodePipeline(stack, 'Pipeline', {
      synth: new cdk.ShellStep('Synth', {
        input: source
          ? source(stack)
          : cdk.CodePipelineSource.connection('acme/shop', 'main', { connectionArn: CONNECTION_ARN }),
        commands: ['npm ci', 'npx cdk synth'],
      }),
      // CDK lets every build report, so that is what the builds do.
      codeBuildDefaults: {
        partialBuildSpec: codebuild.BuildSpec.fromObject({ reports: { tests: { files: ['junit.xml'] } } }),
      },
      ...props,
    });
    for (const [name, stageEnv] of Object.entries(stages)) {
      const { stage, url } = shop(stack, lib, name, stageEnv);
      pipeline.addStage(stage, {
        pre: [
          new cdk.ManualApprovalStep(`Approve${name}`, { notificationTopic: new sns.Topic(stack, `Approvals${name}`) }),
        ],
        post: [
          new cdk.ShellStep(`Smoke${name}`, { commands: ['curl "$URL"'], envFromCfnOutputs: { URL: url } }),
          new cdk.CodeBuildStep(`Migrate${name}`, { commands: ['./migrate.sh'] }),
        ],
      });
    }
  };
}

/** A function, a file asset and a docker image asset. */
function shop(
  scope: Stack,
  lib: Lib,
  id: string,
  env?: Environment,
): { stage: Stage; url: InstanceType<Lib['CfnOutput']> } {
  const { aws_ecr_assets: images, aws_lambda: lambda, aws_s3_assets: files } = lib;

  function asset(name: string) {
    return join(__dirname, '..', 'apps', 'assets', name);
  }

  const stage = new lib.Stage(scope, id, { env });
  const stack = new lib.Stack(stage, 'Shop');
  const handler = new lambda.Function(stack, 'Handler', {
    runtime: lambda.Runtime.NODEJS_20_X,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(asset('function')),
  });
  new files.Asset(stack, 'File', { path: asset('file.txt') }).grantRead(handler);
  new images.DockerImageAsset(stack, 'Image', { directory: asset('image') });
  return { stage, url: new lib.CfnOutput(stack, 'Url', { value: handler.addFunctionUrl().url }) };
}

function commitSource(lib: Lib) {
  return (stack: Stack) =>
    lib.pipelines.CodePipelineSource.codeCommit(
      new lib.aws_codecommit.Repository(stack, 'Repository', { repositoryName: 'shop' }),
      'main',
    );
}

export const cdkSameAccount = selfMutating({ env: TOOLS, stages: { Prod: TOOLS } });

export const cdkAnywhere = selfMutating({ stages: { Prod: undefined } });

export const cdkCodeCommit: Build = (app, lib) =>
  selfMutating({ env: TOOLS, stages: { Prod: TOOLS }, source: commitSource(lib) })(app, lib);

export const cdkCrossAccount = selfMutating({
  env: TOOLS,
  stages: { Test: TOOLS, Prod: PROD },
  props: { crossAccountKeys: true },
});

export const cdkCrossRegion = selfMutating({ env: TOOLS, stages: { Europe: TOOLS, America: TOOLS_US } });

export const cdkCrossBoth: Build = (app, lib) =>
  selfMutating({
    env: TOOLS,
    stages: { Europe: PROD, America: PROD_US },
    source: commitSource(lib),
    props: { crossAccountKeys: true, enableKeyRotation: true },
  })(app, lib);

/** Less usual switches: roles, change sets and publishing in other shapes. */
export const cdkVariants: Build = (app, lib) => {
  const { aws_codepipeline: codepipeline, aws_secretsmanager: secrets, pipelines: cdk } = lib;
  const stage = new lib.Stack(app, 'Shared', { env: TOOLS });
  const secret = secrets.Secret.fromSecretCompleteArn(
    stage,
    'Hub',
    'arn:aws:secretsmanager:eu-west-1:111111111111:secret:hub-AbCdEf',
  );
  selfMutating({
    env: TOOLS,
    stages: { Prod: PROD },
    props: {
      crossAccountKeys: true,
      usePipelineRoleForActions: true,
      useChangeSets: false,
      publishAssetsInParallel: false,
      pipelineType: codepipeline.PipelineType.V2,
      dockerCredentials: [cdk.DockerCredential.dockerHub(secret)],
    },
  })(app, lib);
};
