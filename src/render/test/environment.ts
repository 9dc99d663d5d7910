import { deploymentsTestedBy } from '../../plan/environment-outputs';
import type { StepPlan } from '../../plan/pipeline-plan';
import type { RenderContext } from '../rendered';

/** What the environment tells of itself that the step tests. */
export function environmentOutputs({ plan, earlier }: RenderContext, step: StepPlan): Readonly<Record<string, string>> {
  return Object.assign({}, ...deploymentsTestedBy(plan, step).map(({ name }) => earlier.get(name)?.outputs ?? {}));
}
