import { allow, arnOf, type Statement } from '../../render/grants';

/**
 * For the role under which Helm or kubectl runs. What it may do inside of the cluster, the cluster decides.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EKS.html
 */
export function clusterStatements(clusterName: string): Statement[] {
  return [allow(['eks:DescribeCluster'], [arnOf('eks', `cluster/${clusterName}`)])];
}

/** Calls of the action when it gets an address in a VPC. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EKS.html */
export const CLUSTER_NETWORK = {
  describes: ['DhcpOptions', 'NetworkInterfaces', 'Subnets', 'SecurityGroups', 'Vpcs', 'RouteTables'],
};
