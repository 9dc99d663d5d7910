import { stackOutputsFor } from '../../plan/environment-outputs';
import type { PipelinePlan, StepPlan } from '../../plan/pipeline-plan';
import { readStackStatements } from '../grants';

/** What a step runs before all else, and may, to know outputs of the stack that it tests. */
export function readStackOutputs(plan: PipelinePlan, step: StepPlan) {
  const stacks = stackOutputsFor(plan, step);
  return {
    commands: stacks.flatMap(({ stackName, outputs }) => outputs.map((output) => readOutputCommand(stackName, output))),
    statements: stacks.flatMap(({ stackName }) => readStackStatements(stackName)),
  };
}

/**
 * Puts an output of a stack into an environment variable. What it holds never becomes part of a command: the shell does not look into what a
 * command has printed.
 */
export const readOutputCommand = (stackName: string, output: string) => [
  `${output}="$(aws cloudformation describe-stacks --stack-name ${stackName}`,
  `--query "Stacks[0].Outputs[?OutputKey=='${output}'].OutputValue | join('', @)" --output text)"`,
  `&& [ -n "$${output}" ] && export ${output}`,
  `|| { echo "The stack ${stackName} has no output ${output}, or it cannot be read" >&2; false; }`,
].join(' ');
