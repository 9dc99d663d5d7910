import { ECS_ACTION_TIMEOUT, IMAGE_DEFINITIONS } from '../../../aws/ecs';
import type { SynthWarning } from '../../../pipeline/pipeline-plan';
import type { ContainerSpec } from '../../ecs/task-definition-spec';
import { imageVariable } from '../../image-commands';
import type { DeploymentRequest, PlannedDeployment, ServiceDeployer } from '../deployer';

/**
 * Plans rolling updates by the action of ECS, which registers a revision of the task definition and waits until the
 * service is stable.
 */
export const ROLLING_DEPLOYER: ServiceDeployer = { plan: planRolling };

function planRolling(request: DeploymentRequest): PlannedDeployment {
  const { service, options, prepareStep } = request;
  const { clusterName, serviceName, definition } = service;
  const { timeoutMinutes } = options;
  validate(request);
  return {
    deployment: { kind: 'rolling' },
    files: [IMAGE_DEFINITIONS],
    commands: imageDefinitionCommands(definition.containers),
    action: {
      provider: 'ecs',
      inputs: [prepareStep],
      configuration: {
        ClusterName: clusterName,
        ServiceName: serviceName,
        FileName: IMAGE_DEFINITIONS,
        ...(timeoutMinutes !== undefined && { DeploymentTimeout: String(timeoutMinutes) }),
      },
      propNames: { ClusterName: 'service.cluster', ServiceName: 'service', DeploymentTimeout: 'deploymentTimeout' },
      warnings: endlessRollingWarnings(request),
    },
  };
}

function validate({ facts, options, problems }: DeploymentRequest): void {
  const { controller = 'ECS', service } = facts;
  const { rollout, timeoutMinutes } = options;
  if (rollout !== undefined && rollout.kind !== 'rolling') {
    const traffic =
      'say who moves the traffic, e.g. deploymentController: ServiceDeploymentController.codeDeploy({ … })';
    const fix = `${traffic}, or give the service a deploymentStrategy (${service.node.path})`;
    problems.at('rollout').add('be Rollout.rolling(), which is all that the service can do', rollout.kind, fix);
  }
  if (controller !== 'ECS') {
    const rule = 'have the deployment controller ECS or CODE_DEPLOY';
    problems.at('service').add(rule, controller, 'CodePipeline cannot deploy to others');
  }
  problems.at('deploymentTimeout').range(timeoutMinutes, ECS_ACTION_TIMEOUT, 'minutes');
}

function imageDefinitionCommands(containers: readonly ContainerSpec[]): string[] {
  const words = containers.map(
    (_, i) => `--arg container_${i + 1} "$CONTAINER_${i + 1}" --arg image_${i + 1} "$${imageVariable(i)}"`,
  );
  const items = containers.map((_, i) => `{name: $container_${i + 1}, imageUri: $image_${i + 1}}`);
  return [
    ...containers.map(({ name }, i) => `CONTAINER_${i + 1}='${name}'`),
    `jq -n ${words.join(' ')} '[${items.join(', ')}]' > ${IMAGE_DEFINITIONS}`,
    `cat ${IMAGE_DEFINITIONS}`,
  ];
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html */
function endlessRollingWarnings({ facts, options, deployStep }: DeploymentRequest): SynthWarning[] {
  if (facts.detectsFailure !== false) return [];
  const { timeoutMinutes = ECS_ACTION_TIMEOUT.max } = options;
  return [
    {
      id: `endless-rolling[${deployStep}]`,
      text:
        'When the tasks of a release do not work, ECS starts new ones until somebody stops it, ' +
        `and '${deployStep}' fails after ${timeoutMinutes} minutes. ` +
        `Give the service circuitBreaker: { rollback: true }, or deploymentAlarms (${facts.service.node.path}).`,
    },
  ];
}
