import {
  type ConditionDeclaration,
  type ConditionType,
  isKnown,
  knownList,
  type PipelineDeclaration,
} from './declaration';
import { API, GUIDE, type ServiceRule } from './service-rule';
import { violation } from './violation';
import { textOf } from '../../assembly/json';
import { cronFaults } from '../../aws/deployment-window';
import { PIPELINE_LIMITS } from '../../aws/limits';
import { RULE_PROVIDERS, SKIPPING_RULES } from '../../aws/rule-providers';
import { timeZoneFaults } from '../../aws/time-zones';

const CONDITIONS = `${GUIDE}/stage-conditions.html`;
const RETRY = `${GUIDE}/stage-retry.html`;
const ROLLBACK = `${GUIDE}/stage-rollback.html`;

/** The results of each type of condition. */
const RESULTS: Readonly<Record<ConditionType, readonly string[]>> = {
  BeforeEntry: ['FAIL', 'SKIP'],
  OnSuccess: ['FAIL', 'ROLLBACK'],
  OnFailure: ['ROLLBACK'],
};
/** The results of a failed stage without rules. */
const FAILURE_RESULTS = ['ROLLBACK', 'RETRY'];

/** Rules for the conditions of stages. */
export const CONDITION_RULES: readonly ServiceRule[] = [
  {
    id: 'ConditionCount',
    severity: 'error',
    summary: 'BeforeEntry, OnSuccess and OnFailure have one condition.',
    see: `${API}/API_BeforeEntryConditions.html`,
    violations: (pipeline) =>
      conditionsOf(pipeline)
        .filter(({ properties, type }) => type !== 'OnFailure' || properties.Conditions !== undefined)
        .filter(({ properties }) => (knownList(properties.Conditions)?.length ?? 1) !== 1)
        .map((condition) =>
          violation(condition, 'Conditions', {
            must: 'contain one condition',
            got: condition.items.length,
            fix: 'put all rules into one condition',
          }),
        ),
  },
  {
    id: 'ConditionRuleCount',
    severity: 'error',
    summary: 'A condition has 1 to 5 rules.',
    see: `${GUIDE}/limits.html`,
    violations: (pipeline) => {
      const { min, max } = PIPELINE_LIMITS.rulesPerCondition;
      return conditionsOf(pipeline)
        .flatMap(({ items }) => items)
        .map((item) => ({ item, count: knownList(item.properties.Rules)?.length ?? min }))
        .filter(({ count }) => count < min || count > max)
        .map(({ item, count }) =>
          violation(item, 'Rules', { must: `contain ${min} to ${max} rules`, got: count, fix: 'add or remove rules' }),
        );
    },
  },
  {
    id: 'ConditionResult',
    severity: 'error',
    summary: 'The result of a condition fits its type: FAIL or SKIP on entry, FAIL or ROLLBACK on success.',
    see: CONDITIONS,
    violations: (pipeline) =>
      conditionsOf(pipeline).flatMap(({ type, items }) =>
        items
          .filter(({ properties: { Result } }) => Result !== undefined && isKnown(Result))
          .filter(({ properties: { Result } }) => !RESULTS[type].includes(textOf(Result)))
          .map((item) =>
            violation(item, 'Result', {
              must: `be ${RESULTS[type].join(' or ')} for ${type}`,
              got: item.properties.Result,
              fix: 'choose one of these, or another type of condition',
            }),
          ),
      ),
  },
  {
    id: 'FailureResult',
    severity: 'error',
    summary: 'The result of OnFailure is ROLLBACK or RETRY.',
    see: RETRY,
    violations: (pipeline) =>
      failureConditions(pipeline)
        .filter(({ properties: { Result } }) => Result !== undefined && isKnown(Result))
        .filter(({ properties: { Result } }) => !FAILURE_RESULTS.includes(textOf(Result)))
        .map((condition) =>
          violation(condition, 'Result', {
            must: `be ${FAILURE_RESULTS.join(' or ')}`,
            got: condition.properties.Result,
            fix: 'choose one of these, or remove OnFailure',
          }),
        ),
  },
  {
    id: 'RetryWithConditions',
    severity: 'warning',
    summary: 'OnFailure does not combine a retry with conditions, which AWS pages both exclude and show.',
    see: RETRY,
    violations: (pipeline) =>
      failureConditions(pipeline)
        .filter(({ properties, items }) => properties.Result === 'RETRY' && items.length > 0)
        .map((condition) =>
          violation(condition, 'Result', {
            must: 'not be RETRY together with conditions',
            got: 'RETRY',
            fix: 'remove the conditions, or the retry',
          }),
        ),
  },
  {
    id: 'RetryOfChangeSet',
    severity: 'warning',
    summary: 'The retry of failed actions does not execute a change set again, which CloudFormation deletes.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html',
    violations: ({ stages }) =>
      stages
        .filter(({ actions }) => hasMode(actions, 'CHANGE_SET_REPLACE') && hasMode(actions, 'CHANGE_SET_EXECUTE'))
        .flatMap(({ conditions }) => conditions)
        .filter(({ type, properties }) => type === 'OnFailure' && properties.Result === 'RETRY')
        .filter((condition) => retryModeOf(condition) === 'FAILED_ACTIONS')
        .map((condition) =>
          violation(condition, 'RetryConfiguration.RetryMode', {
            must: 'be ALL_ACTIONS in a stage that executes a change set, which can be executed once',
            got: 'FAILED_ACTIONS',
            fix: 'use ALL_ACTIONS, which prepares the change set again',
          }),
        ),
  },
  {
    id: 'RetryMode',
    severity: 'error',
    summary: 'The retry mode is FAILED_ACTIONS or ALL_ACTIONS.',
    see: `${API}/API_RetryConfiguration.html`,
    violations: (pipeline) =>
      failureConditions(pipeline)
        .map((condition) => ({ condition, mode: retryModeOf(condition) }))
        .filter(({ mode }) => mode !== '' && isKnown(mode) && !['FAILED_ACTIONS', 'ALL_ACTIONS'].includes(mode))
        .map(({ condition, mode }) =>
          violation(condition, 'RetryConfiguration.RetryMode', {
            must: 'be FAILED_ACTIONS or ALL_ACTIONS',
            got: mode,
            fix: 'choose one of these',
          }),
        ),
  },
  {
    id: 'SkipRule',
    severity: 'error',
    summary: 'Only LambdaInvoke and VariableCheck rules skip a stage.',
    see: CONDITIONS,
    violations: (pipeline) =>
      conditionsOf(pipeline)
        .filter(({ items }) => items.some(({ properties }) => properties.Result === 'SKIP'))
        .flatMap(({ rules }) => rules)
        .filter(({ provider }) => isKnown(provider) && !SKIPPING_RULES.includes(provider))
        .map((rule) =>
          violation(rule, 'RuleTypeId.Provider', {
            must: `be ${SKIPPING_RULES.join(' or ')} in a condition with the result SKIP`,
            got: rule.provider,
            fix: 'use the result FAIL, or another rule',
          }),
        ),
  },
  {
    id: 'SourceRollback',
    severity: 'error',
    summary: 'The source stage is not rolled back.',
    see: ROLLBACK,
    violations: ({ stages }) =>
      (stages[0]?.conditions ?? [])
        .flatMap((condition) => [condition, ...condition.items])
        .filter(({ properties }) => properties.Result === 'ROLLBACK')
        .map((declared) =>
          violation(declared, 'Result', {
            must: 'not be ROLLBACK in the source stage',
            got: 'ROLLBACK',
            fix: 'use RETRY, or remove it',
          }),
        ),
  },
  {
    id: 'DeploymentWindowCron',
    severity: 'error',
    summary: 'The cron expression of a deployment window has six fields and an optional year.',
    see: RULE_PROVIDERS.deploymentWindow.see,
    violations: ({ steps }) => windowFaults(steps, 'Cron', (text) => cronFaults(text)),
  },
  {
    id: 'DeploymentWindowTimeZone',
    severity: 'error',
    summary: 'The time zone of a deployment window is a region and a city, UTC, or an offset.',
    see: RULE_PROVIDERS.deploymentWindow.see,
    // CodePipeline accepts abbreviations, which are only ambiguous.
    violations: ({ steps }) =>
      windowFaults(steps, 'TimeZone', (text) => (/^[A-Z]{3,5}$/.test(text) ? [] : timeZoneFaults(text))),
  },
];

function hasMode(actions: PipelineDeclaration['actions'], mode: string): boolean {
  return actions.some(({ configuration }) => configuration.ActionMode === mode);
}

function conditionsOf({ stages }: PipelineDeclaration) {
  return stages.flatMap(({ conditions }) => conditions);
}

function failureConditions(pipeline: PipelineDeclaration) {
  return conditionsOf(pipeline).filter(({ type }) => type === 'OnFailure');
}

function retryModeOf({ properties: { RetryConfiguration } }: ConditionDeclaration): string {
  return textOf((RetryConfiguration as { RetryMode?: unknown } | undefined)?.RetryMode);
}

function windowFaults(
  steps: PipelineDeclaration['steps'],
  key: string,
  faultsOf: (text: string) => ReadonlyArray<{ readonly rule: string; readonly fix: string }>,
) {
  return steps
    .filter(({ category, provider }) => category === 'Rule' && provider === RULE_PROVIDERS.deploymentWindow.provider)
    .flatMap((rule) => {
      const text = textOf(rule.configuration[key]);
      if (text === '' || !isKnown(text)) return [];
      return faultsOf(text).map((fault) =>
        violation(rule, `Configuration.${key}`, { must: fault.rule, got: text, fix: fault.fix }),
      );
    });
}
