import type { SecretPlan } from './build-access-plan';
import type { BuildSecret } from './build-secret';
import { PipelineVariable, type PipelineVariableOptions } from './pipeline-variable';
import type { PipelineVariablePlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { instanceOf, readList, type OptionTypes, readOptions, TEXT } from '../pipeline/read-options';

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

/** Plans secrets, by the names of their environment variables, and reports what is wrong with them. */
export function planSecrets(
  secrets: Readonly<Record<string, BuildSecret>> | undefined,
  problems: Problems,
): Record<string, SecretPlan> {
  const plans: Record<string, SecretPlan> = {};
  for (const [name, secret] of Object.entries(secrets ?? {})) {
    const plan = secret._plan(problems.at(name));
    if (plan) plans[name] = plan;
  }
  return plans;
}
