import { mayRollBack } from '../actions';
import type { PipelinePlan } from '../pipeline-plan';
import type { Problems } from '../problems';
import { NO_PARALLEL_ROLLBACK } from '../rules';

/** Rule of pipelines that deploy. */
export const NOT_PARALLEL = 'not be PARALLEL if the pipeline deploys to environments';

/**
 * Validates that the mode allows what the pipeline does. Simultaneous executions would deploy to one environment at
 * the same time, and an older release could overwrite a part of a newer one.
 *
 * @param problems collector at the execution mode
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/execution-modes.html
 */
export function validateExecutionMode({ executionMode, stages }: PipelinePlan, problems: Problems): void {
  if (executionMode !== 'PARALLEL') return;
  const environments = stages.flatMap((stage) => stage.environments ?? []).map(({ name }) => name);
  if (environments.length > 0) {
    const fix =
      'use SUPERSEDED or QUEUED, because the releases of simultaneous executions would interleave; run checks that ' +
      'must not wait in a separate pipeline without environments';
    problems.add(NOT_PARALLEL, environments, fix);
    return;
  }
  const rollingBack = stages.filter(mayRollBack).map(({ name }) => name);
  if (rollingBack.length === 0) return;
  const fix =
    'CodePipeline does not roll back in PARALLEL mode; use SUPERSEDED or QUEUED, or FailureHandling.none() and no ' +
    'SuccessCondition.rollBackUnless';
  problems.add(NO_PARALLEL_ROLLBACK, rollingBack, fix);
}
