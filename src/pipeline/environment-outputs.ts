import { allActions, allSteps } from './actions';
import type { PipelinePlan, StackOutputsPlan, StepPlan } from './pipeline-plan';
import type { Problems } from './problems';

/** Returns the steps that deploy to the environment that a step tests. */
export function deploymentsTestedBy(plan: PipelinePlan, { tests }: StepPlan): StepPlan[] {
  return tests === undefined ? [] : allActions(plan).filter(({ environment }) => environment === tests);
}

/** Returns the outputs of stacks that a step reads before its first command. */
export function stackOutputsFor(plan: PipelinePlan, step: StepPlan): StackOutputsPlan[] {
  return stackOutputsOf(deploymentsTestedBy(plan, step), step);
}

/**
 * Returns a test with the outputs of its environment among its inputs: behind its own, so that it starts in the files
 * that the user configured.
 */
export function withStackOutputs(deployments: readonly StepPlan[], test: StepPlan): StepPlan {
  const outputs = stackOutputsOf(deployments, test);
  if (outputs.length === 0) return test;
  const inputs = [...test.inputs, ...outputs.map(({ artifact }) => artifact)];
  return {
    ...test,
    inputs,
    configuration: { ...test.configuration, ...(inputs.length > 1 && { PrimarySource: inputs[0] }) },
  };
}

function stackOutputsOf(deployments: readonly StepPlan[], { readsStackOutputs }: StepPlan): StackOutputsPlan[] {
  return readsStackOutputs ? deployments.flatMap(({ environmentOutputs }) => environmentOutputs?.stack ?? []) : [];
}

/**
 * Validates that a test defines no name that an output of its environment has: it would test something else without
 * reporting it.
 */
export function validateEnvironmentOutputs(plan: PipelinePlan, problems: Problems): void {
  for (const step of allSteps(plan)) {
    const deployments = deploymentsTestedBy(plan, step);
    const outputs = new Set([
      ...deployments.flatMap(({ environmentOutputs }) => environmentOutputs?.variables ?? []),
      ...stackOutputsOf(deployments, step).flatMap((stack) => stack.outputs),
    ]);
    for (const { prop, name } of (step.definedNames ?? []).filter((defined) => outputs.has(defined.name))) {
      const rule = 'leave the names alone that the environment sets';
      problems.at(step.path).at(prop).add(rule, name, 'rename the variable');
    }
  }
}
