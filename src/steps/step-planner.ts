import type { StepContext } from './step-context';
import type { StepPlan } from '../pipeline/pipeline-plan';

/** Plans a kind of step. Validation and planning are one pass: a problem is reported to the context, and the plan is what can be planned. */
export interface StepPlanner {
  readonly stepName: string;
  /** Plans the actions of the step; none when what they need is missing. */
  plan(context: StepContext): StepPlan[];
}
