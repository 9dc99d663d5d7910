// A state machine that is executed, as in aws-cdk issues 11397 and 11688.
const { App, Stack } = require('@aws-cdk/core');
const codecommit = require('@aws-cdk/aws-codecommit');
const { Artifact, Pipeline } = require('@aws-cdk/aws-codepipeline');
const actions = require('@aws-cdk/aws-codepipeline-actions');
const stepfunctions = require('@aws-cdk/aws-stepfunctions');

const app = new App({ outdir: process.argv[2] });
const stack = new Stack(app, 'Delivery', { env: { account: '111111111111', region: 'eu-west-1' } });
new Pipeline(stack, 'Pipeline', {
  stages: [
    {
      stageName: 'Source',
      actions: [new actions.CodeCommitSourceAction({
        actionName: 'CodeCommit', repository: new codecommit.Repository(stack, 'Repository', { repositoryName: 'shop' }),
        output: new Artifact('Source'),
      })],
    },
    {
      stageName: 'Update',
      actions: [new actions.StepFunctionInvokeAction({
        actionName: 'Update',
        stateMachine: new stepfunctions.StateMachine(stack, 'Machine', { definition: new stepfunctions.Pass(stack, 'Pass') }),
        stateMachineInput: actions.StateMachineInput.literal({}),
      })],
    },
  ],
});
app.synth();
