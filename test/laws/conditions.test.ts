import { Stack } from 'aws-cdk-lib';
import { entriesOf, LEGAL, namesIn, RULES, wordOf } from './conditions-table';
import { ALARM_ARN, FUNCTION_ARN, renderSetting, type Setting, STAGE } from '../helpers/gates';
import { allPairs } from '../helpers/pairs';
import { type CfnTemplate, CONCRETE, jsonOf, newApp, pipelineOf, type RuleJson, statementsOf } from '../helpers/synth';

/**
 * What the pipeline's role may do, as pairs of an action and a resource, which does not depend on how statements are
 * put together.
 */
function grantsOf(template: CfnTemplate): Set<string> {
  const policies = Object.entries(template.Resources)
    .filter(
      ([, { Type, Properties }]) =>
        Type === 'AWS::IAM::Policy' && (Properties.Roles as [{ Ref?: string }])[0].Ref?.match(/^SiteRole[0-9A-F]{8}$/),
    )
    .map(([id]) => id);
  return new Set(
    statementsOf(template)
      .filter(({ holder }) => policies.includes(holder))
      .flatMap(({ statement }) =>
        [statement.Action]
          .flat()
          .flatMap((action) =>
            [statement.Resource].flat().map((resource) => `${action} on ${JSON.stringify(resource)}`),
          ),
      ),
  );
}

function synthesize(setting: Setting) {
  const stack = new Stack(newApp(), 'Shop', CONCRETE);
  renderSetting(stack, setting);
  return jsonOf(stack);
}

const BARE = new Map<string, CfnTemplate>();

/** The same pipeline without a rule. */
function bareOf({ host, mode }: Setting): CfnTemplate {
  const template =
    BARE.get(host + mode) ?? synthesize({ host, mode, entry: 'unsaid', success: 'unsaid', failure: 'none' });
  BARE.set(host + mode, template);
  return template;
}

/** The permission that AWS documents for a rule, on what the rule names. */
function grantsFor(gate: string, place: string, rule: RuleJson, template: CfnTemplate): string[] {
  function on(resource: unknown, ...actions: string[]) {
    return actions.map((action) => `${action} on ${JSON.stringify(resource)}`);
  }

  switch (gate) {
    case 'alarm':
      return on(`${ALARM_ARN}${place}-quiet`, 'cloudwatch:DescribeAlarms');
    case 'function':
      return on(`${FUNCTION_ARN}-${place}`, 'lambda:InvokeFunction');
    case 'build':
      return on(
        { 'Fn::GetAtt': [(rule.Configuration!.ProjectName as { Ref: string }).Ref, 'Arn'] },
        'codebuild:StartBuild',
        'codebuild:BatchGetBuilds',
      );
    case 'commands': {
      const [logs] = Object.keys(template.Resources).filter((id) => id.startsWith('SiteActionLogs'));
      return [
        ...on({ 'Fn::GetAtt': [logs, 'Arn'] }, 'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'),
        ...on(
          {
            'Fn::Sub':
              'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/codepipeline/' +
              pipelineOf(template).Name,
          },
          'logs:CreateLogGroup',
          'logs:CreateLogStream',
          'logs:PutLogEvents',
        ),
        ...on(rule.RoleArn, 'sts:AssumeRole'),
      ];
    }
    default:
      return [];
  }
}

const RENDERED = allPairs(LEGAL);

test('covers all pairs with few combinations', () => {
  expect(RENDERED.length).toBeLessThan(260);

  function pairs(settings: readonly Setting[]) {
    return new Set(
      settings.flatMap(({ entry, success, failure, host, mode }) => [
        `${entry}/${success}`,
        `${entry}/${failure}`,
        `${success}/${failure}`,
        `${host}/${entry}`,
        `${mode}/${success}`,
      ]),
    );
  }

  expect(pairs(RENDERED)).toEqual(pairs(LEGAL));
});

test.each(RENDERED)('$host, before: $entry, after: $success, otherwise: $failure, $mode', (setting) => {
  const template = synthesize(setting);
  const { Stages } = pipelineOf(template);
  const stage = Stages.find(({ Name }) => Name === STAGE)!;

  function said(text: string, names: readonly string[]) {
    return text !== 'unsaid' && names.length > 0;
  }

  // Places of conditions, and their effects.
  expect(Stages.filter(({ BeforeEntry }) => BeforeEntry).map(({ Name }) => Name)).toEqual(
    setting.entry === 'unsaid' ? [] : entriesOf(setting),
  );
  for (const other of Stages.filter((one) => one !== stage)) {
    expect([other.OnSuccess, other.OnFailure]).toEqual([undefined, undefined]);
  }
  for (const { BeforeEntry } of Stages.filter((one) => one.BeforeEntry)) {
    expect(BeforeEntry).toEqual({
      Conditions: [{ Result: wordOf(setting.entry).toUpperCase(), Rules: expect.any(Array) }],
    });
  }
  expect(stage.OnSuccess).toEqual(
    setting.success === 'unsaid'
      ? undefined
      : {
          Conditions: [{ Result: wordOf(setting.success) === 'fail' ? 'FAIL' : 'ROLLBACK', Rules: expect.any(Array) }],
        },
  );
  const failure = wordOf(setting.failure === 'unsaid' && setting.host !== 'steps' ? 'back' : setting.failure);
  expect(stage.OnFailure).toEqual(
    {
      back: { Result: 'ROLLBACK' },
      'back-unless': { Conditions: [{ Result: 'ROLLBACK', Rules: expect.any(Array) }] },
      'retry-failed': { Result: 'RETRY', RetryConfiguration: { RetryMode: 'FAILED_ACTIONS' } },
      'retry-all': { Result: 'RETRY', RetryConfiguration: { RetryMode: 'ALL_ACTIONS' } },
    }[failure],
  );

  // Each rule, and its permission.
  const places: Array<[string, string, RuleJson[]]> = [
    ...Stages.filter(({ BeforeEntry }) => BeforeEntry).map(({ BeforeEntry }): [string, string, RuleJson[]] => [
      'Entry',
      setting.entry,
      BeforeEntry!.Conditions[0].Rules,
    ]),
    ...(said(setting.success, namesIn(setting.success))
      ? [['Success', setting.success, stage.OnSuccess!.Conditions[0].Rules] as [string, string, RuleJson[]]]
      : []),
    ...(said(setting.failure, namesIn(setting.failure))
      ? [['Failure', setting.failure, stage.OnFailure!.Conditions![0].Rules] as [string, string, RuleJson[]]]
      : []),
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
        expect(rule.Configuration!.AlarmStates).toBe('ALARM');
      }
      for (const { Name } of rule.InputArtifacts ?? []) expect(Name).toBe('Source');
      if (provider === 'Commands' || provider === 'CodeBuild') expect(rule.InputArtifacts).toHaveLength(1);
      for (const grant of grantsFor(gate, place, rule, template)) grants.add(grant);
    });
  }
  const before = grantsOf(bareOf(setting));
  const is = grantsOf(template);
  expect([...before].filter((grant) => !is.has(grant))).toEqual([]);
  expect([...is].filter((grant) => !before.has(grant)).sort()).toEqual(
    [...grants].filter((grant) => !before.has(grant)).sort(),
  );
});
