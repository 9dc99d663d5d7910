import type { aws_iam as iam } from 'aws-cdk-lib';
import { networkStatements } from './build/network';
import { allow, arnOf } from './grants';
import type { NetworkPlan } from '../plan/build-plan';
import type { EcsDefinitionPlan, EcsServicePlan } from '../plan/ecs-plan';

/*
 * What we grant to release containers. As in `grants`: what AWS documents for the action, on the resource of this pipeline.
 */

export const serviceArnOf = ({ clusterName, serviceName }: EcsServicePlan) => arnOf('ecs', `service/${clusterName}/${serviceName}`);

/** Task definitions are registered without a resource level; their roles are handed to tasks, and to nothing else. */
export const registerTaskStatements = ({ family, roles }: EcsDefinitionPlan) => [
  allow(['ecs:DescribeTaskDefinition', 'ecs:RegisterTaskDefinition'], ['*']), // no resource level
  allow(['ecs:TagResource'], [arnOf('ecs', `task-definition/${family}:*`)], { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } }),
  ...passTaskRolesStatements(roles),
];

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
export const passTaskRolesStatements = (roles: readonly iam.IRole[]) => roles.length === 0 ? [] : [allow(
  ['iam:PassRole'], [...new Set(roles.map(({ roleArn }) => roleArn))], { StringEquals: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com', 'ecs.amazonaws.com'] } },
)];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html */
export const rollingServiceStatements = (service: EcsServicePlan) => [
  allow(['ecs:DescribeServices', 'ecs:UpdateService'], [serviceArnOf(service)]),
  ...registerTaskStatements(service.definition),
];

/**
 * For the role under which Helm or kubectl runs. What it may do inside of the cluster, the cluster decides.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EKS.html
 */
export const clusterStatements = (clusterName: string) => [allow(['eks:DescribeCluster'], [arnOf('eks', `cluster/${clusterName}`)])];

/** In addition, where the action gets an address in a VPC: it runs on compute of CodeBuild, and needs what a build needs. */
export const privateClusterStatements = (network: NetworkPlan) => [
  ...networkStatements(network),
  allow(['ec2:DescribeRouteTables'], ['*']), // no resource level
];
