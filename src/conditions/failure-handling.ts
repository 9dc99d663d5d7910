import { planGates, type Gate } from './gate';
import type { GateContext } from './rule-planner';
import type { FailurePlan } from '../pipeline/pipeline-plan';

/**
 * What happens when a stage fails. A stage either goes back or is tried again, never both: the service does not combine
 * them.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-retry.html
 *
 * @example
 * new DeliveryPipeline(this, 'Delivery', {
 *   sources: [PipelineSource.gitHub('acme/shop', 'main')],
 *   stages: [
 *     PipelineStage.steps('Test', [TestStep.shell(['npm ci', 'npm run test:e2e'])], { onFailure: FailureHandling.retryFailedActions() }),
 *   ],
 * });
 */
export class FailureHandling {
  /**
   * Back to the last release that succeeded in the stage, under the pipeline as it is defined now; when there is none,
   * the failure stands. A new execution of the stage alone runs with the artifacts of that release. Impossible in
   * `PARALLEL` mode.
   */
  public static rollBack(): FailureHandling {
    return new FailureHandling({ kind: 'roll-back' });
  }

  /**
   * Back to the last release that succeeded in the stage, unless the gates hold: an alarm that is in ALARM, or a
   * function that reports a failure, takes the release back; otherwise the stage stays failed as it is. With several
   * gates, whether one is enough or all must agree is not documented.
   *
   * @param gates 1 to 5 alarms and functions: of the other kinds AWS does not say what they mean here
   */
  public static rollBackUnless(gates: Gate[]): FailureHandling {
    return new FailureHandling({ kind: 'roll-back-unless', gates });
  }

  /**
   * The actions that failed run once more, by themselves; when one fails again, the failure stands. For what fails now
   * and then.
   */
  public static retryFailedActions(): FailureHandling {
    return new FailureHandling({ kind: 'retry', mode: 'FAILED_ACTIONS' });
  }

  /** All actions of the stage run once more, from the first; when one fails again, the failure stands. */
  public static retryAllActions(): FailureHandling {
    return new FailureHandling({ kind: 'retry', mode: 'ALL_ACTIONS' });
  }

  /** The failure stands. */
  public static none(): FailureHandling {
    return new FailureHandling();
  }

  private constructor(private readonly reaction?: Reaction) {}

  /** @internal */
  public _plan(context: GateContext): FailurePlan | undefined {
    const { reaction } = this;
    const { problems } = context;
    if (reaction === undefined || reaction.kind === 'retry') return reaction;
    if (reaction.kind === 'roll-back') return { kind: 'roll-back', path: problems.path, rules: [] };
    const { gates } = reaction;
    if (gates?.length === 0) {
      problems.at('gates').add('hold at least one gate', [], 'name one, or use FailureHandling.rollBack()');
    }
    return { kind: 'roll-back', path: problems.path, rules: planGates(gates, context) };
  }
}

/** What a stage does when it fails, as the user configures it. */
type Reaction =
  | { readonly kind: 'roll-back' }
  | { readonly kind: 'roll-back-unless'; readonly gates: readonly Gate[] }
  | Extract<FailurePlan, { kind: 'retry' }>;
