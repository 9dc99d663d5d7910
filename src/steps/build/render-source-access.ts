import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Statement } from '../../render/grants';
import type { RenderContext } from '../../render/rendered';

/** What cloning the sources needs that are handed on as references. */
export function sourceStatements({ plan, earlier }: RenderContext, { inputs }: StepPlan): Statement[] {
  return plan.stages[0].actions
    .filter(({ fullClone, outputs }) => fullClone && outputs.some((name) => inputs.includes(name)))
    .flatMap(({ name }) => earlier.get(name)?.cloneStatements ?? []);
}
