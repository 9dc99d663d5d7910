import { App, Stack } from 'aws-cdk-lib';
import { checkDelivery, planDelivery } from '../helpers/plans';
import { checkWebApp, planWebApp } from '../helpers/plans';
import type { ConditionPlan } from '../../src/pipeline/pipeline-plan';
import { ALARM_ARN, deliveryOf, FUNCTION_ARN, renderSetting, type Setting, STAGE, webAppOf } from '../helpers/gates';
import { allPairs, product } from '../helpers/pairs';
import { type CfnTemplate, CONCRETE, jsonOf, pipelineOf, type RuleJson, statementsOf } from '../helpers/synth';

interface Facts {
  readonly provider: string;
  readonly keys: readonly string[];
  readonly mayKeys?: readonly string[];
  readonly skips?: true;
  readonly afterFailure?: true;
}

/**
 * What the service takes, written down again from its documentation and not from the code: the rules by the gate that makes one.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference.html
 */
const RULES: Readonly<Record<string, Facts>> = {
  alarm: { provider: 'CloudWatchAlarm', keys: ['AlarmName'], mayKeys: ['WaitTime'], afterFailure: true },
  window: { provider: 'DeploymentWindow', keys: ['Cron', 'TimeZone'] },
  variable: { provider: 'VariableCheck', keys: ['Operator', 'Value', 'Variable'], skips: true },
  function: { provider: 'LambdaInvoke', keys: ['FunctionName'], mayKeys: ['UserParameters'], skips: true, afterFailure: true },
  commands: { provider: 'Commands', keys: [] },
  build: { provider: 'CodeBuild', keys: ['ProjectName'] },
};
const KINDS = Object.keys(RULES);
const ruleOf = (gate: string) => RULES[gate.replace(/\d$/, '')];

const HOSTS = ['web app', 'steps', 'environment'];
const MODES = ['SUPERSEDED', 'QUEUED', 'PARALLEL'];
const FIVE = 'alarm+window+variable+function+commands';
const SIX = 'alarm1+alarm2+alarm3+alarm4+alarm5+alarm6';
const each = (words: readonly string[], gates: readonly string[]) => words.flatMap((word) => gates.map((names) => `${word} ${names}`.trim()));

/** Every choice, legal or not. */
const ALL = product({
  host: HOSTS,
  entry: ['unsaid', ...each(['fail', 'skip'], [...KINDS, 'variable+function', FIVE, SIX, ''])],
  success: ['unsaid', ...each(['fail', 'back'], [...KINDS, FIVE, SIX, ''])],
  failure: ['unsaid', 'none', 'back', ...each(['back-unless'], [...KINDS, 'alarm+function', SIX, '']), 'retry-failed', 'retry-all'],
  mode: MODES,
});

const namesIn = (text: string) => (text.split(' ')[1] ?? '').split('+').filter((name) => name !== '');
const wordOf = (text: string) => text.split(' ')[0];

/** A rollback: what an environment does unless something else is said. */
function goesBack({ host, success, failure }: Setting): boolean {
  return wordOf(success) === 'back' || /^back/.test(failure) || (failure === 'unsaid' && host !== 'steps');
}

/** Stages that an entry condition stands at: that of the approval, too, when the stage may be left out. */
const entriesOf = ({ host, entry }: Setting) =>
  host === 'environment' && wordOf(entry) === 'skip' ? [`${STAGE}-Approve`, STAGE] : [STAGE];

const count = (prop: string, text: string) => text === 'unsaid' || (namesIn(text).length >= 1 && namesIn(text).length <= 5)
  ? [] : [`'${prop}' must hold 1 to 5 rules, where each alarm is one`];

const providersIn = (text: string, unfit: (gate: string) => boolean) =>
  [...new Set(namesIn(text).filter(unfit).map((gate) => ruleOf(gate).provider))];

/** What is wrong with a combination, each as place and rule. */
function wrongWith(setting: Setting): string[] {
  const { host, entry, success, failure, mode } = setting;
  const written = { 'web app': 'environments[0]', 'steps': 'stages[0]', 'environment': 'stages[0].environment' }[host];
  return [
    // Once, although the approval of a stage that may be skipped has the same condition.
    ...count(`${written}.beforeEntry`, entry),
    ...wordOf(entry) === 'skip' ? providersIn(entry, (gate) => !ruleOf(gate).skips)
      .map((provider) => `'${written}.beforeEntry' must skip the stage after variables and functions only, got "${provider}"`) : [],
    ...count(`${written}.onSuccess`, success),
    ...wordOf(failure) === 'back-unless' ? [
      ...namesIn(failure).length === 0 ? [`'${written}.onFailure.gates' must hold at least one gate`] : count(`${written}.onFailure`, failure),
      ...providersIn(failure, (gate) => !ruleOf(gate).afterFailure).map((provider) => `'${written}.onFailure' must hold alarms and functions only, got "${provider}"`),
    ] : [],
    ...mode === 'PARALLEL' && goesBack(setting) ? [`'executionMode' must not be PARALLEL with stages that go back, got ["${STAGE}"]`] : [],
  ];
}

