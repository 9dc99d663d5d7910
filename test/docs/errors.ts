import { App, Duration, SecretValue, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  DeliveryPipeline,
  DeploymentEnvironment,
  DeployTarget,
  EntryCondition,
  Gate,
  MultiEnvPromotionPipeline,
  PipelineExecutionMode,
  PipelineSource,
  PipelineStage,
  TestStep,
  WebAppPipeline,
  type WebAppPipelineProps,
} from '../../src';

type Build = (stack: Stack) => void;

function source(): PipelineSource {
  return PipelineSource.gitHub('acme/shop', 'main');
}

function site(props: Partial<WebAppPipelineProps>): Build {
  return (stack) => void new WebAppPipeline(stack, 'Site', { source: source(), ...props });
}

function delivery(stages: () => PipelineStage[]): Build {
  return (stack) => void new DeliveryPipeline(stack, 'Delivery', { sources: [source()], stages: stages() });
}

/** The example of the page. */
export const EXAMPLE: Build = site({
  source: PipelineSource.gitHub('https://github.com/acme/shop', 'refs/heads/main'),
  buildStep: BuildStep.nodeJs({ nodeVersion: '16' }),
  environments: [new DeploymentEnvironment('pre prod'), new DeploymentEnvironment('production')],
});

/** Frequent errors, by the situation that the page describes. */
export const FREQUENT: Readonly<Record<string, Build>> = {
  'The stack of the pipeline has no concrete `env`, and an environment is in another account': (stack) => {
    new WebAppPipeline(new Stack(stack, 'Anywhere'), 'Site', {
      source: source(),
      environments: [
        new DeploymentEnvironment('production', { env: { account: '222222222222', region: 'eu-west-1' } }),
      ],
    });
  },
  'A variable is unknown or misspelt': site({
    buildStep: BuildStep.nodeJs({ environmentVariables: { COMMIT: '#{Source-vars.CommitID}' } }),
  }),
  'Free text is used where it could become code': site({
    buildStep: BuildStep.nodeJs({ environmentVariables: { NOTE: '#{Source-vars.CommitMessage}' } }),
  }),
  'A secret is in an environment variable': site({
    buildStep: BuildStep.nodeJs({ environmentVariables: { TOKEN: SecretValue.secretsManager('npm').unsafeUnwrap() } }),
  }),
  'A step uses an artifact of a later step': delivery(() => {
    const build = BuildStep.nodeJs();
    const test = TestStep.shell(['./accept.sh'], { inputs: [build.artifact] });
    return [PipelineStage.steps('Test', [test]), PipelineStage.steps('Build', [build])];
  }),
  'Two steps have the same name': site({ checks: [BuildStep.shell(['make lint'])] }),
  'Environments and `PARALLEL` mode are combined': site({ executionMode: PipelineExecutionMode.PARALLEL }),
  'Artifacts are kept for a shorter time than an approval may wait': site({ artifactRetention: Duration.days(30) }),
  'A time zone is misspelt': site({
    environments: [
      new DeploymentEnvironment('production', {
        beforeEntry: EntryCondition.failUnless([Gate.officeHours('Europe/Muenchen')]),
      }),
    ],
  }),
  'Two environments deploy the same stack': (stack) => {
    const target = DeployTarget.cloudFormationStack('orders');
    new MultiEnvPromotionPipeline(stack, 'Delivery', {
      source: source(),
      buildStep: BuildStep.shell(['make'], { outputDirectory: 'out' }),
      environments: ['staging', 'production'].map((name) => new DeploymentEnvironment(name, { target })),
    });
  },
};

/** Returns the error of a construct, without the path of the construct. */
export function errorOf(build: Build): string {
  const stack = new Stack(new App(), 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
  try {
    build(stack);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('expected an error');
}
