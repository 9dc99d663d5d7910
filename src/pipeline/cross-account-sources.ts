import { allActions } from './actions';
import { isCrossAccount, type Environment } from './env';
import type { PipelinePlan, StepPlan } from './pipeline-plan';

/** Names a source that is read in another account, where an action of the pipeline runs for it. */
export interface CrossAccountSourceRef {
  readonly name: string;
  readonly account: string;
}

/** Returns whether a source is in another account than its pipeline. Accounts that are unknown count as the same. */
export function isCrossAccountSource(
  { resourceEnv }: Pick<StepPlan, 'resourceEnv'>,
  pipelineEnv: Environment,
): boolean {
  return resourceEnv !== undefined && isCrossAccount(resourceEnv, pipelineEnv);
}

/** Returns the sources in other accounts. */
export function crossAccountSources(plan: PipelinePlan, pipelineEnv: Environment): CrossAccountSourceRef[] {
  return allActions(plan)
    .filter((action) => isCrossAccountSource(action, pipelineEnv))
    .map(({ name, resourceEnv }) => ({ name, account: resourceEnv!.account! }));
}
