import { type aws_iam as iam, Token, aws_ecs as ecs, Stack } from 'aws-cdk-lib';
import type { TaskDefinitionSpec, TaskRole } from './task-definition-spec';
import type { Architecture } from '../../aws/builds';
import { TASK_ARCHITECTURES } from '../../aws/ecs';
import { CONTAINER_NAME, TASK_FAMILY } from '../../aws/limits';
import type { Problems } from '../../pipeline/problems';
import { listOf, recordOf, type OptionTypes } from '../../pipeline/read-options';
import { PipelineStep } from '../../steps/pipeline-step';
import { instanceOf, resourceType, textType } from '../option-types';

/** Options about the task definition, which services and tasks have in common. */
export interface TaskDefinitionOptions {
  readonly containerName?: string;
  readonly images?: { [containerName: string]: PipelineStep };
  readonly family?: string;
  readonly taskRoles?: iam.IRole[];
}

const CONTAINER_FIX = 'use the name in the task definition';
const FAMILY_FIX = 'give the family without its revision';

const IMAGE_FIX = 'pass that step, or leave the container out: it keeps its image';
const ROLES_FIX = 'pass those of the task definition';

export const DEFINITION_OPTION_TYPES: OptionTypes<TaskDefinitionOptions> = {
  images: recordOf(instanceOf(PipelineStep, 'a step that makes an image', IMAGE_FIX), IMAGE_FIX),
  taskRoles: listOf(resourceType('roleArn', 'a role', ROLES_FIX), ROLES_FIX),
  containerName: textType('a text', CONTAINER_FIX),
  family: textType('a text', FAMILY_FIX),
};

/** Describes the task definition of a target. */
export interface TaskDefinitionRequest {
  readonly facts: TaskDefinitionFacts;
  readonly options: TaskDefinitionOptions;
  /** Artifact that describes the released image. */
  readonly artifact: string;
  /** Property that passes the task definition, such as `service.taskDefinition`. */
  readonly definitionProp: string;
  /** What an imported resource does not say, and where the user finds it. */
  readonly imported: { readonly what: string; readonly where: string };
  /** Names of further options that neither the user nor the resource provides. */
  readonly missing: readonly string[];
  readonly problems: Problems;
}

export interface PlannedTaskDefinition {
  readonly definition: TaskDefinitionSpec;
  /** Container that gets the released image. */
  readonly containerName: string;
}

/** Stands for a name that is missing, which is a problem already. */
const MISSING = '';

/** Plans a task definition, and reports what is missing or wrong with the options. */
export function planTaskDefinition(request: TaskDefinitionRequest): PlannedTaskDefinition {
  const { facts, options, artifact, definitionProp, problems } = request;
  const containerName = mainContainerName(facts, options);
  const family = options.family ?? facts.family;
  const roles =
    options.taskRoles?.map((role, i) => ({ prop: `taskRoles[${i}]`, role })) ??
    facts.roles?.map(({ prop, role }) => ({ prop: `${definitionProp}.${prop}`, role }));
  validateMissing({ family, containerName, taskRoles: roles }, request);
  validateFamily(options.family, problems.at('family'));
  const images = Object.entries(options.images ?? {});
  for (const [name] of images) validateContainer(name, facts, problems.at('images'));
  if (options.containerName !== undefined) {
    validateContainer(options.containerName, facts, problems.at('containerName'));
  }
  return {
    definition: {
      family: family ?? MISSING,
      roles: roles ?? [],
      architecture: facts.architecture,
      containers:
        images.length > 0
          ? images.map(([name, step]) => ({ name, artifact: step.artifact.artifactName }))
          : [{ name: containerName ?? MISSING, artifact }],
    },
    containerName: containerName ?? MISSING,
  };
}

function mainContainerName(facts: TaskDefinitionFacts, options: TaskDefinitionOptions): string | undefined {
  return options.containerName ?? facts.defaultContainer?.name ?? Object.keys(options.images ?? {})[0];
}

/** Reports all missing options at once. */
function validateMissing(
  required: Readonly<Record<string, unknown>>,
  { imported, missing, problems }: TaskDefinitionRequest,
): void {
  const names = Object.keys(required).filter((name) => required[name] === undefined);
  const all = [...names, ...missing];
  if (all.length === 0) return;
  problems.add(
    `say what ${imported.what} that was looked up does not`,
    `no ${all.join(', no ')}`,
    `give ${all.join(', ')}, as ${imported.where} says`,
  );
}

/** Validates a family. With a revision in it, every release would have the same one. */
function validateFamily(family: string | undefined, problems: Problems): void {
  if (family === undefined || Token.isUnresolved(family)) return;
  problems.name(family, TASK_FAMILY, FAMILY_FIX);
}

function validateContainer(name: string, { containers }: TaskDefinitionFacts, problems: Problems): void {
  if (!problems.name(name, CONTAINER_NAME, CONTAINER_FIX)) return;
  if (containers === undefined || containers.some((container) => container.name === name)) return;
  const names = containers.map((container) => `'${container.name}'`).join(', ');
  problems.add(`name a container of the task definition: ${names}`, name, 'use one of these names');
}

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
  if (platform?.cpuArchitecture !== undefined) return TASK_ARCHITECTURES[platform.cpuArchitecture];
  return definition.isFargateCompatible ? 'x86' : undefined;
}

function readContainer({ containerName, portMappings }: ecs.ContainerDefinition): ContainerFacts {
  const ports = portMappings.map(({ containerPort }) => containerPort);
  const hasRange = ports.includes(ecs.ContainerDefinition.CONTAINER_PORT_USE_RANGE);
  return { name: containerName, port: ports[0], ports: hasRange ? undefined : ports };
}
