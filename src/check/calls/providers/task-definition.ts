import type { ModelResource } from '../../../assembly/scope';
import { textOf } from '../../../assembly/json';
import type { ResourceModel } from '../../../assembly/resource-model';
import { roleArn } from '../pass-role';

/** What the roles of a task definition are passed to. */
export const TASKS = 'ecs-tasks.amazonaws.com';

const TYPE = 'AWS::ECS::TaskDefinition';

/**
 * The task definition of a service, when it is in the assembly. A service whose revisions others make names the family
 * alone.
 */
export function definitionOf(model: ResourceModel, service: ModelResource | undefined): ModelResource | undefined {
  const said = textOf(service?.properties.TaskDefinition);
  const found =
    said === '' ? undefined : (model.find(said) ?? model.findNamed(TYPE, said.replace(/:\d+$/, ''), service!.stack));
  return found?.type === TYPE ? found : undefined;
}

/** ARNs of the roles that a task definition names. */
export function rolesOf({ properties: { TaskRoleArn, ExecutionRoleArn }, stack }: ModelResource) {
  return [TaskRoleArn, ExecutionRoleArn]
    .filter((role) => role !== undefined)
    .map((role) => roleArn(textOf(role), stack));
}
