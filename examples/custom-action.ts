/** How do I use an action of aws-codepipeline-actions among the steps? */
import {
  App,
  aws_codebuild as codebuild,
  aws_codepipeline as codepipeline,
  aws_codepipeline_actions as actions,
  aws_s3 as s3,
  Stack,
} from 'aws-cdk-lib';
import { BuildStep, CustomStep, DeliveryPipeline, PipelineSource, PipelineStage } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ShopDelivery');

const build = BuildStep.shell(['make'], { outputDirectory: 'out' });

// It takes what our build makes, and runs under its own role.
const publish = CustomStep.action(
  new actions.S3DeployAction({
    actionName: 'Publish',
    bucket: new s3.Bucket(stack, 'Downloads', { enforceSSL: true }),
    input: build.artifact.toCodePipelineArtifact(),
  }),
);

// A step of the library takes the output of an action.
const sign = CustomStep.action(
  new actions.CodeBuildAction({
    actionName: 'Sign',
    project: new codebuild.PipelineProject(stack, 'Signer', {
      buildSpec: codebuild.BuildSpec.fromSourceFilename('sign.yml'),
    }),
    input: build.artifact.toCodePipelineArtifact(),
    outputs: [new codepipeline.Artifact('Signed')],
  }),
);
const read = BuildStep.shell(['./verify.sh'], { stepName: 'Verify', inputs: [sign.artifact] });

new DeliveryPipeline(stack, 'Delivery', {
  sources: [PipelineSource.gitHub('acme/shop', 'main')],
  stages: [PipelineStage.steps('Build', [build]), PipelineStage.steps('Deploy', [publish, sign, read])],
});

app.synth();
