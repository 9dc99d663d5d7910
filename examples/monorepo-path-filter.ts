/** How do I build only the application of a monorepo that a push changes? */
import { App, Stack } from 'aws-cdk-lib';
import { BuildStep, GitConnection, PipelineSource, PipelineTrigger, WebAppPipeline } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'MonorepoDelivery');
const connection = GitConnection.fromParameter('/delivery/github-connection');

for (const [id, directory] of [
  ['Shop', 'apps/shop'],
  ['Admin', 'apps/admin'],
]) {
  new WebAppPipeline(stack, id, {
    source: PipelineSource.gitHub('acme/monorepo', 'main', { connection }),
    triggers: [
      // What both share counts for both; texts count for none.
      PipelineTrigger.push({
        paths: [`${directory}/**`, 'packages/**', 'package-lock.json'],
        pathsExcept: ['**/*.md'],
      }),
    ],
    buildStep: BuildStep.nodeJs({ directory }),
  });
}

app.synth();
