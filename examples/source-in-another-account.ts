/** How do I release from a repository in another account? */
import { App, aws_codecommit as codecommit, Stack } from 'aws-cdk-lib';
import { PipelineSource, WebAppPipeline } from 'cdk-pipeline-patterns';

const app = new App();
const repositories = new Stack(app, 'Repositories', { env: { account: '222222222222', region: 'eu-west-1' } });
const repository = new codecommit.Repository(repositories, 'Shop', { repositoryName: 'shop' });

// Both accounts are known, and the region is the same. Two more stacks come before that of the pipeline: one in the
// account of the repository, with the role that reads it and the rule that forwards a push; one here, with the event
// bus that receives it.
const delivery = new Stack(app, 'ShopDelivery', { env: { account: '111111111111', region: 'eu-west-1' } });
new WebAppPipeline(delivery, 'Site', {
  source: PipelineSource.codeCommit(repository, 'main'),
});

app.synth();
