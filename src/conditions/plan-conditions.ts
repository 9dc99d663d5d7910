import type { FailureHandling } from './failure-handling';
import type { GateContext } from './plan-gate';
import type { EntryCondition, SuccessCondition } from './stage-conditions';
import type { StagePlan } from '../pipeline/pipeline-plan';

/** Conditions of a stage, as the user configures them. */
export interface StageConditions {
  readonly beforeEntry?: EntryCondition;
  readonly onSuccess?: SuccessCondition;
  readonly onFailure?: FailureHandling;
}

/**
 * Plans the conditions of a stage. What is evaluated on success may use the outputs of the stage.
 *
 * @param propNames properties of the conditions, where they are not named like them
 */
export function planConditions(
  stage: string,
  { beforeEntry, onSuccess, onFailure }: StageConditions,
  { environment, siblings, problems, ...context }: Omit<GateContext, 'stage' | 'place'>,
  propNames: { readonly onFailure?: string } = {},
): Pick<StagePlan, 'beforeEntry' | 'onSuccess' | 'onFailure'> {
  const at = <Place extends string>(prop: string, place: Place) => ({
    ...context,
    stage,
    place,
    problems: problems.at(prop),
  });
  const failure = onFailure?._plan(at(propNames.onFailure ?? 'onFailure', 'Failure'));
  return {
    ...(beforeEntry && { beforeEntry: beforeEntry._plan(at('beforeEntry', 'Entry')) }),
    ...(onSuccess && { onSuccess: onSuccess._plan({ ...at('onSuccess', 'Success'), environment, siblings }) }),
    ...(failure && { onFailure: failure }),
  };
}
