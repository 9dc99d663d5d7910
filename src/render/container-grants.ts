import type { aws_iam as iam } from 'aws-cdk-lib';
import { allow, arnOf } from './grants';
import type { EcsDefinitionPlan, EcsServicePlan, RunTaskPlan } from '../plan/ecs-plan';

/*
 * What we grant to release containers. As in `grants`: what AWS documents for the action, on the resource of this pipeline.
 */

export const serviceArnOf = ({ clusterName, serviceName }: EcsServicePlan) => arnOf('ecs', `service/${clusterName}/${serviceName}`);

/** Any revision of a family, whether or not it has a number yet. */
const revisionsOf = (family: string) => arnOf('ecs', `task-definition/${family}:*`);

/**
 * The roles of a task definition are handed to tasks, and to nothing else. The page of CodePipeline still shows `*` for registering; the reference has a
 * resource level for it.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */
export const registerTaskStatements = ({ family, roles }: EcsDefinitionPlan) => [
  allow(['ecs:DescribeTaskDefinition'], ['*']), // no resource level
  allow(['ecs:RegisterTaskDefinition'], [revisionsOf(family)]),
  allow(['ecs:TagResource'], [revisionsOf(family)], { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } }),
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
 * To run a task to its end. A capacity provider has no resource level here.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */
export const runTaskStatements = ({ clusterName, definition }: RunTaskPlan) => [
  ...registerTaskStatements(definition),
  allow(['ecs:RunTask'], [revisionsOf(definition.family)], { ArnEquals: { 'ecs:cluster': arnOf('ecs', `cluster/${clusterName}`) } }),
  allow(['ecs:DescribeTasks', 'ecs:StopTask'], [arnOf('ecs', `task/${clusterName}/*`)]),
];
