/** How do I run a few commands without a CodeBuild project? */
import { App, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { BuildSecret, BuildStep, DeliveryPipeline, PipelineSource, PipelineStage } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'DocsDelivery');
const token = secretsmanager.Secret.fromSecretNameV2(stack, 'Token', 'acme/docs-token');

const UPLOAD =
  'curl --fail -H "Authorization: Bearer $DOCS_TOKEN" -F "note=$PAGES pages: $MESSAGE" -F file=@html.tgz ' +
  'https://docs.example.com/upload';

const source = PipelineSource.gitHub('acme/docs', 'main');
const build = BuildStep.commands(['make html', 'export PAGES=$(find html -name "*.html" | wc -l)'], {
  outputDirectory: 'html',
  exportedVariables: ['PAGES'],
});

new DeliveryPipeline(stack, 'Delivery', {
  sources: [source],
  stages: [
    PipelineStage.steps('Build', [build]),
    PipelineStage.steps('Publish', [
      // Free text, such as a commit message, is safe in an environment variable, and in a command it is refused.
      BuildStep.commands(['tar -czf html.tgz html', UPLOAD], {
        stepName: 'Publish',
        inputs: [build.artifact],
        environmentVariables: { PAGES: build.variable('PAGES'), MESSAGE: source.variable('CommitMessage') },
        secrets: { DOCS_TOKEN: BuildSecret.secretsManager(token) },
      }),
    ]),
  ],
});

app.synth();
