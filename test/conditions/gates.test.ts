import {
  aws_cloudwatch as cloudwatch,
  aws_codepipeline_actions as actions,
  aws_lambda as lambda,
  Duration,
  Stack,
} from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import {
  Approval,
  BuildStep,
  CustomStep,
  DeliveryPipeline,
  DeploymentEnvironment,
  type DeploymentEnvironmentOptions,
  DeployTarget,
  EntryCondition,
  FailureHandling,
  Gate,
  type GateOptions,
  PipelineSource,
  PipelineStage,
  PipelineVariable,
  SuccessCondition,
  TestStep,
  VariableOperator,
} from '../../src';
import { STEP_NAME } from '../../src/aws/limits';
import type { PipelinePlan } from '../../src/pipeline/pipeline-plan';
import { NO_DUPLICATES, consistOf, DECLARED_VARIABLES, EARLIER_VARIABLES } from '../../src/pipeline/rules';
import { NO_FREE_TEXT } from '../../src/pipeline/validation/variable-uses';
import { complaints, delivery, type DeliveryOf, source } from '../helpers/delivery';
import { planDelivery } from '../helpers/plans';
import { type CfnTemplate, jsonOf, pipelineOf, statementsOf } from '../helpers/synth';

const stack = new Stack();

function alarm(id: string) {
  return new cloudwatch.Alarm(stack, id, {
    metric: new cloudwatch.Metric({ namespace: 'Shop', metricName: id }),
    threshold: 1,
    evaluationPeriods: 1,
  });
}

const [errors, slow] = [alarm('Errors'), alarm('Slow')];
const note = new PipelineVariable('NOTE', { defaultValue: 'x' });

function environment(options: DeploymentEnvironmentOptions): DeliveryOf {
  return () => ({
    variables: [note],
    stages: [
      PipelineStage.environment(new DeploymentEnvironment('live', { target: DeployTarget.staticSite(), ...options })),
    ],
  });
}

function stageOf(plan: PipelinePlan, name = 'live') {
  return plan.stages.find((stage) => stage.name === name)!;
}

function planOf(options: DeploymentEnvironmentOptions) {
  return stageOf(planDelivery({ sources: [source], ...environment(options)(stack) }));
}

function entry(gate: Gate) {
  return planOf({ beforeEntry: EntryCondition.failUnless([gate]) }).beforeEntry!.rules;
}

function success(gate: Gate) {
  return planOf({ onSuccess: SuccessCondition.failUnless([gate]) }).onSuccess!.rules;
}