const LEGAL = ALL.filter((setting) => wrongWith(setting).length === 0);

test('the table holds thousands of combinations of both kinds', () => {
  expect(LEGAL.length).toBeGreaterThan(3000);
  expect(ALL.length - LEGAL.length).toBeGreaterThan(10_000);
});

test('every combination is taken, or refused with exactly what is wrong with it', () => {
  const stack = new Stack(new App(), 'Shop');
  for (const setting of ALL) {
    const problems = setting.host === 'web app' ? checkWebApp(webAppOf(stack, setting)) : checkDelivery(deliveryOf(stack, setting));
    const wrong = wrongWith(setting);
    const fits = problems.length === wrong.length && wrong.every((one) => problems.some((problem) => problem.startsWith(one)));
    if (!fits) expect({ setting, problems }).toEqual({ setting, problems: wrong });
  }
}, 60_000);

test('every legal combination is planned as it was said', () => {
  const stack = new Stack(new App(), 'Shop');
  const providers = (condition?: ConditionPlan<string>) => condition?.rules.map(({ provider }) => (provider as { provider: string }).provider);
  const expected = (text: string) => text === 'unsaid' ? undefined : namesIn(text).map((gate) => ruleOf(gate).provider);
  for (const setting of LEGAL) {
    const { stages } = setting.host === 'web app' ? planWebApp(webAppOf(stack, setting)) : planDelivery(deliveryOf(stack, setting));
    const stage = stages.find(({ name }) => name === STAGE)!;
    const got = stages.filter(({ beforeEntry }) => beforeEntry).map(({ name, beforeEntry }) => [name, beforeEntry!.result, providers(beforeEntry)]);
    const want = setting.entry === 'unsaid' ? [] : entriesOf(setting).map((name) => [name, wordOf(setting.entry).toUpperCase(), expected(setting.entry)]);
    const success = [stage.onSuccess?.result, providers(stage.onSuccess)];
    const wantSuccess = [{ unsaid: undefined, fail: 'FAIL', back: 'ROLLBACK' }[wordOf(setting.success)], expected(setting.success)];
    // Thousands of calls of expect would take longer than all the planning.
    const fits = JSON.stringify([got, success]) === JSON.stringify([want, wantSuccess]);
    if (!fits) expect({ setting, got, success }).toEqual({ setting, got: want, success: wantSuccess });
    const others = stages.filter((one) => one !== stage && (one.onSuccess ?? one.onFailure) !== undefined);
    if (others.length > 0) expect({ setting, others }).toEqual({ setting, others: [] });
  }
}, 60_000);

/** What the pipeline's role may do, as pairs of an action and a resource, which does not depend on how statements are put together. */
function grantsOf(template: CfnTemplate): Set<string> {
  const policies = Object.entries(template.Resources).filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Policy'
    && (Properties.Roles as [{ Ref?: string }])[0].Ref?.match(/^SiteRole[0-9A-F]{8}$/)).map(([id]) => id);
  return new Set(statementsOf(template).filter(({ holder }) => policies.includes(holder)).flatMap(({ statement }) =>
    [statement.Action].flat().flatMap((action) => [statement.Resource].flat().map((resource) => `${action} on ${JSON.stringify(resource)}`))));
}

const synthesize = (setting: Setting) => {
  const stack = new Stack(new App(), 'Shop', CONCRETE);
  renderSetting(stack, setting);
  return jsonOf(stack);
};

const BARE = new Map<string, CfnTemplate>();
/** The same pipeline without a rule. */
function bareOf({ host, mode }: Setting): CfnTemplate {
  const template = BARE.get(host + mode) ?? synthesize({ host, mode, entry: 'unsaid', success: 'unsaid', failure: 'none' });
  BARE.set(host + mode, template);
  return template;
}

/** The permission that AWS documents for a rule, on what the rule names. */
function grantsFor(gate: string, place: string, rule: RuleJson, template: CfnTemplate): string[] {
  const on = (resource: unknown, ...actions: string[]) => actions.map((action) => `${action} on ${JSON.stringify(resource)}`);
  switch (gate) {
    case 'alarm': return on(`${ALARM_ARN}${place}-quiet`, 'cloudwatch:DescribeAlarms');
    case 'function': return on(`${FUNCTION_ARN}-${place}`, 'lambda:InvokeFunction');
    case 'build': return on({ 'Fn::GetAtt': [(rule.Configuration!.ProjectName as { Ref: string }).Ref, 'Arn'] }, 'codebuild:StartBuild', 'codebuild:BatchGetBuilds');
    case 'commands': {
      const [logs] = Object.keys(template.Resources).filter((id) => id.startsWith('SiteActionLogs'));
      return [
        ...on({ 'Fn::GetAtt': [logs, 'Arn'] }, 'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'),
        ...on({ 'Fn::Sub': `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/codepipeline/${pipelineOf(template).Name}` },
          'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'),
        ...on(rule.RoleArn, 'sts:AssumeRole'),
      ];
    }
    default: return [];
  }
}

