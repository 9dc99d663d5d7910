import type { PipelineVariable } from './pipeline-variable';
import type { PipelineVariablePlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/** Plans the variables of the pipeline as a whole: only those are listed. */
export function planVariables(
  variables: readonly PipelineVariable[] | undefined,
  problems: Problems,
): PipelineVariablePlan[] {
  return (variables ?? []).flatMap((variable, i) => {
    const plan = variable._plan();
    if (plan) return [plan];
    const fix = 'the variables of steps need no listing; remove it';
    problems.index(i).add('be a variable of the pipeline', `${variable}`, fix);
    return [];
  });
}
