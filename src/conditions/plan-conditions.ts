import type { FailureHandling } from './failure-handling';
import type { GateContext } from './plan-gate';
import type { EntryCondition, SuccessCondition } from './stage-conditions';
import type { StagePlan } from '../pipeline/pipeline-plan';
import type { Problem } from '../pipeline/problems';

/** What may be said of the conditions of a stage. */
export interface StageConditions {
  readonly beforeEntry?: EntryCondition;
  readonly onSuccess?: SuccessCondition;
  readonly onFailure?: FailureHandling;
}

/** The conditions of a stage. What stands on success may use what the stage tells of itself. */
export function planConditions(
  stage: string,
  { beforeEntry, onSuccess, onFailure }: StageConditions,
  { environment, siblings, ...context }: Omit<GateContext, 'stage' | 'place'>,
): Pick<StagePlan, 'beforeEntry' | 'onSuccess' | 'onFailure'> {
  const failure = onFailure?._plan({ ...context, stage, place: 'Failure' });
  return {
    ...(beforeEntry && { beforeEntry: beforeEntry._plan({ ...context, stage, place: 'Entry' }) }),
    ...(onSuccess && { onSuccess: onSuccess._plan({ ...context, environment, siblings, stage, place: 'Success' }) }),
    ...(failure && { onFailure: failure }),
  };
}

export const checkConditionsOf = (prop: string, { beforeEntry, onSuccess, onFailure }: StageConditions): Problem[] => [
  ...(beforeEntry?._check(`${prop}.beforeEntry`) ?? []),
  ...(onSuccess?._check(`${prop}.onSuccess`) ?? []),
  ...(onFailure?._check(`${prop}.onFailure`) ?? []),
];
