import type { aws_codepipeline, Environment, Stack } from 'aws-cdk-lib-newest';
import type { Build, Lib } from './world';

/** A source, and as second stage an action that reads what it yields. */
function pipelineOf(
  stack: Stack,
  lib: Lib,
  source: aws_codepipeline.IAction,
  artifact: aws_codepipeline.Artifact,
  crossAccountKeys = false,
): void {
  const { aws_codepipeline: codepipeline, aws_codepipeline_actions: actions, aws_s3: s3 } = lib;
  new codepipeline.Pipeline(stack, 'Pipeline', {
    crossAccountKeys,
    pipelineType: codepipeline.PipelineType.V2,
    stages: [
      { stageName: 'Source', actions: [source] },
      {
        stageName: 'Deploy',
        actions: [
          new actions.S3DeployAction({
            actionName: 'Copy',
            bucket: new s3.Bucket(stack, 'Target'),
            input: artifact,
            extract: true,
          }),
        ],
      },
    ],
  });
}

/** One pipeline per kind of source. */
export function sources(env?: Environment): Build {
  return (app, lib) => {
    const { aws_codecommit: codecommit, aws_cloudtrail: cloudtrail, aws_ecr: ecr, aws_s3: s3 } = lib;
    const { aws_codepipeline: codepipeline, aws_codepipeline_actions: actions } = lib;
    const output = new codepipeline.Artifact('Source');

    for (const crossAccountKeys of [false, true]) {
      const commit = new lib.Stack(app, crossAccountKeys ? 'CodeCommitKeyed' : 'CodeCommit', { env });
      pipelineOf(
        commit,
        lib,
        new actions.CodeCommitSourceAction({
          actionName: 'Commit',
          repository: new codecommit.Repository(commit, 'Repository', { repositoryName: `shop-${crossAccountKeys}` }),
          branch: 'main',
          trigger: actions.CodeCommitTrigger.EVENTS,
          output,
        }),
        output,
        crossAccountKeys,
      );
    }

    const image = new lib.Stack(app, 'Ecr', { env });
    pipelineOf(
      image,
      lib,
      new actions.EcrSourceAction({
        actionName: 'Image',
        repository: new ecr.Repository(image, 'Repository'),
        imageTag: 'stable',
        output,
      }),
      output,
    );

    const polled = new lib.Stack(app, 'S3Polled', { env });
    pipelineOf(
      polled,
      lib,
      new actions.S3SourceAction({
        actionName: 'Object',
        bucket: new s3.Bucket(polled, 'Source', { versioned: true }),
        bucketKey: 'in/app.zip',
        output,
      }),
      output,
    );

    const outputs = new lib.Stack(app, 'S3Told', { env });
    const bucket = new s3.Bucket(outputs, 'Source', { versioned: true, encryption: s3.BucketEncryption.KMS });
    new cloudtrail.Trail(outputs, 'Trail').addS3EventSelector([{ bucket, objectPrefix: 'in/app.zip' }]);
    pipelineOf(
      outputs,
      lib,
      new actions.S3SourceAction({
        actionName: 'Object',
        bucket,
        bucketKey: 'in/app.zip',
        trigger: actions.S3Trigger.EVENTS,
        output,
      }),
      output,
      true,
    );
  };
}
