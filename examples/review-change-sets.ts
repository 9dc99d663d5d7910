/** How do I review the change sets of all stacks of a CDK app before production, with one approval? */
import { App, aws_s3 as s3, aws_sqs as sqs, Stack, Stage } from 'aws-cdk-lib';
import {
  Approval,
  BuildStep,
  DeploymentEnvironment,
  DeployTarget,
  MultiEnvPromotionPipeline,
  PipelineSource,
} from 'cdk-pipeline-patterns';

const app = new App();
const env = { account: '111111111111', region: 'eu-west-1' };

/** A stage with two stacks. Neither refers to the other: names are passed as configuration. */
function shop(name: string) {
  const stage = new Stage(app, name, { env });
  new s3.Bucket(new Stack(stage, 'Data'), 'Orders', { enforceSSL: true });
  new sqs.Queue(new Stack(stage, 'Api'), 'Incoming', { enforceSSL: true });
  return DeployTarget.cdkStage(stage);
}

new MultiEnvPromotionPipeline(new Stack(app, 'ShopDelivery', { env }), 'Delivery', {
  source: PipelineSource.gitHub('acme/shop', 'main'),
  buildStep: BuildStep.shell(['npm ci', 'npx cdk synth'], { outputDirectory: 'cdk.out' }),
  environments: [
    new DeploymentEnvironment('staging', { target: shop('Staging') }),
    new DeploymentEnvironment('production', {
      target: shop('Production'),
      reviewChangeSets: true,
      approval: Approval.manual({ reviewUrl: 'https://eu-west-1.console.aws.amazon.com/cloudformation/home' }),
    }),
  ],
});

app.synth();
