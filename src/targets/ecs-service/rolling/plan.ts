import { ECS_ACTION_TIMEOUT, IMAGE_DEFINITIONS } from '../../../aws/ecs';
import type { SynthWarning } from '../../../pipeline/pipeline-plan';
import type { ContainerSpec } from '../../ecs/task-definition-spec';
import { imageVariable } from '../../image-commands';
import type { DeploymentRequest, PlannedDeployment, ServiceDeployer } from '../deployer';

/**
 * Plans rolling updates by the ECS action, which registers a revision of the task definition and waits until the
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
        ...timeoutConfiguration(timeoutMinutes),
      },
      propNames: { ClusterName: 'service.cluster', ServiceName: 'service', DeploymentTimeout: 'deploymentTimeout' },
      warnings: endlessRollingWarnings(request),
    },
  };
}

function timeoutConfiguration(minutes: number | undefined): Record<string, string> {
  return minutes === undefined ? {} : { DeploymentTimeout: String(minutes) };
}

function validate({ facts, options, problems }: DeploymentRequest): void {
  const { controller = 'ECS', service } = facts;
  const { rollout, timeoutMinutes } = options;
  if (rollout !== undefined && rollout.kind !== 'rolling') {
    const controllerFix = 'set deploymentController, e.g. to ServiceDeploymentController.codeDeploy({ … })';
    const fix = `${controllerFix}, or a deploymentStrategy on ${service.node.path}`;
    problems.at('rollout').add('be Rollout.rolling() for this service', rollout.kind, fix);
  }
  if (controller !== 'ECS') {
    const rule = 'have the deployment controller ECS or CODE_DEPLOY';
    problems.at('service').add(rule, controller, 'change the deployment controller; CodePipeline supports no other');
  }
  problems.at('deploymentTimeout').range(timeoutMinutes, ECS_ACTION_TIMEOUT, 'minutes');
}

function imageDefinitionCommands(containers: readonly ContainerSpec[]): string[] {
  const jqArguments = containers.map(
    (_, i) => `--arg container_${i + 1} "$CONTAINER_${i + 1}" --arg image_${i + 1} "$${imageVariable(i)}"`,
  );
  const items = containers.map((_, i) => `{name: $container_${i + 1}, imageUri: $image_${i + 1}}`);
  return [
    ...containers.map(({ name }, i) => `CONTAINER_${i + 1}='${name}'`),
    `jq -n ${jqArguments.join(' ')} '[${items.join(', ')}]' > ${IMAGE_DEFINITIONS}`,
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
        'If the tasks of a release fail, ECS replaces them indefinitely, ' +
        `and '${deployStep}' fails after ${timeoutMinutes} minutes. ` +
        `Set circuitBreaker: { rollback: true } or deploymentAlarms on ${facts.service.node.path}.`,
    },
  ];
}
