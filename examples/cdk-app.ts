/**
 * How do I take a CDK app through three environments in three accounts, with the same pipeline however many assets it
 * has?
 */
import { join } from 'node:path';
import { App, aws_lambda as lambda, aws_sqs as sqs, CfnOutput, Stack, Stage, type StageProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  BuildStep,
  DeploymentEnvironment,
  DeployTarget,
  MultiEnvPromotionPipeline,
  PipelineSource,
  TestStep,
} from 'cdk-pipeline-patterns';

/** What is released: a stack with data and one with code. */
class Shop extends Stage {
  public readonly url: CfnOutput;

  public constructor(scope: Construct, id: string, props: StageProps) {
    super(scope, id, props);
    const data = new Stack(this, 'Data');
    const orders = new sqs.Queue(data, 'Orders', { enforceSSL: true });
    const api = new Stack(this, 'Api');
    const handler = new lambda.Function(api, 'Handler', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(join(__dirname, 'cdk-app')),
      environment: { ORDERS: orders.queueUrl },
    });
    orders.grantSendMessages(handler);
    this.url = new CfnOutput(api, 'Url', {
      value: handler.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM }).url,
    });
  }
}

const app = new App();
const stack = new Stack(app, 'ShopDelivery', { env: { account: '111111111111', region: 'eu-west-1' } });
// Each account is bootstrapped, and those of the environments trust that of the pipeline:
// docs/how-to/deploy-a-cdk-app.md.
const [dev, staging, production] = [
  ['Dev', '222222222222'],
  ['Staging', '333333333333'],
  ['Production', '444444444444'],
].map(([name, account]) => new Shop(app, name, { env: { account, region: 'eu-west-1' } }));

// Url is there by itself.
const accept = TestStep.shell(['./accept.sh "$Url"']);

function to(name: string, stage: Shop, tests: TestStep[] = []) {
  return new DeploymentEnvironment(name, { target: DeployTarget.cdkStage(stage, { outputs: [stage.url] }), tests });
}

new MultiEnvPromotionPipeline(stack, 'Delivery', {
  source: PipelineSource.gitHub('acme/shop', 'main'),
  // The whole assembly is what is released. Every environment takes its stage out of it.
  buildStep: BuildStep.shell(['npm ci', 'npm test', 'npx cdk synth'], { outputDirectory: 'cdk.out' }),
  environments: [to('dev', dev), to('staging', staging, [accept]), to('production', production)],
});

app.synth();
