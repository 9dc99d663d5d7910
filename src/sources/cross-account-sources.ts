import { Token } from 'aws-cdk-lib';
import type { PipelinePlan, StepPlan } from '../pipeline/pipeline-plan';
import type { Environment } from '../pipeline/env';

/** A source that is read in another account, where an action of the pipeline runs for it. */
export interface CrossAccountSourceRef {
  readonly name: string;
  readonly account: string;
}

/** Whether a source is in another account than its pipeline. Accounts that are not known count as the same. */
export function isCrossAccountSource({ spec }: Pick<StepPlan, 'spec'>, home: Environment): boolean {
  const account = accountOf(spec);
  return (
    account !== undefined && home.account !== undefined && !Token.isUnresolved(home.account) && account !== home.account
  );
}

export const crossAccountSources = ({ stages }: PipelinePlan, home: Environment): CrossAccountSourceRef[] =>
  stages
    .flatMap(({ actions }) => actions)
    .filter((action) => isCrossAccountSource(action, home))
    .map(({ name, spec }) => ({ name, account: accountOf(spec)! }));

const accountOf = (spec: StepPlan['spec']) => ('place' in spec ? spec.place.account : undefined);
