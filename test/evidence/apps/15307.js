// A stage of the pipeline's own account, named explicitly, as in aws-cdk issue 15307.
const { App, CfnOutput, Stack, Stage } = require('@aws-cdk/core');
const codecommit = require('@aws-cdk/aws-codecommit');
const { Artifact } = require('@aws-cdk/aws-codepipeline');
const actions = require('@aws-cdk/aws-codepipeline-actions');
const { CdkPipeline, SimpleSynthAction } = require('@aws-cdk/pipelines');

const app = new App({ outdir: process.argv[2], context: { '@aws-cdk/core:newStyleStackSynthesis': true } });
const env = { account: '111111111111', region: 'eu-west-1' };
const stack = new Stack(app, 'Delivery', { env });
const sourceArtifact = new Artifact('Source');
const cloudAssemblyArtifact = new Artifact('Assembly');
const pipeline = new CdkPipeline(stack, 'Pipeline', {
  cloudAssemblyArtifact,
  crossAccountKeys: false,
  sourceAction: new actions.CodeCommitSourceAction({
    actionName: 'CodeCommit', repository: new codecommit.Repository(stack, 'Repository', { repositoryName: 'shop' }), output: sourceArtifact,
  }),
  synthAction: SimpleSynthAction.standardNpmSynth({ sourceArtifact, cloudAssemblyArtifact }),
});
const prod = new Stage(app, 'Prod', { env });
new CfnOutput(new Stack(prod, 'Shop'), 'Name', { value: 'shop' });
pipeline.addApplicationStage(prod);
app.synth();
