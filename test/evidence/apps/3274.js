// A function that reads its input artifact with the credentials it is given, as in aws-cdk issue 3274.
const { App, Stack } = require('@aws-cdk/core');
const codecommit = require('@aws-cdk/aws-codecommit');
const { Artifact, Pipeline } = require('@aws-cdk/aws-codepipeline');
const actions = require('@aws-cdk/aws-codepipeline-actions');
const lambda = require('@aws-cdk/aws-lambda');

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
      stageName: 'Invoke',
      actions: [new actions.LambdaInvokeAction({
        actionName: 'Lambda', inputs: [source], outputs: [new Artifact('Answer')],
        lambda: new lambda.Function(stack, 'Handler', {
          runtime: new lambda.Runtime('nodejs10.x', 0, { supportsInlineCode: true }), handler: 'index.handler',
          code: lambda.Code.inline('exports.handler = async () => {};'),
        }),
      })],
    },
  ],
});
app.synth();
