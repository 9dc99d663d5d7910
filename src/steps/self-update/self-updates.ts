import { Stack } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { withDependencies } from './plan';
import type { Problems } from '../../pipeline/problems';
import { outermost } from '../../render/names';

/** Rule of self-updates that deploy the same stack. */
export const ONE_SELF_UPDATE = 'be used in only one of the pipelines that deploy a stack';

/** Self-updating pipelines of each app, in the order of their creation. */
const selfUpdates = new WeakMap<IConstruct, Construct[]>();

/** Records that a pipeline updates itself. */
export function addSelfUpdate(pipeline: Construct): void {
  const { root } = pipeline.node;
  selfUpdates.set(root, [...selfUpdatesIn(root), pipeline]);
}

/**
 * Validates that no pipeline that was created earlier deploys a stack that this one deploys, too. CloudFormation
 * performs one operation on a stack at a time, and a push may start both pipelines.
 *
 * @param stacksOf returns the stacks that a pipeline deploys
 */
function validateSole(pipeline: Construct, stacksOf: (pipeline: Construct) => Stack[], problems: Problems): void {
  const all = selfUpdatesIn(pipeline.node.root);
  const index = all.indexOf(pipeline);
  const stacks = stacksOf(pipeline);
  for (const earlier of index === -1 ? all : all.slice(0, index)) {
    const shared = stacksOf(earlier).filter((stack) => stacks.includes(stack));
    if (shared.length === 0) continue;
    const fix = `use selfUpdate in one of them only; '${earlier.node.path}' has it, too`;
    problems.add(
      ONE_SELF_UPDATE,
      shared.map(({ node }) => node.path),
      fix,
    );
  }
}

/** Validates that the stack of a pipeline has no other self-update. */
export function validateSoleInStack(pipeline: Construct, problems: Problems): void {
  validateSole(pipeline, (other) => [outermost(Stack.of(other))], problems);
}

/** Validates that no other pipeline deploys a stack of a self-update. The stacks are complete only at synthesis. */
export function validateSoleInApp(pipeline: Construct, problems: Problems): void {
  validateSole(pipeline, (other) => withDependencies(outermost(Stack.of(other))), problems);
}

function selfUpdatesIn(root: IConstruct): readonly Construct[] {
  return selfUpdates.get(root) ?? [];
}
