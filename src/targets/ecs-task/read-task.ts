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
  textType,
} from '../../pipeline/read-options';
import { readTaskDefinition, type TaskDefinitionFacts, DEFINITION_OPTION_TYPES } from '../ecs/plan-task-definition';
import { explicitName } from '../resources';

/** What is known of a task definition and its cluster at synth time: little if they are imported. */
export interface TaskFacts extends TaskDefinitionFacts {
  readonly cluster: ecs.ICluster;
  readonly clusterName: string;
  readonly launchType: LaunchType;
  /** Whether every task has a network interface of its own. */
  readonly hasNetworkInterface: boolean;
  /** Selected subnets; none if the VPC has none of the selected type. */
  readonly subnets: readonly ec2.ISubnet[];
}

/** Reads a task definition and its cluster. What is added later is not seen. */
export function readTask(definition: ecs.ITaskDefinition, cluster: ecs.ICluster, options: EcsTaskOptions): TaskFacts {
  const launchType = launchTypeOf(definition);
  const hasNetworkInterface =
    launchType === 'FARGATE' ||
    options.securityGroups !== undefined ||
    (definition instanceof ecs.TaskDefinition && definition.networkMode === ecs.NetworkMode.AWS_VPC);
  return {
    cluster,
    clusterName: explicitName(cluster, 'clusterName') ?? cluster.clusterName,
    ...(definition instanceof ecs.TaskDefinition && readTaskDefinition(definition)),
    launchType,
    hasNetworkInterface,
    subnets: hasNetworkInterface ? selectSubnets(cluster, options) : [],
  };
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
    // There are none of the type, or the cluster is imported without its VPC: planning reports it.
    return [];
  }
}

const FIX = 'pass one, or leave it out';
const WORD_FIX = 'leave it out';
const VALUE_FIX = 'set a value, or remove it';
const STRATEGY_FIX = 'set a capacity provider, or remove it';

const STRATEGY = typeOf(
  'a capacity provider strategy',
  STRATEGY_FIX,
  (value) => isObject(value) && 'capacityProvider' in value,
);
const CAPACITY_PROVIDER = textType(STRATEGY_FIX);
const SELECTION = typeOf('a subnet selection', 'write it as in { subnetType: … }', isObject);
const SUBNETS = listOf(resourceWith('subnetId', 'a subnet', FIX), FIX);

export const OPTION_TYPES: OptionTypes<EcsTaskOptions> = {
  deploymentName: DEPLOYMENT_NAME_TYPE,
  ...DEFINITION_OPTION_TYPES,
  command: listOf(textType(WORD_FIX, 'a word'), WORD_FIX),
  environmentVariables: recordOf(textType(VALUE_FIX), VALUE_FIX),
  securityGroups: listOf(resourceWith('securityGroupId', 'a security group', FIX), FIX),
  subnets: both(SELECTION, property('subnets', SUBNETS)),
  assignPublicIp: FLAG,
  capacityProviderStrategies: listOf(both(STRATEGY, property('capacityProvider', CAPACITY_PROVIDER)), STRATEGY_FIX),
  timeout: DURATION,
};

/** Returns the type of values that have a first type, and then a second one. */
function both(first: OptionType, second: OptionType): OptionType {
  return (value, problems) => first(value, problems) && second(value, problems);
}

/** Returns the type of objects one of whose properties has a type, if it is provided. */
function property(name: string, type: OptionType): OptionType {
  return (value, problems) => {
    const provided: unknown = Object(value)[name];
    return provided === undefined || type(provided, problems.at(name));
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
