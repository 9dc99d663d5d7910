import { App } from 'aws-cdk-lib';
import { MyAppStack } from '../lib/my-app-stack';
import { PipelineAssertions } from 'cdk-pipeline-patterns';

function pipelinesWith(deploymentService: string) {
  const app = new App();
  new MyAppStack(app, 'MyAppStack', { deploymentService, comment: 'Release #{SourceVariables.CommitId}?' });
  return PipelineAssertions.fromAssembly(app.synth());
}

test('good pipeline', () => {
  const pipelines = pipelinesWith('cloudformation.amazonaws.com');
  pipelines.hasNoDeniedCalls();
  pipelines.compliesWithRules();
});

test('defective pipeline', () => {
  const pipelines = pipelinesWith('codebuild.amazonaws.com');
  pipelines.hasNoDeniedCalls();
});
