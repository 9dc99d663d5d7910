import type { StepOptions } from './pipeline-step';
import type { StepContext } from './step-context';

/** The parts of a plan that say where a step stands among others. */
export function placeOf(stepName: string, options: StepOptions, { defaultInput, environment }: StepContext) {
  const suffixed = (name: string) => environment === undefined ? name : `${name}-${environment}`;
  return {
    name: suffixed(stepName),
    inputs: options.inputs?.map((artifact) => artifact.artifactName) ?? [defaultInput],
    after: options.after?.map((step) => suffixed(step.stepName)) ?? [],
    ...environment !== undefined && { tests: environment },
  };
}
