import type { aws_iam as iam } from 'aws-cdk-lib';
import { allow, arnOf } from './grants';
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
 * For the state machine that releases to a service: it names the service, its deployments and its revisions, whose ids ECS makes up. That a
 * task definition is given to a service hands its roles on is seen in the field, and not in the documentation.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 * @see https://github.com/keidarcy/e1s/issues/429
 */
export const nativeServiceStatements = (service: EcsServicePlan) => [
  allow(['ecs:UpdateService', 'ecs:ListServiceDeployments', 'ecs:DescribeServiceDeployments', 'ecs:DescribeServiceRevisions'], [serviceArnOf(service)]),
  allow(['ecs:DescribeServiceDeployments'], [belowService('service-deployment', service)]),
  allow(['ecs:DescribeServiceRevisions'], [belowService('service-revision', service)]),
  ...passTaskRolesStatements(service.definition.roles),
];

const belowService = (kind: string, { clusterName, serviceName }: EcsServicePlan) => arnOf('ecs', `${kind}/${clusterName}/${serviceName}/*`);

/**
 * For the role that registers a task definition and starts the state machine. @see
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html
 */
export const deployNativelyStatements = (definition: EcsDefinitionPlan, stateMachineArn: string, stateMachineName: string) => [
  allow(['states:DescribeStateMachine', 'states:StartExecution'], [stateMachineArn]),
  allow(['states:DescribeExecution'], [arnOf('states', `execution:${stateMachineName}:*`)]),
  ...registerTaskStatements(definition),
];
