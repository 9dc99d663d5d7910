import type { ModelResource } from '../../../assembly/scope';
import { textOf } from '../../../assembly/json';
import type { ResourceModel } from '../../../assembly/resource-model';
import { roleArn } from '../pass-role';

/** The service principal to which the roles of a task definition are passed. */
export const TASKS = 'ecs-tasks.amazonaws.com';

const TYPE = 'AWS::ECS::TaskDefinition';

/**
 * Returns the task definition of a service, or undefined if it is not in the assembly. A service may reference only the
 * family if revisions are registered outside the template.
 */
export function definitionOf(model: ResourceModel, service: ModelResource | undefined): ModelResource | undefined {
  const reference = textOf(service?.properties.TaskDefinition);
  if (service === undefined || reference === '') return undefined;
  const resource = model.find(reference) ?? model.findNamed(TYPE, reference.replace(/:\d+$/, ''), service.stack);
  if (resource?.type === TYPE) return resource;
  return undefined;
}

/** Returns the ARNs of the roles of a task definition. */
export function rolesOf({ properties: { TaskRoleArn, ExecutionRoleArn }, stack }: ModelResource) {
  return [TaskRoleArn, ExecutionRoleArn]
    .filter((role) => role !== undefined)
    .map((role) => roleArn(textOf(role), stack));
}
