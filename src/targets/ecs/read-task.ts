import { aws_ec2 as ec2, aws_ecs as ecs, type aws_iam as iam } from 'aws-cdk-lib';
import { readDefinition, type ContainerFacts } from './read-service';
import type { EcsTaskOptions } from './task-options';
import type { Architecture } from '../../aws/builds';
import type { TaskCapacityPlan } from './ecs-specs';
import { explicitName } from '../read-resource';

/** What a task definition and its cluster say of themselves; little when they were looked up. */
export interface TaskFacts {
  readonly cluster: ecs.ICluster;
  readonly clusterName: string;
  readonly family?: string;
  readonly roles?: readonly iam.IRole[];
  /** What tasks run on, as far as that is known. */
  readonly architecture?: Architecture;
  readonly containers?: readonly ContainerFacts[];
  /** The default container. */
  readonly main?: ContainerFacts;
  readonly launchType: 'EC2' | 'FARGATE' | 'EXTERNAL';
  /** Every task has a network interface of its own. */
  readonly ownInterface: boolean;
  /** None, when there are none of the kind that is asked for. */
  readonly subnets: readonly ec2.ISubnet[];
}

/** Reads a task definition, as far as it is known. It must be whole by then. */
export function readTask(definition: ecs.ITaskDefinition, cluster: ecs.ICluster, options: EcsTaskOptions): TaskFacts {
  const launchType = definition.isFargateCompatible ? 'FARGATE' : definition.isEc2Compatible ? 'EC2' : 'EXTERNAL';
  const ownInterface =
    launchType === 'FARGATE' ||
    options.securityGroups !== undefined ||
    (definition instanceof ecs.TaskDefinition && definition.networkMode === ecs.NetworkMode.AWS_VPC);
  return {
    cluster,
    clusterName: explicitName(cluster, 'clusterName') ?? cluster.clusterName,
    ...(definition instanceof ecs.TaskDefinition && readDefinition(definition)),
    launchType,
    ownInterface,
    subnets: ownInterface ? subnetsOf(cluster, options) : [],
  };
}

/** Which subnets there are is known by then, or they were named. */
function subnetsOf(cluster: ecs.ICluster, { subnets, assignPublicIp = false }: EcsTaskOptions): readonly ec2.ISubnet[] {
  if (subnets?.subnets) return subnets.subnets;
  try {
    return cluster.vpc.selectSubnets(
      subnets ?? { subnetType: assignPublicIp ? ec2.SubnetType.PUBLIC : ec2.SubnetType.PRIVATE_WITH_EGRESS },
    ).subnets;
  } catch {
    // There are none of the kind, or the cluster was looked up without its VPC: the check says so in our words.
    return [];
  }
}

/** On what a task runs: as it was said, or else as its definition says. */
export const capacityOf = (
  { launchType }: TaskFacts,
  { capacityProviderStrategies = [] }: EcsTaskOptions,
): TaskCapacityPlan =>
  capacityProviderStrategies.length === 0
    ? { launchType }
    : {
        strategies: capacityProviderStrategies.map(({ capacityProvider: name, weight, base }) => ({
          name,
          weight,
          base,
        })),
      };
