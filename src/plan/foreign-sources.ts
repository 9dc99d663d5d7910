import { Token } from 'aws-cdk-lib';
import type { PipelinePlan, StepPlan } from './pipeline-plan';
import type { PlacePlan } from './place-plan';

/** A source that is read in another account, where an action of the pipeline runs for it. */
export interface ForeignSource {
  readonly name: string;
  readonly account: string;
}

/** Whether a source is in another account than its pipeline. Accounts that are not known count as the same. */
export function isForeign({ work }: Pick<StepPlan, 'work'>, home: PlacePlan): boolean {
  const account = accountOf(work);
  return account !== undefined && home.account !== undefined && !Token.isUnresolved(home.account) && account !== home.account;
}

export const foreignSources = ({ stages }: PipelinePlan, home: PlacePlan): ForeignSource[] => stages.flatMap(({ actions }) => actions)
  .filter((action) => isForeign(action, home)).map(({ name, work }) => ({ name, account: accountOf(work)! }));

const accountOf = (work: StepPlan['work']) => 'place' in work ? work.place.account : undefined;
