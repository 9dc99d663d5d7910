import { providerOf } from '../../aws/action-providers';
import { PIPELINE_LIMITS } from '../../aws/limits';
import { FAILURE_RULES, SKIPPING_RULES } from '../../aws/rule-providers';
import { mayRollBack, stepsInOrder } from '../actions';
import type { PipelinePlan, RulePlan, StagePlan } from '../pipeline-plan';
import type { Problems } from '../problems';
import { produces, referencesIn } from '../variables';
import { BAKE_GATES, NO_ROLLBACK_APPROVALS, ruleCount, SKIP_GATES } from '../rules';

/**
 * Validates conditions and failure handling against the limits of CodePipeline.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html
 */
export function validateConditions(plan: PipelinePlan, problems: Problems): void {
  for (const stage of plan.stages) {
    validateEntry(stage, problems);
    if (stage.onSuccess) validateCount(stage.onSuccess.rules, problems.root(stage.onSuccess.path));
    validateFailure(stage, problems);
    validateApprovals(stage, problems);
    validateRetry(stage, problems);
  }
  validateSkippedStages(plan, problems);
}

function validateEntry({ beforeEntry }: StagePlan, problems: Problems): void {
  if (!beforeEntry) return;
  const at = problems.root(beforeEntry.path);
  validateCount(beforeEntry.rules, at);
  if (beforeEntry.result !== 'SKIP') return;
  for (const provider of providersBesides(beforeEntry.rules, SKIPPING_RULES)) {
    const fix = 'use EntryCondition.failUnless, or evaluate the condition in a function';
    at.add(SKIP_GATES, provider, fix);
  }
}

function validateFailure({ onFailure }: StagePlan, problems: Problems): void {
  if (onFailure?.kind !== 'roll-back' || onFailure.rules.length === 0) return;
  const at = problems.root(onFailure.path);
  validateCount(onFailure.rules, at);
  for (const provider of providersBesides(onFailure.rules, FAILURE_RULES)) {
    const fix = 'AWS does not document other rules on the failure of a stage; use FailureHandling.rollBack()';
    at.add(BAKE_GATES, provider, fix);
  }
}

function validateCount(rules: readonly RulePlan[], problems: Problems): void {
  const { min, max } = PIPELINE_LIMITS.rulesPerCondition;
  if (rules.length >= min && rules.length <= max) return;
  // Gates with problems have no rules.
  if (rules.length === 0 && problems.isReported) return;
  const rule = ruleCount({ min, max });
  if (rules.length === 0) problems.add(rule, 0, 'add a gate, or remove the condition');
  else problems.add(rule, rules.length, 'combine several checks in one function');
}

function providersBesides(rules: readonly RulePlan[], allowed: readonly string[]): string[] {
  const providers = rules.map((rule) => providerOf(rule).provider);
  return [...new Set(providers)].filter((provider) => !allowed.includes(provider));
}

/**
 * Validates that a stage that rolls back or retries contains no approvals. CodePipeline would request them again for a
 * release that was already approved.
 */
function validateApprovals(stage: StagePlan, problems: Problems): void {
  const approvals = stage.actions.filter((action) => providerOf(action).category === 'Approval');
  if (approvals.length === 0 || (!mayRollBack(stage) && stage.onFailure === undefined)) return;
  problems.root(stage.path).add(
    NO_ROLLBACK_APPROVALS,
    approvals.map(({ name }) => name),
    'move them to a separate stage before it, with PipelineStage.approval',
  );
}

/**
 * Validates that a stage does not retry the execution of a change set without its creation. After an update that
 * failed, CloudFormation requires a new change set, so such a retry can never succeed.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets-execute.html
 */
function validateRetry({ actions, onFailure }: StagePlan, problems: Problems): void {
  if (onFailure?.kind !== 'retry') return;
  const executing = actions.filter(({ changeSet }) => changeSet === 'execute').map(({ name }) => name);
  if (executing.length === 0) return;
  const at = problems.root(onFailure.path);
  if (onFailure.mode === 'FAILED_ACTIONS') {
    const fix = 'use FailureHandling.retryAllActions(), which also creates the change sets again';
    at.add('not retry only the failed actions of a stage that executes change sets', executing, fix);
  } else if (!actions.some(({ changeSet }) => changeSet === 'create')) {
    const fix = 'create the change sets in the same stage, or use FailureHandling.none()';
    at.add('not retry a stage that executes change sets and does not create them', executing, fix);
  }
}

/** Validates that no step uses artifacts or variables of a stage that may be skipped. */
function validateSkippedStages(plan: PipelinePlan, problems: Problems): void {
  const skippable = plan.stages.filter(({ beforeEntry }) => beforeEntry?.result === 'SKIP');
  for (const { stage, action } of stepsInOrder(plan)) {
    for (const producer of skippable.filter((other) => other !== stage)) {
      const artifacts = producer.actions
        .flatMap(({ outputs }) => outputs)
        .filter((output) => action.inputs.includes(output));
      const variables = referencesIn(action)
        .filter(({ namespace }) => producer.actions.some((other) => produces(other, namespace)))
        .map(({ literal }) => literal);
      for (const used of [...artifacts, ...variables]) {
        const fix = 'move the step that produces it to a separate stage, which always runs';
        const rule = `not use artifacts or variables of '${producer.name}', which may be skipped`;
        problems.root(action.path).add(rule, used, fix);
      }
    }
  }
}
