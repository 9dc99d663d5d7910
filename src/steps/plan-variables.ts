import { PipelineVariable, type PipelineVariableOptions } from './pipeline-variable';
import { instanceOf, readList } from '../pipeline/option-types';
import type { PipelineVariablePlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { type OptionTypes, readOptions, TEXT } from '../pipeline/read-options';

/** Plans the variables of the pipeline as a whole: only those are listed. */
export function planVariables(
  variables: readonly PipelineVariable[] | undefined,
  problems: Problems,
): PipelineVariablePlan[] {
  return readList(variables, problems).flatMap((variable, i) => {
    const at = problems.index(i);
    if (!VARIABLE(variable, at)) return [];
    const plan = variable._plan();
    if (plan) return [{ name: plan.name, ...readOptions(plan, OPTION_TYPES, at) }];
    const fix = 'the variables of steps need no listing; remove it';
    at.add('be a variable of the pipeline', `${variable}`, fix);
    return [];
  });
}

const VARIABLE = instanceOf(PipelineVariable, "use PipelineVariable.ofPipeline('NAME')");

const OPTION_TYPES: OptionTypes<PipelineVariableOptions> = { defaultValue: TEXT, description: TEXT };
