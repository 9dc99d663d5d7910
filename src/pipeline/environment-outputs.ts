import { allActions, allSteps } from './actions';
import type { PipelinePlan, StackOutputsPlan, StepPlan } from './pipeline-plan';
import type { Problems } from './problems';

/** Rule of the variables that a test defines. */
export const NO_ENVIRONMENT_VARIABLE = 'not define a variable that the environment sets';

/** Returns the steps that deploy to the environment that a step tests. */
export function deploymentsTestedBy(plan: PipelinePlan, { tests }: StepPlan): StepPlan[] {
  if (tests === undefined) return [];
  return allActions(plan).filter(({ environment }) => environment === tests);
}

/** Returns the stack outputs that a step reads from files before its first command. */
export function stackOutputsFor(plan: PipelinePlan, step: StepPlan): StackOutputsPlan[] {
  if (step.readsStackOutputs !== 'files') return [];
  return stackOutputsOf(deploymentsTestedBy(plan, step), step);
}

/**
 * Returns a test that receives the stack outputs of its environment: as further inputs, of which the primary source
 * remains the input that the user configured, or as environment variables.
 */
export function withStackOutputs(deployments: readonly StepPlan[], test: StepPlan): StepPlan {
  const outputs = stackOutputsOf(deployments, test);
  if (outputs.length === 0) return test;
  if (test.readsStackOutputs === 'variables') {
    return { ...test, environmentVariables: { ...test.environmentVariables, ...outputVariables(outputs) } };
  }
  const inputs = [...test.inputs, ...outputs.map(({ artifact }) => artifact)];
  if (inputs.length === 1) return { ...test, inputs };
  return { ...test, inputs, configuration: { ...test.configuration, PrimarySource: inputs[0] } };
}

function outputVariables(stacks: readonly StackOutputsPlan[]): Record<string, string> {
  return Object.fromEntries(
    stacks.flatMap(({ namespace, outputs }) => outputs.map((name) => [name, `#{${namespace}.${name}}`])),
  );
}

function stackOutputsOf(deployments: readonly StepPlan[], { readsStackOutputs }: StepPlan): StackOutputsPlan[] {
  if (!readsStackOutputs) return [];
  return deployments.flatMap(({ environmentOutputs }) => environmentOutputs?.stack ?? []);
}

/**
 * Validates that a test does not override the outputs of its environment. It would silently test another deployment.
 */
export function validateEnvironmentOutputs(plan: PipelinePlan, problems: Problems): void {
  for (const step of allSteps(plan)) {
    const deployments = deploymentsTestedBy(plan, step);
    const outputs = new Set([
      ...deployments.flatMap(({ environmentOutputs }) => environmentOutputs?.variables ?? []),
      ...stackOutputsOf(deployments, step).flatMap((stack) => stack.outputs),
    ]);
    for (const { prop, name } of (step.definedNames ?? []).filter((defined) => outputs.has(defined.name))) {
      problems.at(step.path).at(prop).add(NO_ENVIRONMENT_VARIABLE, name, 'rename the variable');
    }
    const { definedNames = [], maxVariables = Infinity } = step;
    const count = definedNames.length + outputs.size;
    if (outputs.size === 0 || count <= maxVariables) continue;
    const rule = `have at most ${maxVariables} environment variables, including the outputs of the environment`;
    problems.at(step.path).add(rule, count, 'use TestStep.shell, or remove variables or outputs');
  }
}
