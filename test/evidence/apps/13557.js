// A source over a connection, with the feature flag that every new project had, as in aws-cdk issues 13557 and 13733.
const { App, Stack } = require('@aws-cdk/core');
const { Artifact, Pipeline } = require('@aws-cdk/aws-codepipeline');
const actions = require('@aws-cdk/aws-codepipeline-actions');

const app = new App({ outdir: process.argv[2], context: { '@aws-cdk/aws-s3:grantWriteWithoutAcl': true } });
const stack = new Stack(app, 'Delivery', { env: { account: '111111111111', region: 'eu-west-1' } });
new Pipeline(stack, 'Pipeline', {
  stages: [
    {
      stageName: 'Source',
      actions: [new actions.BitBucketSourceAction({
        actionName: 'GitHub', owner: 'acme', repo: 'shop', output: new Artifact('Source'),
        connectionArn: 'arn:aws:codestar-connections:eu-west-1:111111111111:connection/11111111-2222-3333-4444-555555555555',
      })],
    },
    { stageName: 'Approve', actions: [new actions.ManualApprovalAction({ actionName: 'Approve' })] },
  ],
});
app.synth();
