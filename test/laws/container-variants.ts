import { aws_ecs as ecs, aws_eks as eks, aws_lambda as lambda, Duration, Stack } from 'aws-cdk-lib';
import { source } from './variants';
import {
  BuildStep,
  type ContainerPipelineProps,
  DeploymentEnvironment,
  DeployTarget,
  EksAccess,
  BaseImageSource,
  ImagePlatform,
  ImageScan,
  Rollout,
  ServiceDeploymentController,
  TestStep,
} from '../../src';
import { blueGreenNear, groupSeen, networkNear } from '../helpers/blue-green';
import { lookedUp, repositoryOf, saidOf, serviceOf } from '../helpers/services';

function to(stack: Stack, target: DeployTarget, more: Partial<ContainerPipelineProps> = {}): ContainerPipelineProps {
  return {
    source,
    image: BuildStep.dockerImage(repositoryOf(stack)),
    environments: [new DeploymentEnvironment('production', { target })],
    ...more,
  };
}

/** Where containers go, one choice at a time; the laws hold for each. */
export const CONTAINER_VARIANTS: Readonly<Record<string, (stack: Stack) => ContainerPipelineProps>> = {
  'a service that rolls': (stack) => to(stack, DeployTarget.ecsService(serviceOf(stack, 'api'))),
  'two environments, tested': (stack) => ({
    ...to(stack, DeployTarget.ecsService(serviceOf(stack, 'api'))),
    environments: ['staging', 'production'].map(
      (name) =>
        new DeploymentEnvironment(name, {
          target: DeployTarget.ecsService(serviceOf(stack, `api-${name}`)),
          tests: [TestStep.shell(['./accept.sh'])],
        }),
    ),
  }),
  'a service that was looked up': (stack) =>
    to(stack, DeployTarget.ecsService(lookedUp(stack, 'api'), saidOf(stack, 'api'))),
  'CodeDeploy: a canary of its own, with all that may be said': (stack) => {
    const { service, traffic, alarm, hook } = blueGreenNear(stack, 'api');
    return to(
      stack,
      DeployTarget.ecsService(service, {
        deploymentController: traffic,
        rollout: Rollout.canary(20, Duration.minutes(7), { alarms: [alarm], hooks: { afterAllowTestTraffic: hook } }),
      }),
    );
  },
  'CodeDeploy: a Network Load Balancer': (stack) => {
    const { service, traffic } = networkNear(stack, 'api');
    return to(stack, DeployTarget.ecsService(service, { deploymentController: traffic }));
  },
  'CodeDeploy: a deployment group that exists': (stack) =>
    to(
      stack,
      DeployTarget.ecsService(lookedUp(stack, 'api'), {
        ...saidOf(stack, 'api'),
        deploymentController: ServiceDeploymentController.codeDeployGroup(groupSeen(stack)),
      }),
    ),
  'ECS moves the traffic': (stack) =>
    to(
      stack,
      DeployTarget.ecsService(
        serviceOf(stack, 'api', {
          deploymentStrategy: ecs.DeploymentStrategy.CANARY,
          canaryConfiguration: { stepPercent: 10, stepBakeTime: Duration.minutes(15) },
          bakeTime: Duration.hours(1),
        }),
      ),
    ),
  'a migration before the service that needs it': (stack) => {
    const service = serviceOf(stack, 'api');
    return to(
      stack,
      DeployTarget.inOrder([
        DeployTarget.ecsTask(service.taskDefinition, service.cluster, {
          deploymentName: 'Migration',
          command: ['npm', 'run', 'migrate'],
          securityGroups: service.connections.securityGroups,
        }),
        DeployTarget.ecsService(service),
      ]),
    );
  },
  'a Helm chart': (stack) =>
    to(
      stack,
      DeployTarget.eksHelm(eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'apps' }), {
        releaseName: 'api',
        chartPath: 'chart',
      }),
    ),
  manifests: (stack) =>
    to(
      stack,
      DeployTarget.eksManifests(eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'apps' }), {
        manifestFiles: ['kubernetes/api.yaml'],
        access: EksAccess.existing(),
      }),
    ),
  'a function that is an image': (stack) =>
    to(
      stack,
      DeployTarget.lambdaImage(
        lambda.Function.fromFunctionAttributes(stack, 'Function', {
          functionArn: `arn:aws:lambda:${Stack.of(stack).region}:${Stack.of(stack).account}:function:api`,
          sameEnvironment: true,
        }),
      ),
    ),
  'an image for two platforms, tested, and not scanned': (stack) => {
    const image = BuildStep.dockerImage(repositoryOf(stack), {
      platforms: [ImagePlatform.X86_64, ImagePlatform.ARM64],
      baseImages: [BaseImageSource.pullThroughCache('hub')],
    });
    return to(stack, DeployTarget.ecsService(serviceOf(stack, 'api')), {
      image,
      scan: ImageScan.none(),
      checks: [TestStep.dockerImage(image, ['docker run --rm "$IMAGE_URI" npm test'])],
    });
  },
  'an image that CodePipeline builds': (stack) =>
    to(stack, DeployTarget.ecsService(serviceOf(stack, 'api')), {
      image: BuildStep.ecrBuildAndPublish(repositoryOf(stack), { producesArtifact: true }),
    }),
  'two images and two services, one after the other': (stack) => {
    const worker = BuildStep.dockerImage(repositoryOf(stack, 'acme/worker'), {
      stepName: 'Worker',
      directory: 'worker',
    });
    const workerService = serviceOf(stack, 'worker', {}, ['worker']);
    const { taskDefinition } = workerService;
    repositoryOf(Stack.of(workerService), 'acme/worker').grantPull(taskDefinition.obtainExecutionRole());
    return to(
      stack,
      DeployTarget.inOrder([
        DeployTarget.ecsService(serviceOf(stack, 'api'), { deploymentName: 'Api' }),
        DeployTarget.ecsService(workerService, {
          deploymentName: 'Worker',
          images: { worker },
        }),
      ]),
      { additionalImages: [worker] },
    );
  },
};
