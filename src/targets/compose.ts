import type { Environment } from '../pipeline/env';
import { duplicates } from '../pipeline/duplicates';
import type { StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/** Returns the steps of all groups, where each group starts when all steps of the group before have ended. */
export function inOrder(groups: ReadonlyArray<readonly StepPlan[]>): StepPlan[] {
  return groups.flatMap((group, i) =>
    i === 0
      ? group
      : group.map((step) => ({ ...step, after: [...(step.after ?? []), ...groups[i - 1].map(({ name }) => name)] })),
  );
}

/** Validates that the deployments of one environment have different names. */
export function validateDistinct(steps: readonly StepPlan[], problems: Problems): void {
  const names = [...new Set(duplicates(steps.map(({ name }) => name)))];
  if (names.length === 0) return;
  problems.add(
    'hold deployments that can be told apart',
    `several with the steps ${names.join(', ')}`,
    'give each a deploymentName of its own',
  );
}

/** Validates that all targets of an environment are in one account and Region. */
export function validateOneEnv(envs: readonly Environment[], problems: Problems): void {
  const different = [...new Set(envs.map(({ account, region }) => `${account}/${region}`))];
  if (different.length <= 1) return;
  problems.add('hold targets of one account and region', different, 'make an environment of each account and region');
}
