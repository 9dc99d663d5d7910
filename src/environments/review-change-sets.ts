import type { StagePlan, StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/**
 * Returns the steps of a stage in which all change sets are created first, then the approvals are requested, and then
 * everything else runs.
 */
export function reviewChangeSets(steps: readonly StepPlan[], approvals: readonly StepPlan[]): StepPlan[] {
  const early = steps.filter(isBeforeReview);
  const earlyNames = early.map(({ name }) => name);
  const approvalNames = approvals.map(({ name }) => name);

  function isEarly(name: string): boolean {
    return earlyNames.includes(name);
  }

  /** Returns the steps that an execution waits for: also those that the creation of its change set waited for. */
  function waitsFor({ after = [] }: StepPlan): string[] {
    const prepared = early.filter(({ name }) => after.includes(name));
    const later = prepared.flatMap((step) => step.after ?? []).filter((name) => !isEarly(name));
    return [...after, ...later, ...approvalNames];
  }

  return [
    ...early.map((step) => ({ ...step, after: (step.after ?? []).filter(isEarly) })),
    ...approvals.map((step) => ({ ...step, after: [...(step.after ?? []), ...earlyNames] })),
    ...steps.filter((step) => !isBeforeReview(step)).map((step) => ({ ...step, after: waitsFor(step) })),
  ];
}

/** Returns whether a step creates a change set, or publishes the assets that it requires. */
function isBeforeReview({ changeSet, publishesAssets }: StepPlan): boolean {
  return changeSet === 'create' || publishesAssets === true;
}

/** Rule of conditions of a stage in which change sets are reviewed. */
export const NO_REVIEW_ROLLBACK = 'not roll back or retry a stage whose change sets are reviewed';

/** Conditions of a stage. */
type Conditions = Pick<StagePlan, 'beforeEntry' | 'onSuccess' | 'onFailure'>;

/**
 * Validates a stage in which change sets are reviewed, and returns its valid conditions. A rejected approval fails the
 * stage, and a rollback requests the approval again.
 */
export function validateReview(
  { steps, approvals }: { readonly steps: readonly StepPlan[]; readonly approvals: readonly StepPlan[] },
  conditions: Conditions,
  problems: Problems,
): Conditions {
  const at = problems.at('reviewChangeSets');
  if (!steps.some(({ changeSet }) => changeSet === 'create')) {
    const fix = 'remove it, or use DeployTarget.cloudFormationStack or DeployTarget.cdkStage';
    at.add('be set only for targets with change sets', true, fix);
  }
  if (approvals.length === 0) {
    const fix = 'set approval: Approval.manual(), with which the change sets are reviewed';
    at.add('be set only together with an approval', true, fix);
  }
  const { beforeEntry, onSuccess, onFailure } = conditions;
  if (onFailure !== undefined) {
    const fix = 'use FailureHandling.none(): a rejected approval fails the stage, too';
    problems.at('onFailure').add(NO_REVIEW_ROLLBACK, onFailure.kind, fix);
  }
  if (onSuccess?.result !== 'ROLLBACK') return { beforeEntry, onSuccess };
  const fix = 'use SuccessCondition.failUnless, because a rollback would wait for the approval';
  problems.at('onSuccess').add(NO_REVIEW_ROLLBACK, 'rollBackUnless', fix);
  return { beforeEntry };
}
