/** How do I take a CDK app through three environments, with the same pipeline however many assets it has? */
import { join } from 'node:path';
import { App, aws_lambda as lambda, aws_sqs as sqs, CfnOutput, Stack, Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BuildStep, DeliveryPipeline, DeploymentEnvironment, DeployTarget, PipelineSource, PipelineStage, TestStep } from 'cdk-pipeline-patterns';

/** What is released: a stack with data and one with code. */
class Shop extends Stage {
  public readonly url: CfnOutput;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
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
    this.url = new CfnOutput(api, 'Url', { value: handler.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM }).url });
  }
}

const app = new App();
const stack = new Stack(app, 'ShopDelivery');
const [dev, staging, production] = ['Dev', 'Staging', 'Production'].map((name) => new Shop(app, name));

// The whole assembly is what is released. Every environment takes its stage out of it.
const build = BuildStep.shell(['npm ci', 'npm test', 'npx cdk synth'], { outputDirectory: 'cdk.out' });
// Url is there by itself.
const accept = TestStep.shell(['./accept.sh "$Url"']);
const to = (name: string, stage: Shop, tests: TestStep[] = []) =>
  PipelineStage.environment(new DeploymentEnvironment(name, { target: DeployTarget.cdkStage(stage, { outputs: [stage.url] }), tests }));

new DeliveryPipeline(stack, 'Delivery', {
  sources: [PipelineSource.gitHub('acme/shop', 'main')],
  stages: [PipelineStage.ofSteps('Build', [build]), to('dev', dev), to('staging', staging, [accept]), to('production', production)],
});

app.synth();
