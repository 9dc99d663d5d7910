import { deploymentsTestedBy } from '../pipeline/environment-outputs';
import type { StepPlan } from '../pipeline/pipeline-plan';
import type { RenderContext } from '../render/rendered';

/** Returns the outputs of the environment that the step tests. */
export function environmentOutputs({ plan, earlier }: RenderContext, step: StepPlan): Readonly<Record<string, string>> {
  return Object.assign({}, ...deploymentsTestedBy(plan, step).map(({ name }) => earlier.get(name)?.outputs ?? {}));
}
