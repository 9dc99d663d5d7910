import { providerOf } from '../../aws/action-providers';
import { PIPELINE_LIMITS } from '../../aws/limits';
import { FAILURE_RULES, SKIPPING_RULES } from '../../aws/rule-providers';
import { mayRollBack, stepsInOrder } from '../actions';
import type { PipelinePlan, RulePlan, StagePlan } from '../pipeline-plan';
import type { Problems } from '../problems';
import { produces, referencesIn } from '../variables';

/**
 * Validates what the service takes of conditions and of failure handling.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html
 */
export function validateConditions(plan: PipelinePlan, problems: Problems): void {
  for (const stage of plan.stages) {
    validateEntry(stage, problems);
    if (stage.onSuccess) validateCount(stage.onSuccess.rules, problems.root(stage.onSuccess.path));
    validateFailure(stage, problems);
    validateApprovals(stage, problems);
  }
  validateExecutionMode(plan, problems);
  validateSkippedStages(plan, problems);
}

function validateEntry({ beforeEntry }: StagePlan, problems: Problems): void {
  if (!beforeEntry) return;
  const at = problems.root(beforeEntry.path);
  validateCount(beforeEntry.rules, at);
  if (beforeEntry.result !== 'SKIP') return;
  for (const provider of providersBesides(beforeEntry.rules, SKIPPING_RULES)) {
    const fix = 'use EntryCondition.failUnless, or let a function look at it';
    at.add('skip the stage after variables and functions only', provider, fix);
  }
}

function validateFailure({ onFailure }: StagePlan, problems: Problems): void {
  if (onFailure?.kind !== 'roll-back' || onFailure.rules.length === 0) return;
  const at = problems.root(onFailure.path);
  validateCount(onFailure.rules, at);
  for (const provider of providersBesides(onFailure.rules, FAILURE_RULES)) {
    const fix = 'AWS does not say what another rule means when a stage has failed; use FailureHandling.rollBack()';
    at.add('hold alarms and functions only', provider, fix);
  }
}

function validateCount(rules: readonly RulePlan[], problems: Problems): void {
  const { min, max } = PIPELINE_LIMITS.rulesPerCondition;
  if (rules.length >= min && rules.length <= max) return;
  const none = 'name a gate, or leave the condition out';
  const fix = rules.length === 0 ? none : 'let one function look at several things';
  problems.add(`hold ${min} to ${max} rules, where each alarm is one`, rules.length, fix);
}

function providersBesides(rules: readonly RulePlan[], known: readonly string[]): string[] {
  const providers = rules.map((rule) => providerOf(rule).provider);
  return [...new Set(providers)].filter((provider) => !known.includes(provider));
}

/**
 * Validates that a stage that rolls back or retries has no approvals: they would be requested again for a release that
 * was approved.
 */
function validateApprovals(stage: StagePlan, problems: Problems): void {
  const approvals = stage.actions.filter((action) => providerOf(action).category === 'Approval');
  if (approvals.length === 0 || (!mayRollBack(stage) && stage.onFailure === undefined)) return;
  problems.root(stage.path).add(
    'hold no approvals, since it goes back or is tried again',
    approvals.map(({ name }) => name),
    'put them into a stage of their own before it, with PipelineStage.approval',
  );
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/execution-modes.html */
function validateExecutionMode({ executionMode, stages }: PipelinePlan, problems: Problems): void {
  const rollingBack = stages.filter(mayRollBack).map(({ name }) => name);
  if (executionMode !== 'PARALLEL' || rollingBack.length === 0) return;
  problems
    .root('executionMode')
    .add(
      'not be PARALLEL with stages that go back',
      rollingBack,
      'runs at the same time have no last release to go back to; use SUPERSEDED or QUEUED, or ' +
        'FailureHandling.none() and no SuccessCondition.rollBackUnless',
    );
}

/** Validates that no step uses what a stage produces that may be skipped. */
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
        const fix = 'let the step that makes it run always, in a stage of its own';
        problems.root(action.path).add(`use nothing of '${producer.name}', which may be skipped`, used, fix);
      }
    }
  }
}
