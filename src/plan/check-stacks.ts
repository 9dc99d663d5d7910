import { allActions, type PipelinePlan } from './pipeline-plan';
import { problem, type Problem } from './problems';

/**
 * Stacks that a pipeline deploys: each by one environment, and by one run at a time. Two runs at once would execute the change set of each other.
 *
 * @param prop the prop of the pattern that most stages come from
 */
export function checkStacks(plan: PipelinePlan, prop: string): Problem[] {
  // An environment that is named twice is told elsewhere.
  const stackOf = new Map(allActions(plan).flatMap(({ work }) => work.kind === 'prepare-stack' ? [[work.environment, work.stackName]] : []));
  const names = [...stackOf.values()];
  return [
    ...names.filter((name, i) => names.indexOf(name) < i)
      .map((name) => problem(prop, 'deploy every stack in one environment', name, 'the second would overwrite the first; give the environments stacks of different names')),
    ...(plan.executionMode === 'PARALLEL' && names.length > 0
      ? [problem('executionMode', 'not be PARALLEL where stacks are deployed', names, 'runs at the same time would execute the change sets of each other; use SUPERSEDED or QUEUED')] : []),
  ];
}