const RENDERED = allPairs(LEGAL);

test('few combinations hold every pair', () => {
  expect(RENDERED.length).toBeLessThan(260);
  const pairs = (settings: readonly Setting[]) => new Set(settings.flatMap(({ entry, success, failure, host, mode }) =>
    [`${entry}/${success}`, `${entry}/${failure}`, `${success}/${failure}`, `${host}/${entry}`, `${mode}/${success}`]));
  expect(pairs(RENDERED)).toEqual(pairs(LEGAL));
});

test.each(RENDERED)('$host, before: $entry, after: $success, otherwise: $failure, $mode', (setting) => {
  const template = synthesize(setting);
  const { Stages } = pipelineOf(template);
  const stage = Stages.find(({ Name }) => Name === STAGE)!;
  const said = (text: string, names: readonly string[]) => text !== 'unsaid' && names.length > 0;

  // Where conditions stand, and what comes of them.
  expect(Stages.filter(({ BeforeEntry }) => BeforeEntry).map(({ Name }) => Name)).toEqual(setting.entry === 'unsaid' ? [] : entriesOf(setting));
  for (const other of Stages.filter((one) => one !== stage)) expect([other.OnSuccess, other.OnFailure]).toEqual([undefined, undefined]);
  for (const { BeforeEntry } of Stages.filter((one) => one.BeforeEntry)) {
    expect(BeforeEntry).toEqual({ Conditions: [{ Result: wordOf(setting.entry).toUpperCase(), Rules: expect.any(Array) }] });
  }
  expect(stage.OnSuccess).toEqual(setting.success === 'unsaid' ? undefined
    : { Conditions: [{ Result: wordOf(setting.success) === 'fail' ? 'FAIL' : 'ROLLBACK', Rules: expect.any(Array) }] });
  const failure = wordOf(setting.failure === 'unsaid' && setting.host !== 'steps' ? 'back' : setting.failure);
  expect(stage.OnFailure).toEqual({
    'back': { Result: 'ROLLBACK' },
    'back-unless': { Conditions: [{ Result: 'ROLLBACK', Rules: expect.any(Array) }] },
    'retry-failed': { Result: 'RETRY', RetryConfiguration: { RetryMode: 'FAILED_ACTIONS' } },
    'retry-all': { Result: 'RETRY', RetryConfiguration: { RetryMode: 'ALL_ACTIONS' } },
  }[failure]);

  // Each rule, and its permission.
  const places: Array<[string, string, RuleJson[]]> = [
    ...Stages.filter(({ BeforeEntry }) => BeforeEntry).map(({ BeforeEntry }): [string, string, RuleJson[]] => ['Entry', setting.entry, BeforeEntry!.Conditions[0].Rules]),
    ...said(setting.success, namesIn(setting.success)) ? [['Success', setting.success, stage.OnSuccess!.Conditions[0].Rules] as [string, string, RuleJson[]]] : [],
    ...said(setting.failure, namesIn(setting.failure)) ? [['Failure', setting.failure, stage.OnFailure!.Conditions![0].Rules] as [string, string, RuleJson[]]] : [],
  ];
  const names = places.flatMap(([, , rules]) => rules.map(({ Name }) => Name));
  expect(new Set(names).size).toBe(names.length);
  const grants = new Set<string>();
  for (const [place, text, rules] of places) {
    const gates = namesIn(text);
    expect(rules).toHaveLength(gates.length);
    gates.forEach((gate, i) => {
      const rule = rules[i];
      const { provider, keys, mayKeys = [] } = RULES[gate];
      expect(rule.RuleTypeId).toEqual({ Category: 'Rule', Owner: 'AWS', Provider: provider, Version: '1' });
      expect(rule.Name).toMatch(/^[A-Za-z0-9.@\-_]{1,100}$/);
      const has = Object.keys(rule.Configuration ?? {}).sort();
      expect(has.filter((key) => !mayKeys.includes(key))).toEqual(keys);
      expect(rule.Commands !== undefined).toBe(provider === 'Commands');
      if (provider === 'CloudWatchAlarm') {
        // Without a time to wait, an alarm on success would be looked at in the very second of the deployment.
        if (place === 'Success') expect(rule.Configuration!.WaitTime).toMatch(/^[1-9]\d*$/);
        else expect(rule.Configuration).not.toHaveProperty('WaitTime');
      }
      for (const { Name } of rule.InputArtifacts ?? []) expect(Name).toBe('Source');
      if (provider === 'Commands' || provider === 'CodeBuild') expect(rule.InputArtifacts).toHaveLength(1);
      for (const grant of grantsFor(gate, place, rule, template)) grants.add(grant);
    });
  }
  const before = grantsOf(bareOf(setting));
  const is = grantsOf(template);
  expect([...before].filter((grant) => !is.has(grant))).toEqual([]);
  expect([...is].filter((grant) => !before.has(grant)).sort()).toEqual([...grants].filter((grant) => !before.has(grant)).sort());
});
