import { type aws_iam as iam, Token, aws_ecs as ecs, Stack } from 'aws-cdk-lib';
import { newerFieldsOf } from './newer-fields';
import type { TaskDefinitionSpec, TaskRole } from './task-definition-spec';
import type { Architecture } from '../../aws/builds';
import { TASK_ARCHITECTURES } from '../../aws/ecs';
import { CONTAINER_NAME, TASK_FAMILY } from '../../aws/limits';
import type { PullingTaskDefinition } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { listOf, recordOf, type OptionTypes, instanceOf, resourceWith, textType } from '../../pipeline/read-options';
import { PipelineStep } from '../../steps/pipeline-step';
import { RESOURCE } from '../../pipeline/rules';

/** Options for the task definition, which services and tasks have in common. */
export interface TaskDefinitionOptions {
  readonly containerName?: string;
  readonly images?: { [containerName: string]: PipelineStep };
  readonly family?: string;
  readonly taskRoles?: iam.IRole[];
}

const CONTAINER_FIX = 'use the name in the task definition';
/** Fix of a family. */
export const FAMILY_FIX = 'pass the family without the revision';

const IMAGE_FIX = 'pass a step, or remove the container, which then keeps its image';
const ROLES_FIX = 'pass the roles of the task definition';

export const DEFINITION_OPTION_TYPES: OptionTypes<TaskDefinitionOptions> = {
  images: recordOf(instanceOf(PipelineStep, IMAGE_FIX, 'a step with an image'), IMAGE_FIX),
  taskRoles: listOf(resourceWith('roleArn', RESOURCE.role, ROLES_FIX), ROLES_FIX),
  containerName: textType(CONTAINER_FIX),
  family: textType(FAMILY_FIX),
};

/** Describes the task definition of a target. */
export interface TaskDefinitionRequest {
  readonly facts: TaskDefinitionFacts;
  readonly options: TaskDefinitionOptions;
  /** Artifact that describes the released image. */
  readonly artifact: string;
  /** Property that contains the task definition, such as `service.taskDefinition`. */
  readonly definitionProp: string;
  /** Imported resource with its article, and the place where the user finds the missing values. */
  readonly imported: { readonly resourceKind: string; readonly definedIn: string };
  /** Names of further required options that are missing. */
  readonly missing: readonly string[];
  readonly problems: Problems;
}

export interface PlannedTaskDefinition {
  readonly definition: TaskDefinitionSpec;
  /** Container that receives the released image. */
  readonly containerName: string;
}

/** Placeholder for a missing name, which has been reported. */
const MISSING = '';

/** Plans a task definition, and reports missing and invalid options. */
export function planTaskDefinition(request: TaskDefinitionRequest): PlannedTaskDefinition {
  const { facts, options, artifact, definitionProp, problems } = request;
  const containerName = mainContainerName(facts, options);
  const family = options.family ?? facts.family;
  const providedRoles = options.taskRoles?.map((role, i) => ({ prop: `taskRoles[${i}]`, role }));
  const roles = providedRoles ?? facts.roles?.map(({ prop, role }) => ({ prop: `${definitionProp}.${prop}`, role }));
  validateMissing({ family, containerName, taskRoles: roles }, request);
  validateFamily(options.family, problems.at('family'));
  const images = Object.entries(options.images ?? {});
  for (const [name] of images) validateContainer(name, facts, problems.at('images'));
  if (options.containerName !== undefined) {
    validateContainer(options.containerName, facts, problems.at('containerName'));
  }
  const containers = images.map(([name, step]) => ({ name, artifact: step.artifact.artifactName }));
  if (containers.length === 0) containers.push({ name: containerName ?? MISSING, artifact });
  return {
    definition: {
      family: family ?? MISSING,
      roles: roles ?? [],
      architecture: facts.architecture,
      containers,
      newerFields: facts.newerFields,
      pulling: facts.pulling && { ...facts.pulling, prop: definitionProp },
    },
    containerName: containerName ?? MISSING,
  };
}

function mainContainerName(facts: TaskDefinitionFacts, options: TaskDefinitionOptions): string | undefined {
  return options.containerName ?? facts.defaultContainer?.name ?? Object.keys(options.images ?? {})[0];
}

/** Returns the rule of the options of an imported resource. */
export function optionsOf(resourceKind: string): string {
  return `have the options that ${resourceKind} requires`;
}

/** Returns the rule of the name of a container. */
export function nameContainer(names: readonly string[]): string {
  return `name a container of the task definition: ${names.map((name) => `'${name}'`).join(', ')}`;
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
    optionsOf(imported.resourceKind),
    `no ${all.join(', no ')}`,
    `set ${all.join(', ')}, as in ${imported.definedIn}`,
  );
}

/** Validates a family. If it contained a revision, every release would use that revision. */
function validateFamily(family: string | undefined, problems: Problems): void {
  if (family === undefined || Token.isUnresolved(family)) return;
  problems.name(family, TASK_FAMILY, FAMILY_FIX);
}

function validateContainer(name: string, { containers }: TaskDefinitionFacts, problems: Problems): void {
  if (!problems.name(name, CONTAINER_NAME, CONTAINER_FIX)) return;
  if (containers === undefined || containers.some((container) => container.name === name)) return;
  problems.add(nameContainer(containers.map((container) => container.name)), name, 'use one of these names');
}

/** Properties of a task definition at synth time; empty if it is imported. */
export interface TaskDefinitionFacts {
  readonly family?: string;
  /** Roles, with their property of the task definition. */
  readonly roles?: readonly TaskRole[];
  readonly architecture?: Architecture;
  readonly containers?: readonly ContainerFacts[];
  readonly defaultContainer?: ContainerFacts;
  /** Names of fields that an old AWS CLI does not know, separated by spaces. */
  readonly newerFields?: string;
  /** Execution role that pulls images, for tasks that pull with it. */
  readonly pulling?: Omit<PullingTaskDefinition, 'prop'>;
}

export interface ContainerFacts {
  readonly name: string;
  /** First port. */
  readonly port?: number;
  /** All ports; undefined if some are a range. */
  readonly ports?: readonly number[];
}

/** Reads a task definition of this app. Later changes to it are not detected. */
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
    newerFields: newerFieldsOf(definition),
    pulling: pullsWithExecutionRole(definition) ? { constructPath: node.path, executionRole } : undefined,
  };
}

/**
 * Returns whether the execution role pulls images of ECR. On container instances, the role of the instance does.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
function pullsWithExecutionRole({ isFargateCompatible, isExternalCompatible }: ecs.TaskDefinition): boolean {
  return isFargateCompatible || isExternalCompatible;
}

/**
 * Returns the architecture of tasks; undefined if the task definition does not require one and runs on container
 * instances.
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
