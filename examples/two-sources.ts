/** How do I build from two repositories, or from a repository and a bucket? */
import { App, aws_s3 as s3, Stack } from 'aws-cdk-lib';
import { BuildStep, GitConnection, PipelineSource, WebAppPipeline } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ShopDelivery');
const connection = GitConnection.fromParameter('/delivery/github-connection');

const code = PipelineSource.gitHub('acme/shop', 'main', { connection, stepName: 'Code' });
const theme = PipelineSource.gitHub('acme/theme', 'main', { connection, stepName: 'Theme' });
const content = PipelineSource.s3(
  new s3.Bucket(stack, 'Content', { versioned: true, enforceSSL: true }),
  'content.zip',
  { stepName: 'Content' },
);

new WebAppPipeline(stack, 'Site', {
  source: code,
  additionalSources: [theme, content],
  buildStep: BuildStep.nodeJs({
    // It starts in the first; the others lie in folders that CodeBuild names.
    inputs: [code.artifact, theme.artifact, content.artifact],
    buildCommands: ['THEME="$CODEBUILD_SRC_DIR_Theme" CONTENT="$CODEBUILD_SRC_DIR_Content" npm run build'],
  }),
});

app.synth();
