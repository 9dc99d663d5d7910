import type { StepPlan } from '../../plan/pipeline-plan';
import type { Statement } from '../grants';
import type { RenderContext } from '../rendered';

/** What cloning the sources needs that are handed on as references. */
export function sourceStatements({ plan, earlier }: RenderContext, { inputs }: StepPlan): Statement[] {
  return plan.stages[0].actions.filter(({ work, outputs }) => 'fullClone' in work && work.fullClone && outputs.some((name) => inputs.includes(name)))
    .flatMap(({ name }) => earlier.get(name)?.cloneStatements ?? []);
}
