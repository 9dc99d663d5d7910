import type { PipelinePlan } from '../pipeline-plan';
import type { Problems } from '../problems';
import { ONE_ENVIRONMENT_PER_STACK } from '../rules';

/**
 * Validates that each stack is deployed by one environment and by one execution at a time. Simultaneous executions
 * would execute each other's change sets.
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
    // Duplicate environments are reported by the validation of names.
    const first = stacks.findIndex(({ key, environment }) => key === stack.key && environment !== stack.environment);
    if (first === -1 || first >= i) continue;
    const fix = 'the later deployment would overwrite the earlier one; use a different stack name in each environment';
    problems.add(ONE_ENVIRONMENT_PER_STACK, stack.name, fix);
  }
  if (plan.executionMode === 'PARALLEL' && stacks.length > 0) {
    problems.root('executionMode').add(
      'not be PARALLEL if the pipeline deploys stacks',
      stacks.map(({ name }) => name),
      "simultaneous executions would execute each other's change sets; use SUPERSEDED or QUEUED",
    );
  }
}
