import { type DeployRequest, NOTHING_PLANNED, type TargetPlan, type TargetPlanner } from './deploy-request';
import type { Environment } from '../pipeline/env';
import type { StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { duplicates, listOf, typeOf } from '../pipeline/read-options';

/** A target that can be one of several. */
interface ComposableTarget {
  _plan(request: DeployRequest): TargetPlan;
}

const MISSING = 'name what is deployed';
const TARGETS = listOf(typeOf('a DeployTarget', `${MISSING}, or leave it out`, isTarget), MISSING);

/** Plans several targets in one environment. */
export class ComposedTarget implements TargetPlanner {
  public constructor(
    private readonly targets: readonly ComposableTarget[],
    private readonly order: 'in-order' | 'together',
  ) {}

  public plan(request: DeployRequest): TargetPlan {
    const { problems } = request;
    const items = problems.at('targets');
    if (!items.required('a list of targets', this.targets, MISSING)) return NOTHING_PLANNED;
    if (!TARGETS(this.targets, items)) return NOTHING_PLANNED;
    if (this.targets.length === 0) problems.add('hold at least one target', [], MISSING);
    const plans = this.targets.map((target, i) => target._plan({ ...request, problems: items.index(i) }));
    const steps = this.compose(plans.map((plan) => plan.steps));
    const beforeApproval = this.compose(plans.map((plan) => plan.beforeApproval ?? []));
    const envs = plans.flatMap(({ env }) => env ?? []);
    validateDistinct(steps, problems);
    validateOneEnv(envs, problems);
    return { steps, beforeApproval, env: envs[0] };
  }

  private compose(groups: ReadonlyArray<readonly StepPlan[]>): StepPlan[] {
    return this.order === 'in-order' ? inOrder(groups) : groups.flat();
  }
}

/** Returns the steps of all groups, where each group starts when all steps of the group before have ended. */
export function inOrder(groups: ReadonlyArray<readonly StepPlan[]>): StepPlan[] {
  return groups.flatMap((group, i) => {
    if (i === 0) return group;
    const before = groups[i - 1].map(({ name }) => name);
    return group.map((step) => ({ ...step, after: [...(step.after ?? []), ...before] }));
  });
}

/** Validates that the deployments of one environment have different names. */
function validateDistinct(steps: readonly StepPlan[], problems: Problems): void {
  const names = [...new Set(duplicates(steps.map(({ name }) => name)))];
  if (names.length === 0) return;
  problems.add(
    'hold deployments that can be told apart',
    `several with the steps ${names.join(', ')}`,
    'give each a deploymentName of its own',
  );
}

/** Validates that all targets of an environment are in one account and Region. */
function validateOneEnv(envs: readonly Environment[], problems: Problems): void {
  const different = [...new Set(envs.map(({ account, region }) => `${account}/${region}`))];
  if (different.length <= 1) return;
  problems.add('hold targets of one account and region', different, 'make an environment of each account and region');
}

function isTarget(value: unknown): boolean {
  return typeof (value as Partial<ComposableTarget> | null | undefined)?._plan === 'function';
}
