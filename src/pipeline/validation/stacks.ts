import type { PipelinePlan } from '../pipeline-plan';
import { problem, type Problem } from '../problems';

/**
 * Stacks that a pipeline deploys: each by one environment, and by one run at a time. Two runs at once would execute the change set of each other.
 *
 * @param prop the prop of the pattern that most stages come from
 */
export function checkStacks(plan: PipelinePlan, prop: string): Problem[] {
  const stacks = plan.stages.flatMap(({ actions, environments = [] }) =>
    actions.flatMap(({ environment, spec }) => {
      if (spec.kind !== 'prepare-stack' && spec.kind !== 'prepare-cdk-stack') return [];
      const { account = '', region = '' } = environments.find(({ name }) => name === environment)?.place ?? {};
      return [{ name: spec.stackName, is: `${account}/${region}/${spec.stackName}`, environment }];
    }),
  );
  // An environment that is named twice is told elsewhere.
  const again = (i: number) =>
    stacks.findIndex((other) => other.is === stacks[i].is && other.environment !== stacks[i].environment);
  const names = stacks.map(({ name }) => name);
  return [
    ...stacks
      .filter((_, i) => again(i) !== -1 && again(i) < i)
      .map(({ name }) =>
        problem(
          prop,
          'deploy every stack in one environment',
          name,
          'the second would overwrite the first; give the environments stacks of different names',
        ),
      ),
    ...(plan.executionMode === 'PARALLEL' && names.length > 0
      ? [
          problem(
            'executionMode',
            'not be PARALLEL where stacks are deployed',
            names,
            'runs at the same time would execute the change sets of each other; use SUPERSEDED or QUEUED',
          ),
        ]
      : []),
  ];
}
