import { allActions } from './actions';
import { isCrossAccount, type Environment } from './env';
import type { PipelinePlan, StepPlan } from './pipeline-plan';

/** Identifies a source in another account, which an action of the pipeline reads there. */
export interface CrossAccountSourceRef {
  readonly name: string;
  readonly account: string;
  readonly artifactCalls?: readonly string[];
}

/** Returns whether the account of a source is known to differ from that of the pipeline. */
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
    .map(({ name, resourceEnv, artifactCalls }) => ({ name, account: resourceEnv!.account!, artifactCalls }));
}
