import {
  type App,
  aws_ecr as ecr,
  aws_ecs as ecs,
  aws_eks as eks,
  aws_lambda as lambda,
  Duration,
  type Environment,
  Stack,
} from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  DeploymentAccess,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
  Rollout,
  TestStep,
} from '../../src';
import { blueGreenIn } from '../helpers/blue-green';
import { serviceIn } from '../helpers/services';

const source = PipelineSource.gitHub('acme/shop', 'main');
const test = TestStep.shell(['./accept.sh']);

interface Where {
  readonly home: Required<Environment>;
  readonly account: Required<Environment>;
  readonly region: Required<Environment>;
  readonly both: Required<Environment>;
}

/** Services in other accounts and regions; see {@link ACROSS}. */
export function containersAcross({ home, account, region, both }: Where): Readonly<Record<string, (app: App) => void>> {
  function placed(app: App) {
    const repository = new ecr.Repository(new Stack(app, 'Images', { env: home }), 'Repository', {
      repositoryName: 'acme/api',
    });

    function servicesOf(env: Environment) {
      return new Stack(app, `Services-${env.account}-${env.region}`, { env });
    }

    return { image: BuildStep.dockerImage(repository), servicesOf };
  }

  return {
    'services in three accounts and two regions': (app) => {
      const { image, servicesOf } = placed(app);

      function rolling(name: string, env: Environment) {
        return new DeploymentEnvironment(name, {
          target: DeployTarget.ecsService(serviceIn(servicesOf(env), name)),
          tests: [test],
        });
      }

      new ContainerPipeline(new Stack(app, 'Shop', { env: home }), 'Api', {
        source,
        image,
        environments: [
          rolling('dev', home),
          rolling('qa', region),
          rolling('staging', account),
          rolling('production', both),
        ],
      });
    },
    'every way of moving traffic in another account, and a migration before': (app) => {
      const { image, servicesOf } = placed(app);
      const stack = servicesOf(account);
      const { service, traffic, alarm, hook } = blueGreenIn(stack, 'shifted');
      const native = serviceIn(stack, 'native', {
        deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN,
        bakeTime: Duration.hours(2),
      });
      const all: Record<string, DeployTarget> = {
        shifted: DeployTarget.ecsService(service, {
          deploymentController: traffic,
          rollout: Rollout.linear(25, Duration.minutes(7), { alarms: [alarm], hooks: { afterAllowTestTraffic: hook } }),
        }),
        native: DeployTarget.inOrder([
          DeployTarget.ecsTask(native.taskDefinition, native.cluster, {
            command: ['migrate'],
            securityGroups: native.connections.securityGroups,
          }),
          DeployTarget.ecsService(native),
        ]),
      };
      new ContainerPipeline(new Stack(app, 'Shop', { env: home }), 'Api', {
        source,
        image,
        environments: Object.entries(all).map(([name, target]) => new DeploymentEnvironment(name, { target })),
      });
    },
    'a chart and a function in another account and region': (app) => {
      const { image, servicesOf } = placed(app);
      const stack = servicesOf(both);
      const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'apps' });
      const handler = lambda.Function.fromFunctionName(stack, 'Function', 'api');
      new ContainerPipeline(new Stack(app, 'Shop', { env: home }), 'Api', {
        source,
        image,
        environments: [
          new DeploymentEnvironment('chart', {
            env: both,
            target: DeployTarget.eksHelm(cluster, { releaseName: 'api', chartPath: 'chart' }),
          }),
          new DeploymentEnvironment('function', {
            env: both,
            target: DeployTarget.lambdaImage(handler, { repository: image._image()!.repository }),
          }),
        ],
      });
    },
    'two services of one environment in another account, whose access others made': (app) => {
      const { image, servicesOf } = placed(app);
      const services = servicesOf(both);
      const environment = new DeploymentEnvironment('production', {
        existingAccess: true,
        target: DeployTarget.inOrder(
          ['one', 'two'].map((name) => DeployTarget.ecsService(serviceIn(services, name), { deploymentName: name })),
        ),
      });
      new DeploymentAccess(new Stack(app, 'ServicesAccess', { env: both }), 'Access', {
        pipelineName: 'api',
        pipelineEnv: home,
        environments: [environment],
      });
      new ContainerPipeline(new Stack(app, 'Shop', { env: home }), 'Api', {
        pipelineName: 'api',
        source,
        image,
        environments: [environment],
      });
    },
  };
}
