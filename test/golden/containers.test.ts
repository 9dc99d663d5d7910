import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, aws_ecs as ecs, aws_eks as eks, Duration, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  ContainerRepository,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
  Rollout,
  ServiceImage,
} from '../../src';
import { blueGreenIn } from '../helpers/blue-green';
import { serviceIn } from '../helpers/services';
import { statefulOf } from '../helpers/stateful';
import type { CfnTemplate } from '../helpers/synth';

const HOME = { account: '111111111111', region: 'eu-west-1' };
const ABROAD = { account: '222222222222', region: 'us-east-1' };
/** This library does not guarantee theirs. */
const OURS = /^(Shop|Images)/;

// A change of containers.json is a breaking change: images, deployments under way and their history are lost. It is
// edited by hand, never generated.
test('keeps the names of container resources', () => {
  const app = new App();
  const images = new Stack(app, 'Images', { env: HOME });
  const { repository } = new ContainerRepository(images, 'Repository', { repositoryName: 'acme/shop' });
  new ServiceImage(images, 'Live', { repository });

  function at(env: typeof HOME) {
    const services = new Stack(app, `Services-${env.region}`, { env });
    const { service, traffic } = blueGreenIn(services, 'shifted');
    const native = serviceIn(services, 'native', { deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN });
    return DeployTarget.inOrder([
      DeployTarget.ecsService(service, {
        deploymentController: traffic,
        rollout: Rollout.canary(20, Duration.minutes(7)),
        deploymentName: 'shifted',
      }),
      DeployTarget.ecsService(native, { deploymentName: 'native' }),
      DeployTarget.eksHelm(eks.Cluster.fromClusterAttributes(services, 'Cluster', { clusterName: 'apps' }), {
        releaseName: 'api',
        chartPath: 'chart',
        deploymentName: 'chart',
      }),
    ]);
  }

  new ContainerPipeline(new Stack(app, 'Shop', { env: HOME }), 'Api', {
    source: PipelineSource.gitHub('acme/shop', 'main'),
    image: BuildStep.dockerImage(repository),
    environments: [
      new DeploymentEnvironment('staging', { target: at(HOME) }),
      new DeploymentEnvironment('production', { env: ABROAD, target: at(ABROAD) }),
    ],
  });
  const made = Object.fromEntries(
    app
      .synth()
      .stacks.flatMap(({ stackName, template }) =>
        OURS.test(stackName) ? [[stackName, statefulOf(template as CfnTemplate)]] : [],
      ),
  );
  expect(made).toEqual(JSON.parse(readFileSync(join(__dirname, 'containers.json'), 'utf8')));
});
