import { App, aws_iam as iam, aws_ssm as ssm, CfnParameter, Duration, Stack, Tags, type StackProps } from 'aws-cdk-lib';
import { FreezeState, ReleaseFreeze, type ReleaseFreezeProps } from '../../../src';
import { LOG_RETENTION_RULE } from '../../../src/environments/retention';
import { releaseFreezeFunction } from '../../../src/functions';
import { TYPE, RESOURCE } from '../../../src/pipeline/rules';
import { CONCRETE, jsonOf, PLACES, resolved, resourcesOf, statementsOf, type CfnTemplate } from '../../helpers/synth';

type PropsOf = (stack: Stack) => ReleaseFreezeProps;

function freezeOf(props: PropsOf = () => ({}), stackProps?: StackProps) {
  const stack = new Stack(new App(), 'Shop', stackProps);
  return { stack, freeze: new ReleaseFreeze(stack, 'Freeze', props(stack)) };
}

function templateOf(props?: PropsOf, stackProps?: StackProps) {
  return jsonOf(freezeOf(props, stackProps).stack);
}

function parametersOf(template: CfnTemplate) {
  return resourcesOf(template, 'AWS::SSM::Parameter').map(([, { Properties }]) => Properties);
}

function functionOf(template: CfnTemplate) {
  return resourcesOf(template, 'AWS::Lambda::Function')[0][1].Properties as Record<string, any>;
}

/** Permissions, with references by logical id. */
function allowed(template: CfnTemplate) {
  return statementsOf(template).map(
    ({ statement }) => [[statement.Action].flat(), JSON.stringify(statement.Resource)] as const,
  );
}

function existing(stack: Stack) {
  return ssm.StringParameter.fromStringParameterName(stack, 'Existing', '/acme/freeze');
}

test('creates parameters with descriptive names and neutral initial values', () => {
  expect(parametersOf(templateOf())).toEqual([
    {
      Type: 'String',
      Name: expect.stringMatching(/^\/release-freeze\/Shop-Freeze-[0-9a-f]{8}\/switch$/),
      Value: 'open (as deployed)',
      Description: "'open' allows releases; 'frozen <reason>' blocks them",
    },
    {
      Type: 'String',
      Name: expect.stringMatching(/^\/release-freeze\/Shop-Freeze-[0-9a-f]{8}\/break-glass$/),
      Value: 'none',
      Description: expect.stringContaining("'<pipeline>: <reason>'"),
    },
  ]);
});

test('keeps the template of parameters independent of props, which would restore their values', () => {
  const other = templateOf(() => ({ breakGlassDuration: Duration.minutes(5), recordRetention: Duration.days(30) }));
  expect(parametersOf(other)).toEqual(parametersOf(templateOf()));
});

test('ignores the initial value of the parameter', () => {
  const { stack } = freezeOf();
  Tags.of(stack).add('team', 'web');
  const template = jsonOf(stack);
  const [{ Value }] = parametersOf(template);
  expect(functionOf(template).Environment.Variables.AS_DEPLOYED).toBe(Value);
  expect(releaseFreezeFunction()).toContain('AS_DEPLOYED');
});

test('has an inline function with its configuration', () => {
  const template = templateOf(() => ({ breakGlassDuration: Duration.minutes(30) }));
  const [[switchId], [breakGlassId]] = resourcesOf(template, 'AWS::SSM::Parameter');
  expect(functionOf(template)).toMatchObject({
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { ZipFile: releaseFreezeFunction() },
    Environment: {
      Variables: {
        SWITCH_PARAMETER: { Ref: switchId },
        BREAK_GLASS_PARAMETER: { Ref: breakGlassId },
        BREAK_GLASS_MINUTES: '30',
      },
    },
  });
  expect(functionOf(template).Environment.Variables).not.toHaveProperty('CALENDARS');
  expect(functionOf(template)).not.toHaveProperty('ReservedConcurrentExecutions');
  expect(template.Parameters).toEqual({ BootstrapVersion: expect.anything() });
});

test('has a function timeout above that of its calls', () => {
  const [, milliseconds] = /timeout\((\d+)\)/.exec(releaseFreezeFunction())!;
  // The switch, two or three pages of its history, the break-glass parameter.
  expect(functionOf(templateOf()).Timeout * 1000).toBeGreaterThan(5 * Number(milliseconds));
});

test('retains the log group with a configurable retention and a generated name', () => {
  function recordOf(props?: PropsOf) {
    return resourcesOf(templateOf(props), 'AWS::Logs::LogGroup');
  }

  const [[id, record]] = recordOf();
  expect(record).toMatchObject({
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: { RetentionInDays: 365 },
  });
  expect(record.Properties).not.toHaveProperty('LogGroupName');
  expect(functionOf(templateOf()).LoggingConfig).toEqual({ LogGroup: { Ref: id } });
  expect(recordOf(() => ({ recordRetention: Duration.days(3653) }))[0][1].Properties.RetentionInDays).toBe(3653);
});

