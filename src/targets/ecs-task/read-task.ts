import { aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { EcsTaskOptions } from './options';
import type { LaunchType } from './spec';
import { readTaskDefinition, type TaskDefinitionFacts } from '../ecs/read-task-definition';
import { explicitName } from '../read-resource';

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
