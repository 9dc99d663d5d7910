import { type DeployRequest, NOTHING_PLANNED, type TargetPlan, type TargetPlanner } from './deploy-request';
import type { Environment } from '../pipeline/env';
import type { StepPlan } from '../pipeline/pipeline-plan';
import { atLeastOne, type Problems } from '../pipeline/problems';
import { duplicates, listOf, typeOf } from '../pipeline/read-options';

/** A target that can be combined with others. */
interface ComposableTarget {
  _plan(request: DeployRequest): TargetPlan;
}

const MISSING = 'pass the targets of the environment';
const TARGETS = listOf(typeOf('a DeployTarget', 'use a factory of DeployTarget, or remove it', isTarget), MISSING);

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
    if (this.targets.length === 0) problems.add(atLeastOne('target'), [], MISSING);
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

/** Returns the steps of all groups. Each group starts after all steps of the previous group have ended. */
export function inOrder(groups: ReadonlyArray<readonly StepPlan[]>): StepPlan[] {
  return groups.flatMap((group, i) => {
    if (i === 0) return group;
    const before = groups[i - 1].map(({ name }) => name);
    return group.map((step) => ({ ...step, after: [...(step.after ?? []), ...before] }));
  });
}

/** Validates that the steps of an environment have unique names. */
function validateDistinct(steps: readonly StepPlan[], problems: Problems): void {
  const names = [...new Set(duplicates(steps.map(({ name }) => name)))];
  if (names.length === 0) return;
  problems.add(
    'have unique step names',
    `duplicate steps ${names.join(', ')}`,
    'set a different deploymentName for each target',
  );
}

/** Validates that all targets of an environment are in one account and Region. */
function validateOneEnv(envs: readonly Environment[], problems: Problems): void {
  const distinctEnvs = [...new Set(envs.map(({ account, region }) => `${account}/${region}`))];
  if (distinctEnvs.length <= 1) return;
  problems.add('be in one account and Region', distinctEnvs, 'create one environment for each account and Region');
}

function isTarget(value: unknown): boolean {
  const target = value as { readonly _plan?: unknown; readonly planner?: unknown } | null | undefined;
  return typeof target?._plan === 'function' && target.planner !== undefined;
}
