// A self-mutating pipeline, whose one role may start every build, as in aws-cdk pull request 25316.
const { App, Stack } = require('@aws-cdk/core');
const { CodePipeline, CodePipelineSource, ShellStep } = require('@aws-cdk/pipelines');

const app = new App({ outdir: process.argv[2], context: { '@aws-cdk/core:newStyleStackSynthesis': true } });
const stack = new Stack(app, 'Delivery', { env: { account: '111111111111', region: 'eu-west-1' } });
new CodePipeline(stack, 'Pipeline', {
  synth: new ShellStep('Synth', {
    input: CodePipelineSource.connection('acme/shop', 'main', {
      connectionArn: 'arn:aws:codestar-connections:eu-west-1:111111111111:connection/11111111-2222-3333-4444-555555555555',
    }),
    commands: ['npm ci', 'npx cdk synth'],
  }),
});
app.synth();
