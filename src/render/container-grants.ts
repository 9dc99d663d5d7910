import type { aws_iam as iam } from 'aws-cdk-lib';
import { allow, arnOf, pullImageStatements } from './grants';
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

/** For commands that describe an image. @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html */
export const describeImagesStatements = (repositoryArn: string) => [allow(['ecr:DescribeImages'], [repositoryArn])];

/**
 * For a build that pulls copies of images of other registries, and has ECR fetch those that it has not: it imports them, into a repository that it
 * makes.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 */
export const pullThroughStatements = (prefix: string) => {
  const below = arnOf('ecr', `repository/${prefix}/*`);
  return [...pullImageStatements([below]), allow(['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'], [below])];
};
