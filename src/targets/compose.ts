import type { StepPlan } from '../pipeline/pipeline-plan';
import type { Environment } from '../pipeline/env';
import { checkEach, checkGiven, problem, type Problem } from '../pipeline/problems';
import { duplicates } from '../pipeline/duplicates';

/** Targets that are composed must be there. */
export const checkTargetsGiven = (prop: string, targets: readonly unknown[] | undefined): Problem[] => [
  ...checkGiven(`${prop}.targets`, 'a list of targets', targets, 'name what is deployed'),
  ...checkEach(`${prop}.targets`, 'a DeployTarget', targets, 'name what is deployed, or leave it out'),
];

/** Each group begins when all steps of the one before have ended. */
export function inOrder(groups: ReadonlyArray<readonly StepPlan[]>): StepPlan[] {
  return groups.flatMap((group, i) =>
    i === 0
      ? group
      : group.map((step) => ({ ...step, after: [...(step.after ?? []), ...groups[i - 1].map(({ name }) => name)] })),
  );
}

/** Deployments of one environment that cannot be told apart. */
export function checkDistinct(prop: string, steps: readonly StepPlan[]): Problem[] {
  const names = steps.map(({ name }) => name);
  const twice = [...new Set(duplicates(names))];
  return twice.length === 0
    ? []
    : [
        problem(
          prop,
          'hold deployments that can be told apart',
          `several with the steps ${twice.join(', ')}`,
          'give each a deploymentName of its own',
        ),
      ];
}

/** An environment is one account and region. */
export function checkOnePlace(prop: string, places: ReadonlyArray<Environment | undefined>): Problem[] {
  const known = places
    .filter((place): place is Environment => place !== undefined)
    .map(({ account, region }) => `${account}/${region}`);
  const different = [...new Set(known)];
  return different.length <= 1
    ? []
    : [
        problem(
          prop,
          'hold targets of one account and region',
          different,
          'make an environment of each account and region',
        ),
      ];
}
