import type { aws_iam as iam } from 'aws-cdk-lib';
import type { ContainerFacts } from './read-service';
import { CONTAINER_NAME, TASK_FAMILY } from '../../facts/limits';
import { checkName, problem, type Problem } from '../../plan/problems';

/** What a service or task definition says of what it is made of; nothing when it was looked up. */
interface Definition {
  readonly family?: string;
  readonly roles?: readonly iam.IRole[];
  readonly containers?: readonly ContainerFacts[];
}

/**
 * What was looked up says nothing of its tasks. All that is missing is told at once.
 *
 * @param what what was looked up
 */
export function checkMissing(
  prop: string, what: string, containerName: string | undefined, facts: Definition, options: { readonly family?: string; readonly taskRoles?: readonly iam.IRole[] },
): Problem[] {
  const missing = [
    ...(options.family ?? facts.family) === undefined ? ['family'] : [],
    ...containerName === undefined ? ['containerName'] : [],
    ...(options.taskRoles ?? facts.roles) === undefined ? ['taskRoles'] : [],
  ];
  return [
    ...missing.length === 0 ? [] : [problem(prop, `say what ${what} that was looked up does not`, `no ${missing.join(', no ')}`,
      `give ${missing.join(', ')}, as the task definition says`)],
    ...options.family === undefined ? [] : checkName(`${prop}.family`, options.family, TASK_FAMILY, 'use that of the task definition'),
  ];
}

export function checkContainer(prop: string, name: string, { containers }: Definition): Problem[] {
  const wrong = checkName(prop, name, CONTAINER_NAME, 'use the name in the task definition');
  if (wrong.length > 0 || containers === undefined || containers.some((one) => one.name === name)) return wrong;
  return [problem(prop, `name a container of the task definition: ${containers.map((one) => `'${one.name}'`).join(', ')}`, name, 'use one of these names')];
}
