import { DEPLOYMENT_NAME_TYPE } from '../deploy-request';
import { aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { EcsTaskOptions } from './options';
import type { LaunchType } from './spec';
import {
  FLAG,
  listOf,
  recordOf,
  typeOf,
  type OptionType,
  type OptionTypes,
  DURATION,
  resourceWith,
  SUBNET_SELECTION,
  textType,
} from '../../pipeline/read-options';
import { readTaskDefinition, type TaskDefinitionFacts, DEFINITION_OPTION_TYPES } from '../ecs/plan-task-definition';
import { explicitName } from '../resources';
import { PASS_OR_REMOVE, RESOURCE, SET_OR_REMOVE } from '../../pipeline/rules';

/** Properties of a task definition and its cluster at synth time. Most are unknown if they are imported. */
export interface TaskFacts extends TaskDefinitionFacts {
  readonly cluster: ecs.ICluster;
  readonly clusterName: string;
  readonly launchType: LaunchType;
  /** Returns whether the task definition sets the entry point of a container. */
  readonly hasEntryPoint: (containerName: string) => boolean;
  /** Whether every task has a network interface (network mode `awsvpc`). */
  readonly hasNetworkInterface: boolean;
  /** Selected subnets; none if the VPC has none of the selected type. */
  readonly subnets: readonly ec2.ISubnet[];
}

/** Reads a task definition and its cluster. Later changes are not detected. */
export function readTask(definition: ecs.ITaskDefinition, cluster: ecs.ICluster, options: EcsTaskOptions): TaskFacts {
  const launchType = launchTypeOf(definition);
  const facts = {
    cluster,
    clusterName: explicitName(cluster, 'clusterName') ?? cluster.clusterName,
    launchType,
    hasEntryPoint: (name: string) => hasEntryPoint(definition, name),
    hasNetworkInterface: launchType === 'FARGATE' || options.securityGroups !== undefined,
  };
  if (!(definition instanceof ecs.TaskDefinition)) return withSubnets(facts, options);
  const hasNetworkInterface = facts.hasNetworkInterface || definition.networkMode === ecs.NetworkMode.AWS_VPC;
  return withSubnets({ ...facts, ...readTaskDefinition(definition), hasNetworkInterface }, options);
}

function hasEntryPoint(definition: ecs.ITaskDefinition, containerName: string): boolean {
  if (!(definition instanceof ecs.TaskDefinition)) return false;
  return definition.findContainer(containerName)?.renderContainerDefinition().entryPoint !== undefined;
}

function withSubnets(facts: Omit<TaskFacts, 'subnets'>, options: EcsTaskOptions): TaskFacts {
  const subnets = facts.hasNetworkInterface ? selectSubnets(facts.cluster, options) : [];
  return { ...facts, subnets };
}

function launchTypeOf({ isFargateCompatible, isEc2Compatible }: ecs.ITaskDefinition): LaunchType {
  if (isFargateCompatible) return 'FARGATE';
  return isEc2Compatible ? 'EC2' : 'EXTERNAL';
}

function selectSubnets(cluster: ecs.ICluster, options: EcsTaskOptions): readonly ec2.ISubnet[] {
  const { subnets, assignPublicIp = false } = options;
  if (subnets?.subnets) return subnets.subnets;
  const subnetType = assignPublicIp ? ec2.SubnetType.PUBLIC : ec2.SubnetType.PRIVATE_WITH_EGRESS;
  try {
    return cluster.vpc.selectSubnets(subnets ?? { subnetType }).subnets;
  } catch {
    // The VPC has no such subnets, or the cluster is imported without its VPC. Planning reports that there are none.
    return [];
  }
}

const WORD_FIX = 'pass a string, or remove it';
const STRATEGY_FIX = 'set a capacity provider, or remove it';

const STRATEGY = typeOf(
  'a capacity provider strategy',
  STRATEGY_FIX,
  (value) => isObject(value) && 'capacityProvider' in value,
);
const CAPACITY_PROVIDER = textType(STRATEGY_FIX);

export const OPTION_TYPES: OptionTypes<EcsTaskOptions> = {
  deploymentName: DEPLOYMENT_NAME_TYPE,
  ...DEFINITION_OPTION_TYPES,
  command: listOf(textType(WORD_FIX), "pass a list with one word in each item, e.g. ['npm', 'run', 'migrate']"),
  environmentVariables: recordOf(textType(SET_OR_REMOVE), SET_OR_REMOVE),
  securityGroups: listOf(
    resourceWith('securityGroupId', RESOURCE.securityGroup, PASS_OR_REMOVE),
    'pass a list, e.g. [securityGroup]',
  ),
  subnets: SUBNET_SELECTION,
  assignPublicIp: FLAG,
  capacityProviderStrategies: listOf(both(STRATEGY, property('capacityProvider', CAPACITY_PROVIDER)), STRATEGY_FIX),
  timeout: DURATION,
};

/** Returns the type of values that have two types. The second is validated only if the first is valid. */
function both(first: OptionType, second: OptionType): OptionType {
  return (value, problems) => first(value, problems) && second(value, problems);
}

/** Returns the type of objects with an optional property of a type. */
function property(name: string, type: OptionType): OptionType {
  return (value, problems) => {
    const provided: unknown = Object(value)[name];
    return provided === undefined || type(provided, problems.at(name));
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
