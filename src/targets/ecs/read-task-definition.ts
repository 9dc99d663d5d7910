import { aws_ecs as ecs, Stack } from 'aws-cdk-lib';
import type { TaskRole } from './task-definition-spec';
import type { Architecture } from '../../aws/builds';
import { TASK_PROCESSORS } from '../../aws/ecs';

/** What is known of a task definition at synth time: nothing if it is imported. */
export interface TaskDefinitionFacts {
  readonly family?: string;
  /** Roles, by their property of the task definition. */
  readonly roles?: readonly TaskRole[];
  readonly architecture?: Architecture;
  readonly containers?: readonly ContainerFacts[];
  readonly defaultContainer?: ContainerFacts;
}

export interface ContainerFacts {
  readonly name: string;
  /** First port. */
  readonly port?: number;
  /** All ports; undefined where some are a range. */
  readonly ports?: readonly number[];
}

/** Reads a task definition of this app. What is added to it later is not seen. */
export function readTaskDefinition(definition: ecs.TaskDefinition): TaskDefinitionFacts {
  const { family, taskRole, executionRole, defaultContainer, node } = definition;
  const roles: TaskRole[] = [{ prop: 'taskRole', role: taskRole }];
  if (executionRole) roles.push({ prop: 'executionRole', role: executionRole });
  const containers = node.children.filter((child) => child instanceof ecs.ContainerDefinition);
  return {
    family,
    roles,
    architecture: architectureOf(definition),
    containers: containers.map(readContainer),
    defaultContainer: defaultContainer && readContainer(defaultContainer),
  };
}

/**
 * Returns the architecture of tasks. That of container instances is unknown unless the task definition requires one.
 */
function architectureOf(definition: ecs.TaskDefinition): Architecture | undefined {
  const { runtimePlatform } = definition.node.defaultChild as ecs.CfnTaskDefinition;
  const platform = Stack.of(definition).resolve(runtimePlatform) as
    ecs.CfnTaskDefinition.RuntimePlatformProperty | undefined;
  if (platform?.cpuArchitecture !== undefined) return TASK_PROCESSORS[platform.cpuArchitecture];
  return definition.isFargateCompatible ? 'x86' : undefined;
}

function readContainer({ containerName, portMappings }: ecs.ContainerDefinition): ContainerFacts {
  const ports = portMappings.map(({ containerPort }) => containerPort);
  const hasRange = ports.includes(ecs.ContainerDefinition.CONTAINER_PORT_USE_RANGE);
  return { name: containerName, port: ports[0], ports: hasRange ? undefined : ports };
}
