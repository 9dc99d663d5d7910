import type { PipelinePlan } from '../pipeline-plan';
import type { Problems } from '../problems';

/**
 * Validates that each stack is deployed by one environment, and by one execution at a time: two at once would execute
 * the change set of each other.
 *
 * @param problems collector at the property that most stages come from
 */
export function validateStacks(plan: PipelinePlan, problems: Problems): void {
  const stacks = plan.stages.flatMap(({ actions, environments = [] }) =>
    actions.flatMap(({ environment, stackName }) => {
      if (stackName === undefined) return [];
      const { account = '', region = '' } = environments.find(({ name }) => name === environment)?.env ?? {};
      return [{ name: stackName, key: `${account}/${region}/${stackName}`, environment }];
    }),
  );
  for (const [i, stack] of stacks.entries()) {
    // An environment that is named twice is reported by the validation of names.
    const first = stacks.findIndex(({ key, environment }) => key === stack.key && environment !== stack.environment);
    if (first === -1 || first >= i) continue;
    const fix = 'the second would overwrite the first; give the environments stacks of different names';
    problems.add('deploy every stack in one environment', stack.name, fix);
  }
  if (plan.executionMode === 'PARALLEL' && stacks.length > 0) {
    problems.root('executionMode').add(
      'not be PARALLEL where stacks are deployed',
      stacks.map(({ name }) => name),
      'runs at the same time would execute the change sets of each other; use SUPERSEDED or QUEUED',
    );
  }
}
