import { imageVariable } from '../image-commands';
import type { ServiceDeployer } from './mover';
import { ECS_ACTION_TIMEOUT, IMAGE_DEFINITIONS } from '../../aws/ecs';
import type { ServiceRollingPlan } from './ecs-specs';
import { checkRange, problem } from '../../pipeline/problems';

/** The standard action of ECS: it registers a revision of the task definition that the service uses, and waits until the service is stable. */
export const ROLLING: ServiceDeployer<ServiceRollingPlan> = {
  plan: ({ detectsFailure }, { deploymentTimeout }) => ({
    kind: 'rolling',
    timeoutMinutes: deploymentTimeout?.toMinutes({ integral: false }),
    detectsFailure,
  }),

  check: (prop, { controller = 'ECS', service }, { rollout, deploymentTimeout }) => [
    ...(rollout === undefined || rollout._plan().kind === 'rolling'
      ? []
      : [
          problem(
            `${prop}.rollout`,
            'be Rollout.rolling(), which is all that the service can do',
            rollout._plan().kind,
            `say who moves the traffic, e.g. traffic: ServiceTraffic.byCodeDeploy({ … }), or give the service a deploymentStrategy (${service.node.path})`,
          ),
        ]),
    ...(controller === 'ECS'
      ? []
      : [
          problem(
            `${prop}.service`,
            'have the deployment controller ECS or CODE_DEPLOY',
            controller,
            'CodePipeline cannot deploy to others',
          ),
        ]),
    ...checkRange(
      `${prop}.deploymentTimeout`,
      deploymentTimeout?.toMinutes({ integral: false }),
      ECS_ACTION_TIMEOUT,
      'minutes',
    ),
  ],

  files: [IMAGE_DEFINITIONS],

  prepare: ({ definition: { containers } }) => {
    const words = containers.map(
      (_, i) => `--arg container_${i + 1} "$CONTAINER_${i + 1}" --arg image_${i + 1} "$${imageVariable(i)}"`,
    );
    const list = containers.map((_, i) => `{name: $container_${i + 1}, imageUri: $image_${i + 1}}`);
    return [
      ...containers.map(({ name }, i) => `CONTAINER_${i + 1}='${name}'`),
      `jq -n ${words.join(' ')} '[${list.join(', ')}]' > ${IMAGE_DEFINITIONS}`,
      `cat ${IMAGE_DEFINITIONS}`,
    ];
  },

  deploy: ({ clusterName, serviceName }, { timeoutMinutes }, prepared) => ({
    provider: 'ecs',
    inputs: [prepared],
    configuration: {
      ClusterName: clusterName,
      ServiceName: serviceName,
      FileName: IMAGE_DEFINITIONS,
      ...(timeoutMinutes !== undefined && { DeploymentTimeout: String(timeoutMinutes) }),
    },
  }),
};
