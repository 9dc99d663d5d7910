import type { StepPlan } from '../../plan/pipeline-plan';
import type { RenderContext } from '../rendered';

/** What the environment tells of itself that the step tests. */
export function environmentOutputs({ plan, earlier }: RenderContext, { tests }: StepPlan): Readonly<Record<string, string>> {
  if (tests === undefined) return {};
  const stage = plan.stages.find(({ name }) => name === tests);
  return Object.assign({}, ...stage?.actions.map(({ name }) => earlier.get(name)?.outputs ?? {}) ?? []);
}
