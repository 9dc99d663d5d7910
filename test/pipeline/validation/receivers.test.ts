import { App, aws_eks as eks, aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  DeploymentEnvironment,
  DeploymentWave,
  DeployTarget,
  PipelineSource,
  type ReleaseDestination,
} from '../../../src';
import { lookedUp, repositoryOf, saidOf, serviceIn } from '../../helpers/services';

const HOME = { account: '111111111111', region: 'eu-west-1' };

/** Errors of a pipeline, by the value. */
function refused(make: (stack: Stack) => ReleaseDestination[]): string[] {
  const stack = new Stack(new App(), 'Shop', { env: HOME });
  try {
    new ContainerPipeline(new Stack(stack.node.root as App, 'Delivery', { env: HOME }), 'Pipeline', {
      source: PipelineSource.gitHub('acme/api', 'main'),
      image: BuildStep.dockerImage(repositoryOf(stack)),
      environments: make(stack),
    });
    return [];
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .map(
        (line) =>
          /'environments' must deploy to each (.*) only once, got "(.*)"; ./.exec(line)?.slice(1).join(': ') ?? line,
      );
  }
}

function environments(...targets: DeployTarget[]) {
  return targets.map((target, i) => new DeploymentEnvironment(`e${i}`, { target }));
}

function helm(stack: Stack, id: string, kubernetesNamespace: string) {
  return DeployTarget.eksHelm(eks.CfnCluster.fromClusterName(stack, id, 'shop'), {
    releaseName: 'api',
    chartPath: 'chart',
    kubernetesNamespace,
  });
}

function named(stack: Stack, id: string) {
  return lambda.Function.fromFunctionArn(stack, id, 'arn:aws:lambda:eu-west-1:111111111111:function:resize');
}

test.each<[string, (stack: Stack) => ReleaseDestination[], string[]]>([
  [
    'two environments with one service',
    (stack) =>
      environments(DeployTarget.ecsService(serviceIn(stack, 'api')), DeployTarget.ecsService(serviceIn(stack, 'api'))),
    ['service: Shop/apiService'],
  ],
  [
    'two environments of a wave with one service',
    (stack) => [
      new DeploymentWave(
        'all',
        environments(
          DeployTarget.ecsService(serviceIn(stack, 'api')),
          DeployTarget.ecsService(serviceIn(stack, 'api')),
        ),
      ),
    ],
    ['service: Shop/apiService'],
  ],
  [
    'one target in three environments',
    (stack) => {
      const target = DeployTarget.ecsService(serviceIn(stack, 'api'));
      return environments(target, target, target);
    },
    ['service: Shop/apiService'],
  ],
  [
    'a service that was imported twice',
    (stack) =>
      environments(
        ...['One', 'Two'].map((id) =>
          DeployTarget.ecsService(
            lookedUp(new Stack(stack.node.root as App, id, { env: HOME }), 'api'),
            saidOf(stack, 'api'),
          ),
        ),
      ),
    ['service: Two/apiLookedUp'],
  ],
  [
    'two deployments of one service in one environment',
    (stack) =>
      environments(
        DeployTarget.together(
          ['a', 'b'].map((deploymentName) => DeployTarget.ecsService(serviceIn(stack, 'api'), { deploymentName })),
        ),
      ),
    ['service: Shop/apiService'],
  ],
  [
    'two environments with one Helm release',
    (stack) => environments(helm(stack, 'One', 'shop'), helm(stack, 'Two', 'shop')),
    ['Helm release: api in shop of Shop/Two'],
  ],
  [
    'two environments with one alias of a function',
    (stack) => environments(...['One', 'Two'].map((id) => DeployTarget.lambdaImage(named(stack, id)))),
    ['alias of a function: live of Shop/Two'],
  ],
])('rejects %s', (_, make, expected) => {
  expect(refused(make)).toEqual(expected);
});

test.each<[string, (stack: Stack) => ReleaseDestination[]]>([
  [
    'services of one name in two accounts',
    (stack) =>
      environments(
        ...['111111111111', '222222222222'].map((account) =>
          DeployTarget.ecsService(
            serviceIn(
              new Stack(stack.node.root as App, `In${account}`, { env: { account, region: 'eu-west-1' } }),
              'api',
            ),
          ),
        ),
      ),
  ],
  [
    'one Helm release in two namespaces',
    (stack) => environments(helm(stack, 'One', 'staging'), helm(stack, 'Two', 'shop')),
  ],
  [
    'an alias of a function for each environment',
    (stack) =>
      environments(...['staging', 'live'].map((alias) => DeployTarget.lambdaImage(named(stack, alias), { alias }))),
  ],
])('accepts %s', (_, make) => {
  expect(refused(make)).toEqual([]);
});
