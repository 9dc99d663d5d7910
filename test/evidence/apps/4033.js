// What a build writes is read by an action of another account, as in aws-cdk issue 4033.
const { App, Stack } = require('@aws-cdk/core');
const codebuild = require('@aws-cdk/aws-codebuild');
const codecommit = require('@aws-cdk/aws-codecommit');
const { Artifact, Pipeline } = require('@aws-cdk/aws-codepipeline');
const actions = require('@aws-cdk/aws-codepipeline-actions');

const app = new App({ outdir: process.argv[2] });
const stack = new Stack(app, 'Delivery', { env: { account: '111111111111', region: 'eu-west-1' } });
const source = new Artifact('Source');
const built = new Artifact('Built');
new Pipeline(stack, 'Pipeline', {
  stages: [
    {
      stageName: 'Source',
      actions: [new actions.CodeCommitSourceAction({
        actionName: 'CodeCommit', repository: new codecommit.Repository(stack, 'Repository', { repositoryName: 'shop' }), output: source,
      })],
    },
    {
      stageName: 'Build',
      actions: [new actions.CodeBuildAction({
        actionName: 'Build', project: new codebuild.PipelineProject(stack, 'Project'), input: source, outputs: [built],
      })],
    },
    {
      stageName: 'Deploy',
      actions: [new actions.CloudFormationCreateUpdateStackAction({
        actionName: 'Deploy', stackName: 'Shop', templatePath: built.atPath('template.yaml'), adminPermissions: true, account: '222222222222',
      })],
    },
  ],
});
app.synth();
