import type { aws_codepipeline, aws_kms, Stack } from 'aws-cdk-lib-newest';
import { CONNECTION_ARN, TOOLS, type Build, type Lib } from './world';

/** Connection source, build with reports, approval with a topic, deployment into a bucket. */
function deliver(
  stack: Stack,
  lib: Lib,
  id: string,
  props: aws_codepipeline.PipelineProps,
  key?: aws_kms.IKey,
): aws_codepipeline.Pipeline {
  const {
    aws_codebuild: codebuild,
    aws_codepipeline: codepipeline,
    aws_codepipeline_actions: actions,
    aws_s3: s3,
    aws_sns: sns,
  } = lib;
  const source = new codepipeline.Artifact('Source');
  const site = new codepipeline.Artifact('Site');
  const project = new codebuild.PipelineProject(stack, `${id}Project`, {
    encryptionKey: key,
    buildSpec: codebuild.BuildSpec.fromObject({
      version: '0.2',
      phases: { build: { commands: ['npm ci', 'npm test', 'npm run build'] } },
      reports: { unit: { files: ['junit.xml'], 'file-format': 'JUNITXML' } },
      artifacts: { 'base-directory': 'dist', files: ['**/*'] },
    }),
  });
  return new codepipeline.Pipeline(stack, id, {
    pipelineType: codepipeline.PipelineType.V2,
    ...props,
    stages: [
      {
        stageName: 'Source',
        actions: [
          new actions.CodeStarConnectionsSourceAction({
            actionName: 'GitHub',
            owner: 'acme',
            repo: 'shop',
            branch: 'main',
            connectionArn: CONNECTION_ARN,
            output: source,
          }),
        ],
      },
      {
        stageName: 'Build',
        actions: [new actions.CodeBuildAction({ actionName: 'Build', project, input: source, outputs: [site] })],
      },
      {
        stageName: 'Deploy',
        actions: [
          new actions.ManualApprovalAction({
            actionName: 'Approve',
            notificationTopic: new sns.Topic(stack, `${id}Approvals`),
            runOrder: 1,
          }),
          new actions.S3DeployAction({
            actionName: 'Site',
            bucket: new s3.Bucket(stack, `${id}Site`),
            input: site,
            runOrder: 2,
          }),
        ],
      },
    ],
  });
}

export const withKey: Build = (app, lib) => {
  deliver(new lib.Stack(app, 'Keyed', { env: TOOLS }), lib, 'Pipeline', { crossAccountKeys: true });
};

export const withoutKey: Build = (app, lib) => {
  deliver(new lib.Stack(app, 'Keyless', { env: TOOLS }), lib, 'Pipeline', { crossAccountKeys: false });
  deliver(new lib.Stack(app, 'KeylessAnywhere'), lib, 'Pipeline', { crossAccountKeys: false });
};

/** The artifacts' bucket and its key are the user's own, the build has the same key. */
export const ownBucket: Build = (app, lib) => {
  const stack = new lib.Stack(app, 'OwnBucket', { env: TOOLS });
  const key = new lib.aws_kms.Key(stack, 'Key');
  const artifactBucket = new lib.aws_s3.Bucket(stack, 'Artifacts', { encryptionKey: key, enforceSSL: true });
  deliver(stack, lib, 'Pipeline', { artifactBucket }, key);
};

/** No role per action. */
export const pipelineRole: Build = (app, lib) => {
  const stack = new lib.Stack(app, 'PipelineRole', { env: TOOLS });
  deliver(stack, lib, 'Pipeline', { crossAccountKeys: true, usePipelineRoleForActions: true });
};

/** Full clones: the build, not the pipeline, reads the repository. */
export const fullClone: Build = (app, lib) => {
  const {
    aws_codebuild: codebuild,
    aws_codecommit: codecommit,
    aws_codepipeline: codepipeline,
    aws_codepipeline_actions: actions,
  } = lib;
  const stack = new lib.Stack(app, 'FullClone', { env: TOOLS });
  const hub = new codepipeline.Artifact('Hub');
  const commit = new codepipeline.Artifact('Commit');
  new codepipeline.Pipeline(stack, 'Pipeline', {
    pipelineType: codepipeline.PipelineType.V2,
    stages: [
      {
        stageName: 'Source',
        actions: [
          new actions.CodeStarConnectionsSourceAction({
            actionName: 'GitHub',
            owner: 'acme',
            repo: 'shop',
            connectionArn: CONNECTION_ARN,
            output: hub,
            codeBuildCloneOutput: true,
          }),
          new actions.CodeCommitSourceAction({
            actionName: 'Commit',
            repository: new codecommit.Repository(stack, 'Repository', { repositoryName: 'shop' }),
            branch: 'main',
            output: commit,
            codeBuildCloneOutput: true,
          }),
        ],
      },
      {
        stageName: 'Build',
        actions: [
          new actions.CodeBuildAction({
            actionName: 'Build',
            project: new codebuild.PipelineProject(stack, 'Project'),
            input: hub,
            extraInputs: [commit],
          }),
        ],
      },
    ],
  });
};
