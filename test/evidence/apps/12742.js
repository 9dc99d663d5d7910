// Variables from the parameter store and a secret at the action, not at the project, as in aws-cdk issue 12742.
const { App, Stack } = require('@aws-cdk/core');
const codebuild = require('@aws-cdk/aws-codebuild');
const codecommit = require('@aws-cdk/aws-codecommit');
const { Artifact, Pipeline } = require('@aws-cdk/aws-codepipeline');
const actions = require('@aws-cdk/aws-codepipeline-actions');

const app = new App({ outdir: process.argv[2] });
const stack = new Stack(app, 'Delivery', { env: { account: '111111111111', region: 'eu-west-1' } });
const source = new Artifact('Source');
const { PARAMETER_STORE, SECRETS_MANAGER } = codebuild.BuildEnvironmentVariableType;
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
        actionName: 'Build', project: new codebuild.PipelineProject(stack, 'Project'), input: source,
        environmentVariables: {
          PARAMETER: { type: PARAMETER_STORE, value: '/dev/ENV_VARIABLE' },
          SECRET: { type: SECRETS_MANAGER, value: 'npm-token' },
        },
      })],
    },
  ],
});
app.synth();
