// A stack of another account whose outputs become an artifact, as in aws-cdk issue 4306.
const { App, Stack } = require('@aws-cdk/core');
const codecommit = require('@aws-cdk/aws-codecommit');
const { Artifact, Pipeline } = require('@aws-cdk/aws-codepipeline');
const actions = require('@aws-cdk/aws-codepipeline-actions');

const app = new App({ outdir: process.argv[2] });
const stack = new Stack(app, 'Delivery', { env: { account: '111111111111', region: 'eu-west-1' } });
const source = new Artifact('Source');
new Pipeline(stack, 'Pipeline', {
  stages: [
    {
      stageName: 'Source',
      actions: [new actions.CodeCommitSourceAction({
        actionName: 'CodeCommit', repository: new codecommit.Repository(stack, 'Repository', { repositoryName: 'shop' }), output: source,
      })],
    },
    {
      stageName: 'Deploy',
      actions: [new actions.CloudFormationCreateUpdateStackAction({
        actionName: 'Deploy', stackName: 'Shop', templatePath: source.atPath('template.yaml'), adminPermissions: true, account: '222222222222',
        output: new Artifact('Outputs'), outputFileName: 'outputs.json',
      })],
    },
  ],
});
app.synth();