describe('permissions of the function', () => {
  const answer = [['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'], '"*"'];
  const record = [['logs:CreateLogStream', 'logs:PutLogEvents'], expect.stringContaining('"FreezeRecord')];
  const readGlass = [['ssm:GetParameter'], expect.stringContaining('"FreezeBreakGlass')];

  test('allow reading its parameters, reporting and logging', () => {
    const template = templateOf();
    expect(allowed(template)).toEqual([
      readGlass,
      [['ssm:GetParameter', 'ssm:GetParameterHistory'], expect.stringContaining('"FreezeSwitch')],
      answer,
      record,
    ]);
    const [[, role], ...others] = resourcesOf(template, 'AWS::IAM::Role');
    expect(others).toEqual([]);
    expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  test('allow reading an existing parameter', () => {
    expect(allowed(templateOf((stack) => ({ freezeState: FreezeState.existingParameter(existing(stack)) })))).toEqual([
      readGlass,
      [['ssm:GetParameter', 'ssm:GetParameterHistory'], expect.stringContaining(':parameter/acme/freeze"')],
      answer,
      record,
    ]);
  });

  test('allow reading the state of its calendars', () => {
    const shared = 'arn:aws:ssm:eu-west-1:222222222222:document/sales';
    const template = templateOf(() => ({ freezeState: FreezeState.changeCalendar(['holidays', shared]) }));
    const [, [actions, calendars], ...rest] = allowed(template);
    expect([actions, (JSON.parse(calendars) as unknown[]).map(resolved)]).toEqual([
      ['ssm:GetCalendarState'],
      [expect.stringMatching(/^arn:x+:ssm:x+:x+:document\/holidays$/), shared],
    ]);
    expect(rest).toEqual([answer, record]);
    expect(functionOf(template).Environment.Variables).toEqual({
      CALENDARS: `holidays,${shared}`,
      BREAK_GLASS_PARAMETER: expect.anything(),
      BREAK_GLASS_MINUTES: '60',
    });
  });

  test('allow reading a calendar whose name is a token', () => {
    const { stack } = freezeOf((scope) => ({
      freezeState: FreezeState.changeCalendar([new CfnParameter(scope, 'Calendar').valueAsString, 'holidays']),
    }));
    expect(functionOf(jsonOf(stack)).Environment.Variables.CALENDARS).toEqual({
      'Fn::Join': ['', [{ Ref: 'Calendar' }, ',holidays']],
    });
    expect(allowed(jsonOf(stack))[1][1]).toContain('{"Ref":"Calendar"}');
  });
});

test('grants writing the freeze parameter and the break-glass parameter separately', () => {
  const { stack, freeze } = freezeOf();
  freeze.grantFreeze(new iam.Role(stack, 'Managers', { assumedBy: new iam.AccountRootPrincipal() }));
  freeze.grantBreakGlass(new iam.Role(stack, 'OnCall', { assumedBy: new iam.AccountRootPrincipal() }));

  function of(id: string) {
    return statementsOf(jsonOf(stack))
      .filter(({ holder }) => holder.startsWith(id))
      .map(({ statement }) => [statement.Action, JSON.stringify(statement.Resource)]);
  }

  expect(of('Managers')).toEqual([
    [['ssm:GetParameter', 'ssm:PutParameter'], expect.stringContaining('"FreezeSwitch')],
  ]);
  expect(of('OnCall')).toEqual([
    [['ssm:GetParameter', 'ssm:PutParameter'], expect.stringContaining('"FreezeBreakGlass')],
  ]);
});

test('rejects grantFreeze with calendars', () => {
  const { freeze, stack } = freezeOf(() => ({ freezeState: FreezeState.changeCalendar(['holidays']) }));
  expect(freeze.freezeParameter).toBeUndefined();
  expect(() =>
    freeze.grantFreeze(new iam.Role(stack, 'Managers', { assumedBy: new iam.AccountRootPrincipal() })),
  ).toThrow(
    "[ReleaseFreeze Shop/Freeze] 'freezeState' must be a parameter to call grantFreeze, got \"change " +
      'calendars"; allow ssm:PutCalendar on their documents instead',
  );
});

test.each(Object.keys(PLACES))('can be created in %s', (place) => {
  expect(
    resourcesOf(
      PLACES[place]((stack, id) => new ReleaseFreeze(stack, id)),
      'AWS::Lambda::Function',
    ),
  ).toHaveLength(1);
});

test('has unique names for two freezes in an account', () => {
  const app = new App();
  const stacks = ['A', 'B'].map((id) => new Stack(app, id, CONCRETE));
  for (const stack of stacks) for (const id of ['Freeze', 'Other']) new ReleaseFreeze(stack, id);
  const names = stacks.flatMap((stack) => parametersOf(jsonOf(stack)).map(({ Name }) => Name));
  expect(new Set(names).size).toBe(8);
});

test.each<[string, PropsOf, string]>([
  [
    'a break-glass duration of 4 minutes',
    () => ({ breakGlassDuration: Duration.minutes(4) }),
    "'breakGlassDuration' must be a whole number of minutes between 5 and 1440, got 4; choose a value in that range",
  ],
  [
    'a break-glass duration of more than a day',
    () => ({ breakGlassDuration: Duration.minutes(1441) }),
    "'breakGlassDuration' must be a whole number of minutes between 5 and 1440, got 1441; choose a value in that range",
  ],
  [
    'a break-glass duration of seconds',
    () => ({ breakGlassDuration: Duration.seconds(330) }),
    "'breakGlassDuration' must be a whole number of minutes between 5 and 1440, got 5.5; choose a value in that range",
  ],
  [
    'a record of 100 days',
    () => ({ recordRetention: Duration.days(100) }),
    `'recordRetention' must ${LOG_RETENTION_RULE}, got 100; choose a retention that CloudWatch Logs supports`,
  ],
  [
    'no calendars',
    () => ({ freezeState: FreezeState.changeCalendar([]) }),
    "'freezeState.calendars' must contain at least one change calendar, got []; pass the names of " +
      "calendars, e.g. ['company-holidays']",
  ],
  [
    'a calendar with a space',
    () => ({ freezeState: FreezeState.changeCalendar(['ok-calendar', 'my calendar']) }),
    "'freezeState.calendars[1]' must be the name of a document (3 to 128 letters, digits, '_', '-' and '.') or " +
      'its ARN, got "my calendar"; copy it from the list of calendars of Systems Manager',
  ],
  [
    'another ARN',
    () => ({ freezeState: FreezeState.changeCalendar(['arn:aws:ssm:eu-west-1:111111111111:parameter/x']) }),
    "'freezeState.calendars[0]' must be the name of a document (3 to 128 letters, digits, '_', '-' and '.') or " +
      'its ARN, got "arn:aws:ssm:eu-west-1:111111111111:parameter/x"; copy it from the list of calendars of ' +
      'Systems Manager',
  ],
  [
    'a switch that is none',
    () => ({ freezeState: 'frozen' as never }),
    '\'freezeState\' must be a FreezeState, got "frozen"; use e.g. FreezeState.parameter()',
  ],
  [
    'a break-glass duration that is a number',
    () => ({ breakGlassDuration: 30 as never }),
    `'breakGlassDuration' must be ${TYPE.duration}, got 30; pass a duration, e.g. Duration.minutes(30)`,
  ],
  [
    'a calendar that is none',
    () => ({ freezeState: FreezeState.changeCalendar([undefined as never]) }),
    `'freezeState.calendars[0]' must be ${TYPE.string}, got nothing; pass a string`,
  ],
  [
    'no parameter',
    () => ({ freezeState: FreezeState.existingParameter(undefined as unknown as ssm.IParameter) }),
    `'freezeState.parameter' must be ${RESOURCE.parameter}, got nothing; pass e.g. ` +
      `ssm.StringParameter.fromStringParameterName(this, 'Switch', '/acme/release-freeze')`,
  ],
  [
    'a name with a space',
    () => ({ freezeState: FreezeState.parameter({ parameterName: '/a b' }) }),
    "'freezeState.parameterName' must consist of letters, digits, '_', '.', '-' and '/', got \"/a b\"; choose a " +
      "name such as '/acme/release-freeze'",
  ],
  [
    'a path without its beginning',
    () => ({ freezeState: FreezeState.parameter({ parameterName: 'acme/freeze' }) }),
    "'freezeState.parameterName' must begin with '/' if it contains '/', got \"acme/freeze\"; use '/acme/freeze'",
  ],
  [
    'a name of AWS',
    () => ({ freezeState: FreezeState.parameter({ parameterName: '/Aws/freeze' }) }),
    "'freezeState.parameterName' must not begin with 'aws' or 'ssm', which Systems Manager reserves, got " +
      '"/Aws/freeze"; choose another name',
  ],
])('%s', (_name, props, message) =>
  expect(() => freezeOf(props)).toThrow(new Error(`[ReleaseFreeze Shop/Freeze] ${message}`)),
);

test('reports all problems at once', () => {
  const wrong = {
    freezeState: FreezeState.changeCalendar([]),
    breakGlassDuration: Duration.minutes(1),
    recordRetention: Duration.days(2),
  };
  expect(() => freezeOf(() => wrong)).toThrow(/'freezeState[^\n]*\n[^\n]*'breakGlass[^\n]*\n[^\n]*'recordRetention/);
});

test('accepts an explicit name', () => {
  expect(
    parametersOf(
      templateOf(() => ({ freezeState: FreezeState.parameter({ parameterName: '/acme/release-freeze' }) })),
    )[0].Name,
  ).toBe('/acme/release-freeze');
  expect(
    parametersOf(templateOf(() => ({ freezeState: FreezeState.parameter({ parameterName: 'freeze' }) })))[0].Name,
  ).toBe('freeze');
});