describe('plan of a gate', () => {
  test.each<[string, Gate, object]>([
    ['a window', Gate.deploymentWindow('* 0-29 6 1W * ?'), { Cron: '* 0-29 6 1W * ?', TimeZone: 'UTC' }],
    ['office hours', Gate.officeHours('Europe/Berlin'), { Cron: '* * 9-16 ? * MON-FRI *', TimeZone: 'Europe/Berlin' }],
    [
      'one office hour',
      Gate.officeHours('UTC', { fromHour: 0, untilHour: 1, days: 'SUN' }),
      { Cron: '* * 0 ? * SUN *', TimeZone: 'UTC' },
    ],
    [
      'a variable',
      Gate.variable(note.reference(), VariableOperator.MATCHES, '^v.*$'),
      { Variable: '#{variables.NOTE}', Operator: 'MATCHES', Value: '^v.*$' },
    ],
    ['a quiet alarm before entry, looked at once', Gate.alarmsHealthy([errors]), { AlarmStates: 'ALARM' }],
    [
      'an alarm that may recover',
      Gate.alarmsHealthy([errors], { waitTime: Duration.hours(2) }),
      { AlarmStates: 'ALARM', WaitTime: '120' },
    ],
  ])('%s', (_name, gate, configuration) => {
    expect(entry(gate).map((rule) => rule.configuration)).toEqual([configuration]);
  });

  test('monitors alarms for 15 minutes by default, with one rule for each', () => {
    expect(success(Gate.alarmsHealthy([errors, slow])).map(({ name, configuration }) => [name, configuration])).toEqual(
      [
        ['live-Success-Alarm', { AlarmStates: 'ALARM', WaitTime: '15' }],
        ['live-Success-Alarm2', { AlarmStates: 'ALARM', WaitTime: '15' }],
      ],
    );
  });

  test('names rules after their stage, condition and kind or name', () => {
    const gates = [
      Gate.officeHours('UTC'),
      Gate.commands(['true']),
      Gate.variable(note.reference(), VariableOperator.EQUALS, 'y', { ruleName: 'Wanted' }),
    ];
    expect(
      planOf({ beforeEntry: EntryCondition.failUnless(gates) }).beforeEntry!.rules.map(({ name }) => name),
    ).toEqual(['live-Entry-Window', 'live-Entry-Commands', 'live-Entry-Wanted']);
  });

  test('skips the approval together with the environment', () => {
    const skip = EntryCondition.skipUnless([Gate.variable(note.reference(), VariableOperator.EQUALS, 'y')]);
    const { stages } = planDelivery({
      sources: [source],
      variables: [note],
      stages: ['test', 'live'].map((name) =>
        PipelineStage.environment(
          new DeploymentEnvironment(name, { target: DeployTarget.staticSite(), beforeEntry: skip }),
        ),
      ),
    });
    expect(stages.map(({ name, beforeEntry }) => [name, beforeEntry?.result])).toEqual([
      ['Source', undefined],
      ['test', 'SKIP'],
      ['live-Approve', 'SKIP'],
      ['live', 'SKIP'],
    ]);
  });

  test('requests the approval before a condition that fails the stage', () => {
    const { stages } = planDelivery({
      sources: [source],
      stages: ['test', 'live'].map((name) =>
        PipelineStage.environment(
          new DeploymentEnvironment(name, {
            target: DeployTarget.staticSite(),
            beforeEntry: EntryCondition.failUnless([Gate.officeHours('UTC')]),
          }),
        ),
      ),
    });
    expect(stageOf({ stages } as unknown as PipelinePlan, 'live-Approve').beforeEntry).toBeUndefined();
  });

  test('rolls back environments by default, but not other stages', () => {
    expect(planOf({}).onFailure).toEqual({ kind: 'roll-back', path: 'stages[0].environment.onFailure', rules: [] });
    expect(planOf({ onFailure: FailureHandling.none() }).onFailure).toBeUndefined();
    expect(planOf({ onFailure: FailureHandling.retryAllActions() }).onFailure).toEqual({
      kind: 'retry',
      path: 'stages[0].environment.onFailure',
      mode: 'ALL_ACTIONS',
    });
    expect(
      planOf({ onFailure: FailureHandling.rollBackUnless([Gate.alarmsHealthy([errors])]) }).onFailure,
    ).toMatchObject({ kind: 'roll-back', rules: [{ name: 'live-Failure-Alarm', configuration: {} }] });
  });

  test('provides the environment and its tests to success conditions', () => {
    const test = TestStep.shell(['./measure.sh'], { exportedVariables: ['SPEED'] });
    const { onSuccess } = planOf({
      tests: [test],
      onSuccess: SuccessCondition.failUnless([
        Gate.variable(test.variable('SPEED'), VariableOperator.EQUALS, 'fast'),
        Gate.buildStep(BuildStep.shell(['true'], { stepName: 'Smoke' })),
      ]),
    });
    expect(onSuccess!.rules.map(({ name, tests, configuration }) => [name, tests, configuration])).toEqual([
      ['live-Success-Variable', 'live', { Variable: '#{Test-live-vars.SPEED}', Operator: 'EQ', Value: 'fast' }],
      ['live-Success-Smoke', 'live', {}],
    ]);
  });
});

