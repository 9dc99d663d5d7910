import { FailureHandling } from './failure-handling';
import type { GateContext } from './rule-planner';
import { EntryCondition, SuccessCondition } from './stage-conditions';
import type { StagePlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

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
  { environment, siblings, problems, ...others }: Omit<GateContext, 'stage' | 'condition'>,
  propNames: { readonly onFailure?: string } = {},
): Pick<StagePlan, 'beforeEntry' | 'onSuccess' | 'onFailure'> {
  const context = { ...others, stage };
  const entry = problems.at('beforeEntry');
  const success = problems.at('onSuccess');
  const failure = problems.at(propNames.onFailure ?? 'onFailure');
  const failurePlan = isA(FailureHandling, onFailure, failure)
    ? onFailure._plan({ ...context, condition: 'Failure', problems: failure })
    : undefined;
  return {
    ...(isA(EntryCondition, beforeEntry, entry) && {
      beforeEntry: beforeEntry._plan({ ...context, condition: 'Entry', problems: entry }),
    }),
    ...(isA(SuccessCondition, onSuccess, success) && {
      onSuccess: onSuccess._plan({ ...context, condition: 'Success', problems: success, environment, siblings }),
    }),
    ...(failurePlan && { onFailure: failurePlan }),
  };
}

type ConditionClass = typeof EntryCondition | typeof SuccessCondition | typeof FailureHandling;

/** Returns whether a condition is configured, and reports what is no such condition. */
function isA<Class extends ConditionClass>(
  type: Class,
  condition: Class['prototype'] | undefined,
  problems: Problems,
): condition is Class['prototype'] {
  if (condition === undefined) return false;
  if (condition instanceof type) return true;
  problems.add(`be an instance of ${type.name}`, condition, `use a factory of ${type.name}`);
  return false;
}
