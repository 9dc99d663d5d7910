import type { TaskDefinitionSpec, TaskRole } from './task-definition-spec';
import { allow, arnOf, type Statement } from '../../render/grants';

/** Returns the ARN of any revision of a family, whether or not it has a number yet. */
export function revisionsOf(family: string): unknown {
  return arnOf('ecs', `task-definition/${family}:*`);
}

/**
 * Allows new revisions of one family. Its roles may be passed to tasks, and to nothing else. The page of the action
 * registers on every resource; the reference of permissions names the family.
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
 * Allows to pass the roles of a task definition.
 *
 * @param services that receive them
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function passTaskRolesStatements(roles: readonly TaskRole[], services: string | readonly string[]): Statement[] {
  if (roles.length === 0) return [];
  const arns = new Set(roles.map(({ role }) => role.roleArn));
  return [allow(['iam:PassRole'], [...arns], { StringEquals: { 'iam:PassedToService': services } })];
}
