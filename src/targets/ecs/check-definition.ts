import { type aws_iam as iam, Token } from 'aws-cdk-lib';
import type { ContainerFacts } from './read-service';
import { CONTAINER_NAME, TASK_FAMILY } from '../../aws/limits';
import { checkName, problem, type Problem } from '../../pipeline/problems';

/** What a service or task definition says of what it is made of; nothing when it was looked up. */
interface Definition {
  readonly family?: string;
  readonly roles?: readonly iam.IRole[];
  readonly containers?: readonly ContainerFacts[];
}

interface Said {
  readonly family?: string;
  readonly taskRoles?: readonly iam.IRole[];
}

/** What of a definition neither was said nor is known. */
export const missingOf = (containerName: string | undefined, facts: Definition, said: Said): string[] => [
  ...((said.family ?? facts.family) === undefined ? ['family'] : []),
  ...(containerName === undefined ? ['containerName'] : []),
  ...((said.taskRoles ?? facts.roles) === undefined ? ['taskRoles'] : []),
];

/** All that is missing is told at once. `what` was looked up, and so says nothing of itself; `where` tells it. */
export const checkMissing = (prop: string, what: string, where: string, missing: readonly string[]): Problem[] =>
  missing.length === 0
    ? []
    : [
        problem(
          prop,
          `say what ${what} that was looked up does not`,
          `no ${missing.join(', no ')}`,
          `give ${missing.join(', ')}, as ${where} says`,
        ),
      ];

/** With a revision behind it, it would always be the same one. */
export const checkFamily = (prop: string, { family }: Said): Problem[] =>
  family === undefined || Token.isUnresolved(family)
    ? []
    : checkName(prop, family, TASK_FAMILY, 'give the family without its revision');

export function checkContainer(prop: string, name: string, { containers }: Definition): Problem[] {
  const wrong = checkName(prop, name, CONTAINER_NAME, 'use the name in the task definition');
  if (wrong.length > 0 || containers === undefined || containers.some((one) => one.name === name)) return wrong;
  return [
    problem(
      prop,
      `name a container of the task definition: ${containers.map((one) => `'${one.name}'`).join(', ')}`,
      name,
      'use one of these names',
    ),
  ];
}
