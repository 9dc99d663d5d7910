import type { TaskDefinitionSpec, TaskRole } from './task-definition-spec';
import { allow, arnOf, type Statement } from '../../render/grants';

/** Returns the ARN pattern of all revisions of a family. */
export function revisionsOf(family: string): unknown {
  return arnOf('ecs', `task-definition/${family}:*`);
}

/**
 * Allows the action role to register revisions of one family, and to pass its roles to tasks. The page of the ECS
 * action allows registration for all resources; the service authorization reference supports the family.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */
export function registerTaskStatements({ family, roles }: TaskDefinitionSpec): Statement[] {
  return [
    allow(['ecs:DescribeTaskDefinition'], ['*']), // no resource level
    allow(['ecs:RegisterTaskDefinition'], [revisionsOf(family)]),
    allow(['ecs:TagResource'], [revisionsOf(family)], {
      StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' },
    }),
    ...passTaskRolesStatements(roles, ['ecs-tasks.amazonaws.com', 'ecs.amazonaws.com']),
  ];
}

/**
 * Allows a role to pass the roles of a task definition.
 *
 * @param services service principals that receive the roles
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function passTaskRolesStatements(roles: readonly TaskRole[], services: string | readonly string[]): Statement[] {
  if (roles.length === 0) return [];
  const arns = new Set(roles.map(({ role }) => role.roleArn));
  return [allow(['iam:PassRole'], [...arns], { StringEquals: { 'iam:PassedToService': services } })];
}
