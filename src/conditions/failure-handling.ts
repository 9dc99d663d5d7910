import { planGates, type Gate } from './gate';
import type { GateContext } from './rule-planner';
import type { FailurePlan } from '../pipeline/pipeline-plan';
import { atLeastOne } from '../pipeline/problems';

/**
 * Action that CodePipeline takes when a stage fails. A stage is either rolled back or retried: CodePipeline does not
 * combine the two.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-retry.html
 *
 * @example
 * new DeliveryPipeline(this, 'Delivery', {
 *   sources: [PipelineSource.gitHub('acme/shop', 'main')],
 *   stages: [
 *     PipelineStage.steps('Test', [TestStep.shell(['npm ci', 'npm run test:e2e'])], {
 *       onFailure: FailureHandling.retryFailedActions(),
 *     }),
 *   ],
 * });
 */
export class FailureHandling {
  /**
   * Rolls the stage back to the last release that succeeded in it. CodePipeline starts a new execution of this stage
   * alone, with the artifacts of that release and the current definition of the pipeline. If no release has succeeded
   * yet, the stage stays failed. Not available in `PARALLEL` mode.
   */
  public static rollBack(): FailureHandling {
    return new FailureHandling({ kind: 'roll-back' });
  }

  /**
   * Rolls a failed stage back to the last release that succeeded in it, unless the gates pass. If an alarm is in the
   * state `ALARM`, or a function reports a failure, the release is rolled back; otherwise the stage stays failed. With
   * several gates, it is not documented whether one failed gate is sufficient.
   *
   * @param gates 1 to 5 alarms and functions; AWS does not document the meaning of other rules here
   */
  public static rollBackUnless(gates: Gate[]): FailureHandling {
    return new FailureHandling({ kind: 'roll-back-unless', gates });
  }

  /**
   * Retries the failed actions once, automatically. If one fails again, the stage stays failed. Use it for actions that
   * fail intermittently. Not available in stages that execute change sets, which can be executed only once.
   */
  public static retryFailedActions(): FailureHandling {
    return new FailureHandling({ kind: 'retry', mode: 'FAILED_ACTIONS' });
  }

  /** Retries all actions of the stage once, from the first. If one fails again, the stage stays failed. */
  public static retryAllActions(): FailureHandling {
    return new FailureHandling({ kind: 'retry', mode: 'ALL_ACTIONS' });
  }

  /** Leaves the stage failed. */
  public static none(): FailureHandling {
    return new FailureHandling(null);
  }

  private constructor(private readonly reaction: Reaction | null) {}

  /** @internal */
  public _plan(context: GateContext): FailurePlan | undefined {
    const { reaction } = this;
    const { problems } = context;
    if (reaction === null) return undefined;
    if (reaction.kind === 'retry') return { ...reaction, path: problems.path };
    if (reaction.kind === 'roll-back') return { kind: 'roll-back', path: problems.path, rules: [] };
    const { gates } = reaction;
    if (gates?.length === 0) {
      problems.at('gates').add(atLeastOne('gate'), [], 'add one, or use FailureHandling.rollBack()');
    }
    return { kind: 'roll-back', path: problems.path, rules: planGates(gates, context) };
  }
}

/** Reaction to the failure of a stage, as configured. */
type Reaction =
  | { readonly kind: 'roll-back' }
  | { readonly kind: 'roll-back-unless'; readonly gates: readonly Gate[] }
  | Omit<Extract<FailurePlan, { kind: 'retry' }>, 'path'>;
