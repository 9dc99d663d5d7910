// A template with a function whose code stands in the artifact, deployed into the same account, as in aws-cdk issue 5183.
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
        actionName: 'Deploy', stackName: 'Shop', templatePath: source.atPath('template.yaml'), adminPermissions: true,
        parameterOverrides: { Bucket: source.bucketName, Key: source.objectKey },
      })],
    },
  ],
});
app.synth();
