/** How do I pass a token to a build without exposing it? */
import { App, aws_kms as kms, aws_secretsmanager as secretsmanager, aws_ssm as ssm, Stack } from 'aws-cdk-lib';
import { BuildSecret, BuildStep, DeliveryPipeline, PipelineSource, PipelineStage } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ShopDelivery', { env: { account: '111111111111', region: 'eu-west-1' } });

// An existing secret, and a SecureString with a customer managed key.
const registry = secretsmanager.Secret.fromSecretNameV2(stack, 'Registry', 'shop/registry');
const key = kms.Key.fromKeyArn(
  stack,
  'Key',
  'arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab',
);
const licence = ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Licence', {
  parameterName: '/shop/licence',
  encryptionKey: key,
});

new DeliveryPipeline(stack, 'Delivery', {
  sources: [PipelineSource.gitHub('acme/shop', 'main')],
  stages: [
    PipelineStage.steps('Build', [
      BuildStep.nodeJs({
        secrets: {
          NPM_TOKEN: BuildSecret.secretsManager(registry, { field: 'token' }),
          LICENCE: BuildSecret.parameter(licence),
        },
        installCommands: ['npm config set //npm.acme.example/:_authToken "$NPM_TOKEN"', 'npm ci'],
      }),
    ]),
  ],
});

app.synth();
