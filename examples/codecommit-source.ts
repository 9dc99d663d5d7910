/** How do I release from a repository in CodeCommit? */
import { App, aws_codecommit as codecommit, Stack } from 'aws-cdk-lib';
import { PipelineSource, WebAppPipeline } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ShopDelivery');
const repository = new codecommit.Repository(stack, 'Code', { repositoryName: 'shop' });

// A rule of EventBridge starts an execution with the commit that was pushed; nothing polls.
new WebAppPipeline(stack, 'Site', {
  source: PipelineSource.codeCommit(repository, 'main'),
});

app.synth();
