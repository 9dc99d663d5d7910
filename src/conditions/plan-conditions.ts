import { FailureHandling } from './failure-handling';
import type { GateContext } from './rule-planner';
import { EntryCondition, SuccessCondition } from './stage-conditions';
import type { StagePlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { instanceOf, readRequired, type OptionType } from '../pipeline/read-options';

/** Conditions of a stage, as configured. */
export interface StageConditions {
  readonly beforeEntry?: EntryCondition;
  readonly onSuccess?: SuccessCondition;
  readonly onFailure?: FailureHandling;
}

const ENTRY = instanceOf(EntryCondition, 'use a factory of EntryCondition');
const SUCCESS = instanceOf(SuccessCondition, 'use a factory of SuccessCondition');
const FAILURE = instanceOf(FailureHandling, 'use a factory of FailureHandling');

/**
 * Plans the conditions of a stage. The success condition may use the outputs of the stage.
 *
 * @param propNames names of properties that differ from those of the conditions
 */
export function planConditions(
  stage: string,
  { beforeEntry, onSuccess, onFailure }: StageConditions,
  { environment, siblings, problems, ...others }: Omit<GateContext, 'stage' | 'condition'>,
  propNames: { readonly onFailure?: string } = {},
): Pick<StagePlan, 'beforeEntry' | 'onSuccess' | 'onFailure'> {
  const context = { ...others, stage };
  const entryContext: GateContext = { ...context, condition: 'Entry', problems: problems.at('beforeEntry') };
  const successContext: GateContext = {
    ...context,
    condition: 'Success',
    problems: problems.at('onSuccess'),
    environment,
    siblings,
  };
  const failureContext: GateContext = {
    ...context,
    condition: 'Failure',
    problems: problems.at(propNames.onFailure ?? 'onFailure'),
  };
  return {
    beforeEntry: readCondition(beforeEntry, ENTRY, entryContext.problems)?._plan(entryContext),
    onSuccess: readCondition(onSuccess, SUCCESS, successContext.problems)?._plan(successContext),
    onFailure: readCondition(onFailure, FAILURE, failureContext.problems)?._plan(failureContext),
  };
}

/** Returns a condition of the right class, and reports any other value. */
function readCondition<Condition>(
  condition: Condition | undefined,
  type: OptionType,
  problems: Problems,
): Condition | undefined {
  return condition === undefined ? undefined : readRequired(condition, type, problems);
}
