import { stackOutputsFor } from '../../pipeline/environment-outputs';
import type { PipelinePlan, StackOutputsPlan, StepPlan } from '../../pipeline/pipeline-plan';

/** Returns the commands that read outputs of the stack that a step tests. They run before all others. */
export function readStackOutputs(plan: PipelinePlan, step: StepPlan): string[] {
  const stacks = stackOutputsFor(plan, step);
  if (stacks.length === 0) return [];
  return [NEEDS_JQ, ...stacks.flatMap((stack) => readOutputCommands(stack, step.inputs[0] === stack.artifact))];
}

/**
 * Fails if jq is missing, which all images of CodeBuild contain.
 *
 * @see https://github.com/aws/aws-codebuild-docker-images
 */
const NEEDS_JQ =
  'command -v jq > /dev/null || { echo "The build image has no jq, which is required to read stack outputs; ' +
  'install jq in the image" >&2; false; }';

/**
 * Returns commands that assign outputs of a stack to environment variables. The values never become part of a command,
 * because the shell does not expand the result of a command substitution again.
 *
 * @param isFirst whether the artifact is the first input of the build
 */
export function readOutputCommands(
  { artifact, file, stackName, outputs }: StackOutputsPlan,
  isFirst: boolean,
): string[] {
  const path = `"$CODEBUILD_SRC_DIR${isFirst ? '' : `_${artifact}`}/${file}"`;
  return outputs.map((output) =>
    [
      // Whether a file without a value fails depends on the version of jq.
      `${output}="$(jq -r '.${output} | strings' ${path})" && [ -n "$${output}" ] && export ${output}`,
      `|| { echo "The stack ${stackName} has no output ${output}, or its file cannot be read" >&2; false; }`,
    ].join(' '),
  );
}