describe('permissions of a gate', () => {
  function rendered(conditions: (stack: Stack) => DeploymentEnvironmentOptions): CfnTemplate {
    return jsonOf(delivery((own) => environment(conditions(own))(own)).stack);
  }

  function newFunction(own: Stack) {
    return new lambda.Function(own, 'Ask', {
      code: lambda.Code.fromInline('x'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_22_X,
    });
  }

  function allowedTo(template: CfnTemplate, what: string) {
    return statementsOf(template)
      .filter(({ statement: { Action } }) => [Action].flat().includes(what))
      .map(({ holder, statement: { Resource } }) => [holder.replace(/[0-9A-F]{8}$/, ''), Resource]);
  }

  test('allows the pipeline to invoke a function, and the function to report results', () => {
    const template = rendered((own) => ({
      beforeEntry: EntryCondition.failUnless([
        Gate.lambdaFunction(newFunction(own), { parameters: { level: 'high' } }),
      ]),
    }));
    expect(allowedTo(template, 'lambda:InvokeFunction')).toEqual([
      ['DeliveryRolePolicy', { 'Fn::GetAtt': [expect.stringMatching(/^Ask/), 'Arn'] }],
    ]);
    expect(allowedTo(template, 'codepipeline:PutJobSuccessResult')).toEqual([['AskServiceRoleDefaultPolicy', '*']]);
    expect(allowedTo(template, 'lambda:ListFunctions')).toEqual([]);
    expect(JSON.stringify(pipelineOf(template).Stages)).toContain('"UserParameters":"{\\"level\\":\\"high\\"}"');
  });

  test('passes the outputs of the environment to a function on success', () => {
    const template = rendered((own) => ({
      onSuccess: SuccessCondition.failUnless([Gate.lambdaFunction(newFunction(own))]),
    }));
    expect(JSON.stringify(pipelineOf(template).Stages)).toMatch(
      /"UserParameters":\{"Fn::Join":\["",\["\{\\"SITE_URL\\":/,
    );
  });

  test('allows the pipeline to describe only this alarm', () => {
    const template = rendered((own) => ({
      onSuccess: SuccessCondition.rollBackUnless([
        Gate.alarmsHealthy([
          new cloudwatch.Alarm(own, 'Alarm', {
            metric: new cloudwatch.Metric({ namespace: 'Shop', metricName: 'E' }),
            threshold: 1,
            evaluationPeriods: 1,
          }),
        ]),
      ]),
    }));
    expect(allowedTo(template, 'cloudwatch:DescribeAlarms')).toEqual([
      ['DeliveryRolePolicy', { 'Fn::GetAtt': [expect.stringMatching(/^Alarm/), 'Arn'] }],
    ]);
  });

  test('runs commands under a separate role that only the pipeline may assume', () => {
    const template = rendered(() => ({ beforeEntry: EntryCondition.failUnless([Gate.commands(['test -f go'])]) }));
    const [rule] = (
      pipelineOf(template).Stages.find(({ Name }) => Name === 'live') as unknown as {
        BeforeEntry: { Conditions: [{ Rules: Array<{ RoleArn: { 'Fn::GetAtt': string[] } }> }] };
      }
    ).BeforeEntry.Conditions[0].Rules;
    expect(rule).toMatchObject({ Commands: ['test -f go'], Configuration: {}, InputArtifacts: [{ Name: 'Source' }] });
    const role = rule.RoleArn['Fn::GetAtt'][0];
    expect(role).toMatch(/^DeliveryliveEntryCommandsRole/);
    expect(allowedTo(template, 'sts:AssumeRole').flatMap(([, roles]) => roles)).toContainEqual({
      'Fn::GetAtt': [role, 'Arn'],
    });
  });
});

describe('warnings with ids for acknowledgement', () => {
  function warned(options: DeploymentEnvironmentOptions) {
    return Annotations.fromStack(delivery(environment(options)).stack)
      .findWarning('*', Match.anyValue())
      .map(({ entry: { data } }) => data);
  }

  test('warns of an alarm beside a window in an entry condition only', () => {
    const imported = cloudwatch.Alarm.fromAlarmArn(
      new Stack(),
      'Named',
      'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:errors',
    );
    const gates = [Gate.officeHours('UTC'), Gate.alarmsHealthy([imported])];
    expect(warned({ beforeEntry: EntryCondition.failUnless(gates) })).toEqual([
      expect.stringMatching(/^The alarms before 'live' .*\[ack: cdk-pipeline-patterns:alarm-before-window\[live\]\]$/),
    ]);
    expect(
      warned({
        beforeEntry: EntryCondition.failUnless([gates[0]]),
        onSuccess: SuccessCondition.failUnless([gates[1]]),
      }),
    ).toEqual([]);
  });

  test('warns of a window of single minutes', () => {
    expect(
      warned({ beforeEntry: EntryCondition.failUnless([Gate.deploymentWindow('0 0 9-17 ? * MON-FRI *')]) }),
    ).toEqual([expect.stringContaining('cdk-pipeline-patterns:window-minutes[live-Entry-Window]')]);
  });
});

function named(ruleName: string): GateOptions {
  return { ruleName };
}

function before(...gates: Gate[]) {
  return environment({ beforeEntry: EntryCondition.failUnless(gates) });
}

const RULE_COUNT = "'stages[0].environment.beforeEntry' must contain 1 to 5 rules (each alarm counts as a rule), got";

/** What the service or we refuse, and the words for it. */
const REFUSED: Array<[string, DeliveryOf, string[]]> = [
  ['no gate', before(), [`${RULE_COUNT} 0; add a gate, or remove the condition`]],
  [
    'six rules',
    before(...'abcdef'.split('').map((ruleName) => Gate.officeHours('UTC', { ruleName }))),
    [`${RULE_COUNT} 6; combine several checks in one function`],
  ],
  [
    'no alarm',
    before(Gate.alarmsHealthy([])),
    [
      "'stages[0].environment.beforeEntry.gates[0].alarms' must contain at least one alarm, got []; add " +
        'one, or remove the gate',
    ],
  ],
  [
    'an alarm twice',
    before(Gate.alarmsHealthy([errors, errors])),
    [
      `'stages[0].environment.beforeEntry.gates[0].alarms' must ${NO_DUPLICATES}, got "Default/Errors"; ` +
        'remove one of them',
    ],
  ],
  [
    'half a minute',
    before(Gate.alarmsHealthy([errors], { waitTime: Duration.seconds(30) })),
    [
      "'stages[0].environment.beforeEntry.gates[0].waitTime' must be a whole number of minutes " +
        'between 1 and 86400, got 0.5; choose a value in that range',
    ],
  ],
  [
    'a composite alarm',
    before(
      Gate.alarmsHealthy([
        new cloudwatch.CompositeAlarm(stack, 'Both', { alarmRule: cloudwatch.AlarmRule.fromBoolean(true) }),
      ]),
    ),
    [
      "'stages[0].environment.beforeEntry.gates[0].alarms[0]' must be a metric alarm, got \"a composite " +
        'alarm"; pass the alarms that it is composed of; each becomes a rule',
    ],
  ],
  [
    'two windows without names',
    before(Gate.officeHours('UTC'), Gate.deploymentWindow('* * 1 ? * SUN *')),
    ['\'stages\' must have unique rule names, got "live-Entry-Window"; set ruleName on one of the gates'],
  ],
  [
    'a name that is none',
    before(Gate.officeHours('UTC', named('a b'))),
    [`'stages[0].environment.beforeEntry.gates[0].ruleName' must ${consistOf(STEP_NAME)}, got ` + '"a b"; rename it'],
  ],
  [
    'hours that do not exist',
    before(Gate.officeHours('UTC', { untilHour: 25 })),
    [
      "'stages[0].environment.beforeEntry.gates[0].untilHour' must be a whole number of hours " +
        'between 1 and 24, got 25; choose a value in that range',
    ],
  ],
  [
    'a time zone that does not exist',
    before(Gate.officeHours('Mars/Base')),
    [
      "'stages[0].environment.beforeEntry.gates[0].timeZone' must be a region and a city of the time zone " +
        "database, got \"Mars/Base\"; write e.g. 'Europe/Berlin', 'UTC' or 'UTC+01:00'",
    ],
  ],
  [
    'a variable that no list contains',
    () => ({
      stages: [
        PipelineStage.steps('Work', [BuildStep.shell(['true'])], {
          beforeEntry: EntryCondition.failUnless([Gate.variable(note.reference(), VariableOperator.EQUALS, 'y')]),
        }),
      ],
    }),
    [
      `'stages[0].beforeEntry.gates[0].variable' must ${DECLARED_VARIABLES}, got ` +
        '"#{variables.NOTE}"; add it to \'variables\'',
    ],
  ],
  [
    'a variable that comes later',
    () => {
      const build = BuildStep.shell(['true'], { exportedVariables: ['V'] });
      return {
        stages: [
          PipelineStage.steps('Work', [build], {
            beforeEntry: EntryCondition.failUnless([Gate.variable(build.variable('V'), VariableOperator.EQUALS, 'y')]),
          }),
        ],
      };
    },
    [
      `'stages[0].beforeEntry.gates[0].variable' must ${EARLIER_VARIABLES}, got ` +
        "\"#{Build-vars.V}\"; 'Build' runs at the same time or later; move it before this step, or set 'after' " +
        'on this step',
    ],
  ],
  [
    'free text in a command',
    before(Gate.commands([`echo ${note.reference()}`])),
    [
      `'stages[0].environment.beforeEntry.gates[0].commands' must ${NO_FREE_TEXT}, got ` +
        `"#{variables.NOTE}"; its value could inject commands; compare it with Gate.variable, or use an id ` +
        `or a digest`,
    ],
  ],
  [
    'a build with an artifact',
    before(Gate.buildStep(BuildStep.shell(['true'], { outputDirectory: 'out' }))),
    [
      '\'stages[0].environment.beforeEntry.gates[0].buildStep\' must not produce artifacts in a gate, got ["Build"]; ' +
        'remove outputDirectory, since a rule has no outputs, or run the build as a step',
    ],
  ],
  [
    'a build without a project',
    before(Gate.buildStep(BuildStep.commands(['true']))),
    [
      "'stages[0].environment.beforeEntry.gates[0].buildStep' must be a step with a CodeBuild " +
        'project, got "Commands"; use BuildStep.shell or BuildStep.project, or Gate.commands',
    ],
  ],
  [
    'skipping after a window',
    environment({ beforeEntry: EntryCondition.skipUnless([Gate.officeHours('UTC')]) }),
    [
      "'stages[0].environment.beforeEntry' must contain only variable and function gates, because it " +
        'skips the stage, got "DeploymentWindow"; use EntryCondition.failUnless, or evaluate the ' +
        'condition in a function',
    ],
  ],
  [
    'rolling back because of a variable',
    environment({
      onFailure: FailureHandling.rollBackUnless([Gate.variable(note.reference(), VariableOperator.EQUALS, 'y')]),
    }),
    [
      '\'stages[0].environment.onFailure\' must contain only alarm and function gates, got "VariableCheck"; AWS ' +
        'does not document other rules on the failure of a stage; use FailureHandling.rollBack()',
    ],
  ],
  [
    'rolling back unless nothing',
    environment({ onFailure: FailureHandling.rollBackUnless([]) }),
    [
      "'stages[0].environment.onFailure.gates' must contain at least one gate, got []; add one, or use " +
        'FailureHandling.rollBack()',
    ],
  ],
  [
    'using what may not be there',
    () => ({
      variables: [note],
      stages: [
        PipelineStage.steps('Build', [BuildStep.nodeJs()], {
          beforeEntry: EntryCondition.skipUnless([Gate.variable(note.reference(), VariableOperator.EQUALS, 'y')]),
        }),
        PipelineStage.environment(new DeploymentEnvironment('live', { target: DeployTarget.staticSite() })),
      ],
    }),
    [
      "'stages[1].environment.target' must not use artifacts or variables of 'Build', which may be skipped, got " +
        '"Build"; move the step that produces it to a separate stage, which always runs',
    ],
  ],
];

test('rejects uses of artifacts of other actions in a stage that may be skipped', () => {
  expect(
    complaints((own) => {
      const fn = lambda.Function.fromFunctionName(own, 'Fn', 'fn');
      const invoke = new actions.LambdaInvokeAction({ actionName: 'Ask', lambda: fn });
      const skip = EntryCondition.skipUnless([Gate.variable(note.reference(), VariableOperator.EQUALS, 'y')]);
      return {
        variables: [note],
        stages: [
          PipelineStage.steps('First', [CustomStep.action(invoke)], { beforeEntry: skip }),
          PipelineStage.approval('Go', Approval.manual({ comment: invoke.variable('answer') })),
        ],
      };
    }),
  ).toEqual([
    expect.stringMatching(
      /^'stages\[1\]\.approval' must not use artifacts or variables of 'First', which may be skipped, got /,
    ),
  ]);
});

test.each(REFUSED)('rejects %s', (_name, props, expected) => {
  expect(complaints(props)).toEqual(expected);
});

test('reports a value that is not a gate', () => {
  expect(
    complaints(
      environment({ beforeEntry: EntryCondition.failUnless([Gate.officeHours('UTC'), 3 as unknown as Gate]) }),
    ),
  ).toEqual([
    "'stages[0].environment.beforeEntry.gates[1]' must be a Gate, got 3; use one, e.g. " +
      "Gate.officeHours('Europe/Berlin')",
  ]);
});

test('accepts the same gate in several pipelines and conditions', () => {
  const own = new Stack();
  const gate = Gate.officeHours('Europe/Berlin');
  for (const id of ['A', 'B']) {
    new DeliveryPipeline(own, id, {
      sources: [PipelineSource.gitHub('acme/shop', 'main')],
      stages: [
        PipelineStage.steps('Work', [BuildStep.shell(['true'])], {
          beforeEntry: EntryCondition.failUnless([gate]),
          onSuccess: SuccessCondition.failUnless([gate]),
        }),
      ],
    });
  }
  expect(JSON.stringify(jsonOf(own)).match(/Work-(Entry|Success)-Window/g)).toHaveLength(4);
});
