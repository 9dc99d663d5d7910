import { produces } from './variable-uses';
import { inOrder, mayRollBack, type PipelinePlan, type StagePlan } from '../pipeline-plan';
import { problem, type Problem } from '../problems';
import type { RulePlan } from '../condition-plan';
import { referencesIn } from '../variables';
import { providerOf } from '../../aws/action-providers';
import { PIPELINE_LIMITS } from '../../aws/limits';
import { FAILURE_RULES, SKIPPING_RULES } from '../../aws/rule-providers';

/**
 * What the service takes of conditions and of failure handling.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html
 */
export const checkConditions = (plan: PipelinePlan): Problem[] => [
  ...plan.stages.flatMap((stage) => [
    ...checkEntry(stage),
    ...checkSuccess(stage),
    ...checkFailure(stage),
    ...checkApprovals(stage),
  ]),
  ...checkExecutionMode(plan),
  ...checkSkipped(plan),
];

function checkEntry({ name, beforeEntry }: StagePlan): Problem[] {
  if (!beforeEntry) return [];
  const prop = `${name}.beforeEntry`;
  return [
    ...checkCount(prop, beforeEntry.rules),
    ...(beforeEntry.result === 'SKIP'
      ? notAmong(
          prop,
          beforeEntry.rules,
          SKIPPING_RULES,
          'skip the stage after variables and functions only',
          'use EntryCondition.failUnless, or let a function look at it',
        )
      : []),
  ];
}

const checkSuccess = ({ name, onSuccess }: StagePlan): Problem[] =>
  onSuccess ? checkCount(`${name}.onSuccess`, onSuccess.rules) : [];

function checkFailure({ name, onFailure }: StagePlan): Problem[] {
  if (onFailure?.kind !== 'roll-back' || onFailure.rules.length === 0) return [];
  const prop = `${name}.onFailure`;
  return [
    ...checkCount(prop, onFailure.rules),
    ...notAmong(
      prop,
      onFailure.rules,
      FAILURE_RULES,
      'hold alarms and functions only',
      'AWS does not say what another rule means when a stage has failed; use FailureHandling.rollBack()',
    ),
  ];
}

const checkCount = (prop: string, rules: readonly RulePlan[]): Problem[] => {
  const { min, max } = PIPELINE_LIMITS.rulesPerCondition;
  return rules.length >= min && rules.length <= max
    ? []
    : [
        problem(
          prop,
          `hold ${min} to ${max} rules, where each alarm is one`,
          rules.length,
          rules.length === 0 ? 'name a gate, or leave the condition out' : 'let one function look at several things',
        ),
      ];
};

const notAmong = (
  prop: string,
  rules: readonly RulePlan[],
  known: readonly string[],
  rule: string,
  fix: string,
): Problem[] =>
  [...new Set(rules.map((one) => providerOf(one).provider))]
    .filter((provider) => !known.includes(provider))
    .map((provider) => problem(prop, rule, provider, fix));

/** A stage that goes back or begins anew would ask its approvers again, of a release that they have let in already. */
function checkApprovals(stage: StagePlan): Problem[] {
  const approvals = stage.actions
    .filter((action) => providerOf(action).category === 'Approval')
    .map(({ name }) => name);
  return approvals.length > 0 && (mayRollBack(stage) || stage.onFailure !== undefined)
    ? [
        problem(
          stage.name,
          'hold no approvals, since it goes back or is tried again',
          approvals,
          'put them into a stage of their own before it, with PipelineStage.approval',
        ),
      ]
    : [];
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/execution-modes.html */
function checkExecutionMode({ executionMode, stages }: PipelinePlan): Problem[] {
  const back = stages.filter(mayRollBack).map(({ name }) => name);
  return executionMode !== 'PARALLEL' || back.length === 0
    ? []
    : [
        problem(
          'executionMode',
          'not be PARALLEL with stages that go back',
          back,
          'runs at the same time have no last release to go back to; use SUPERSEDED or QUEUED, or FailureHandling.none() and no SuccessCondition.rollBackUnless',
        ),
      ];
}

/** What a stage makes that may be skipped is not there for those after it. */
function checkSkipped(plan: PipelinePlan): Problem[] {
  return inOrder(plan).flatMap(({ stage, action }) => {
    const skipped = plan.stages.filter((other) => other !== stage && other.beforeEntry?.result === 'SKIP');
    const missing = (maker: StagePlan) => [
      ...maker.actions.flatMap(({ outputs }) => outputs).filter((output) => action.inputs.includes(output)),
      ...referencesIn(action)
        .filter(({ namespace }) => maker.actions.some((one) => produces(one, namespace)))
        .map(({ literal }) => literal),
    ];
    return skipped.flatMap((maker) =>
      missing(maker).map((what) =>
        problem(
          action.name,
          `use nothing of '${maker.name}', which may be skipped`,
          what,
          'let the step that makes it run always, in a stage of its own',
        ),
      ),
    );
  });
}
