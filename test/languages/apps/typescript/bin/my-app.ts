import { App, Validations } from 'aws-cdk-lib';
import { MyAppStack } from '../lib/my-app-stack';
import { PipelineCheck } from 'cdk-pipeline-patterns';

const app = new App();
Validations.of(app).addPlugins(new PipelineCheck());

new MyAppStack(app, 'MyAppStack', {
  deploymentService: 'codebuild.amazonaws.com',
  comment: 'Release #{Build.VERSION}?',
});

if (app.node.tryGetContext('acknowledge')) {
  for (const id of ['VariableNamespaceUndefined', 'AccessDenied[Deploy/Deploy/sts:AssumeRole]']) {
    Validations.of(app).acknowledge({ id: `PipelineCheck::${id}`, reason: 'Known.' });
  }
}
