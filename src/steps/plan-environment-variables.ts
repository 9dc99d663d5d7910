import type { SecretPlan } from './build-access-plan';
import type { BuildSecret } from './build-secret';
import { PipelineVariable } from './pipeline-variable';
import type { PipelineVariablePlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { instanceOf, readList } from '../pipeline/read-options';

/** Plans the variables of the pipeline as a whole: only those are listed. */
export function planVariables(
  variables: readonly PipelineVariable[] | undefined,
  problems: Problems,
): PipelineVariablePlan[] {
  return readList(variables, problems).flatMap((variable, i) => {
    const at = problems.index(i);
    return VARIABLE(variable, at) ? [variable._plan(at)] : [];
  });
}

const VARIABLE = instanceOf(
  PipelineVariable,
  "use new PipelineVariable('NAME'); variables of steps need not be listed",
);

/** Plans secrets by the names of their environment variables, and validates them. */
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
