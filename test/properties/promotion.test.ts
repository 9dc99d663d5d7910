import { aws_cloudwatch as cloudwatch, aws_lambda as lambda, Duration, Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import {
  Approval,
  BuildStep,
  DeliveryPipeline,
  DeploymentEnvironment,
  DeployTarget,
  EntryCondition,
  FailureHandling,
  Gate,
  Notification,
  NotificationEvent,
  PipelineExecutionMode,
  PipelineSource,
  PipelineStage,
  PipelineVariable,
  SuccessCondition,
  TestStep,
  VariableOperator,
  type DeliveryPipelineProps,
  type StepsStageOptions,
} from '../../src';
import type { PipelinePlan } from '../../src/pipeline/pipeline-plan';
import { verdictsOf } from '../helpers/delivery';
import { checkDelivery, planDelivery } from '../helpers/plans';
import { jsonOf, newApp, pipelineOf, rulesOf } from '../helpers/synth';

const note = new PipelineVariable('NOTE', { defaultValue: 'routine' });
const source = PipelineSource.gitHub('acme/shop', 'main');

// Gates as data: what belongs to a stack is made when the stack is there.
type MakeGate = (stack: Stack, id: string) => Gate;
interface GateSeed {
  readonly kind: 'alarm' | 'window' | 'variable' | 'function' | 'commands' | 'build';
  readonly make: MakeGate;
}

/** The words that gates are made of: those that fit, or any. */
interface Words {
  readonly name: fc.Arbitrary<string | undefined>;
  readonly minutes: fc.Arbitrary<number>;
  readonly hours: fc.Arbitrary<[number, number]>;
  readonly cron: fc.Arbitrary<string>;
  readonly timeZone: fc.Arbitrary<string>;
  readonly text: fc.Arbitrary<string>;
  readonly email: fc.Arbitrary<string>;
}

const VALID: Words = {
  name: fc.constant(undefined),
  minutes: fc.integer({ min: 5, max: 86_400 }),
  hours: fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 24 }))
    .filter(([from, until]) => from < until),
  cron: fc.constantFrom(
    '* * 9-16 ? * MON-FRI *',
    '* * 22,23,0-5 ? * * *',
    '* 0-29 * ? * SUN',
    '* * 9-16 1 * ? 2030-2040',
    '* * 9-16 LW * ?',
    '* * 9-16 ? 1-11 6#3',
  ),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'UTC+05:30', 'Asia/Kolkata'),
  text: fc.stringMatching(/^[A-Za-z0-9 ./-]{1,60}$/).filter((text) => text.trim() !== ''),
  email: fc.stringMatching(/^[a-z]{1,8}$/).map((name) => `${name}@example.com`),
};
const WILD: Words = {
  name: fc.option(
    fc.oneof(
      fc.constantFrom('Default', '', 'x y', 'ä', 'z'.repeat(41), 'Function', '__proto__'),
      fc.string({ maxLength: 8 }),
    ),
    { nil: undefined },
  ),
  minutes: fc.oneof(fc.constantFrom(0, 0.5, 4, 86_401), fc.integer({ min: 0, max: 100_000 })),
  hours: fc.tuple(fc.integer({ min: -2, max: 26 }), fc.integer({ min: -2, max: 26 })),
  cron: fc.oneof(
    fc.constantFrom('', '* * *', '* * 9-16 * * MON-FRI *', '* * 25 ? * * *', '0 0 9 1 1 ? 1969', '* * 16-9 ? * *'),
    fc.string({ maxLength: 20 }),
  ),
  timeZone: fc.oneof(
    fc.constantFrom('Berlin', 'Europe/Nowhere', 'utc', 'CET', 'UTC+25:00', ''),
    fc.string({ maxLength: 12 }),
  ),
  text: fc.oneof(
    fc.constantFrom('', '#{', '#{variables.NOBODY}', '#{Source-vars.CommitMessage}', 'a\nb', 'x'.repeat(1001)),
    fc.string({ maxLength: 12 }),
  ),
  email: fc.oneof(fc.constantFrom('', 'nobody', 'a@b', 'a@b.c', 'a/b@c.d'), fc.string({ maxLength: 8 })),
};

function gateSeed({ name, minutes, hours, cron, timeZone, text }: Words): fc.Arbitrary<GateSeed> {
  function of<T>(
    kind: GateSeed['kind'],
    values: fc.Arbitrary<T>,
    make: (value: T, ruleName: string | undefined) => MakeGate,
  ): fc.Arbitrary<GateSeed> {
    return fc.tuple(values, name).map(([value, ruleName]) => ({ kind, make: make(value, ruleName) }));
  }

  return fc.oneof(
    of(
      'alarm',
      fc.option(minutes, { nil: undefined }),
      (wait, ruleName) => (stack, id) =>
        Gate.alarmsHealthy(
          [cloudwatch.Alarm.fromAlarmArn(stack, id, `arn:aws:cloudwatch:eu-west-1:111111111111:alarm:${id}`)],
          { ruleName, waitTime: wait === undefined ? undefined : Duration.seconds(wait * 60) },
        ),
    ),
    of(
      'window',
      fc.tuple(cron, timeZone),
      ([times, zone], ruleName) =>
        () =>
          Gate.deploymentWindow(times, { ruleName, timeZone: zone }),
    ),
    of(
      'window',
      fc.tuple(hours, timeZone),
      ([[fromHour, untilHour], zone], ruleName) =>
        () =>
          Gate.officeHours(zone, { ruleName, fromHour, untilHour }),
    ),
    of(
      'variable',
      fc.tuple(text, fc.constantFrom(...Object.values(VariableOperator))),
      ([value, operator], ruleName) =>
        () =>
          Gate.variable(note.reference(), operator, value, { ruleName }),
    ),
    of(
      'function',
      fc.dictionary(fc.stringMatching(/^[A-Z]{1,5}$/), text, { maxKeys: 2 }),
      (parameters, ruleName) => (stack, id) =>
        Gate.lambdaFunction(lambda.Function.fromFunctionName(stack, id, id), {
          ruleName,
          parameters: { ...parameters },
        }),
    ),
    of(
      'commands',
      fc.array(text, { minLength: 1, maxLength: 3 }),
      (lines, ruleName) => () => Gate.commands(lines, { ruleName }),
    ),
    of(
      'build',
      text,
      (line, ruleName) => (_stack, id) =>
        Gate.buildStep(BuildStep.shell([line === '' ? 'make' : line], { stepName: ruleName ?? id })),
    ),
  );
}

interface StageSeed {
  readonly environment: boolean;
  readonly skip: boolean;
  readonly back: boolean;
  readonly otherwise: 'unsaid' | 'none' | 'back' | 'back-unless' | 'retry-failed' | 'retry-all';
  readonly entry?: readonly GateSeed[];
  readonly success?: readonly GateSeed[];
  readonly failure: readonly GateSeed[];
  readonly approval: ApprovalSeed;
}
interface PersonSeed {
  readonly expiry?: number;
  readonly emails: readonly string[];
  readonly text?: string;
}
type ApprovalSeed = PersonSeed | { readonly all: boolean; readonly of: readonly ApprovalSeed[] };

/** Gates of a condition have unique names: one of each kind is enough to distinguish them. */
function gatesOf(words: Words, wild: boolean) {
  return wild
    ? fc.array(gateSeed(words), { maxLength: 7 })
    : fc.uniqueArray(gateSeed(words), { minLength: 1, maxLength: 5, selector: ({ kind }) => kind });
}

function among(gates: readonly GateSeed[], kinds: ReadonlyArray<GateSeed['kind']>) {
  return gates.filter(({ kind }) => kinds.includes(kind));
}

function approvalSeed({ minutes, email, text }: Words): fc.Arbitrary<ApprovalSeed> {
  const person = fc.record({
    expiry: fc.option(minutes, { nil: undefined }),
    emails: fc.uniqueArray(email, { maxLength: 2 }),
    text: fc.option(text, { nil: undefined }),
  });
  const group = fc.record({ all: fc.boolean(), of: fc.array(person, { minLength: 1, maxLength: 3 }) });
  return fc.oneof(
    person,
    group,
    fc.record({ all: fc.boolean(), of: fc.array(fc.oneof(person, group), { minLength: 1, maxLength: 3 }) }),
  );
}

function stageSeed(words: Words, wild: boolean): fc.Arbitrary<StageSeed> {
  const seed = fc.record({
    environment: fc.boolean(),
    skip: fc.boolean(),
    back: fc.boolean(),
    otherwise: fc.constantFrom(
      'unsaid' as const,
      'none' as const,
      'back' as const,
      'back-unless' as const,
      'retry-failed' as const,
      'retry-all' as const,
    ),
    entry: fc.option(gatesOf(words, wild), { nil: undefined }),
    success: fc.option(gatesOf(words, wild), { nil: undefined }),
    failure: gatesOf(words, wild),
    approval: approvalSeed(words),
  });
  if (wild) return seed;
  return seed.map((one) => ({
    ...one,
    skip: one.skip && one.entry !== undefined && among(one.entry, ['variable', 'function']).length === one.entry.length,
    otherwise:
      one.otherwise === 'back-unless' && among(one.failure, ['alarm', 'function']).length === 0
        ? 'none'
        : one.otherwise,
    failure: among(one.failure, ['alarm', 'function']),
  }));
}

interface Seed {
  readonly stages: readonly StageSeed[];
  readonly mode: PipelineExecutionMode;
  readonly notifications: ReadonlyArray<{ emails: string[]; events: NotificationEvent[] }>;
}

function seedOf(words: Words, wild: boolean): fc.Arbitrary<Seed> {
  return fc.record({
    stages: fc.array(stageSeed(words, wild), { minLength: 1, maxLength: 3 }),
    mode: fc.constantFrom(
      ...Object.values(PipelineExecutionMode).filter((mode) => wild || mode !== PipelineExecutionMode.PARALLEL),
    ),
    notifications: fc.array(
      fc.record({
        emails: fc.uniqueArray(words.email, { minLength: 1, maxLength: 3 }),
        events: fc.uniqueArray(fc.constantFrom(...Object.values(NotificationEvent)), {
          minLength: wild ? 0 : 1,
          maxLength: 4,
        }),
      }),
      { maxLength: 3 },
    ),
  });
}

function approvalOf(seed: ApprovalSeed, name: string, alone = true): Approval {
  if ('of' in seed) {
    const group = seed.of.map((one, i) => approvalOf(one, `${name}${i}`, false));
    return seed.all ? Approval.all(group) : Approval.inOrder(group);
  }
  const { expiry, emails, text } = seed;
  return Approval.manual({
    approvalName: alone ? undefined : name,
    timeout: expiry === undefined ? undefined : Duration.seconds(expiry * 60),
    notifyEmails: [...emails],
    comment: text,
  });
}

function conditionsOf(
  stack: Stack,
  s: number,
  { skip, back, otherwise, entry, success, failure }: StageSeed,
): StepsStageOptions {
  function made(place: string, seeds: readonly GateSeed[]) {
    return seeds.map(({ make }, i) => make(stack, `G${s}${place}${i}`));
  }

  const handling: { [K in StageSeed['otherwise']]: () => FailureHandling | undefined } = {
    unsaid: () => undefined,
    none: FailureHandling.none,
    back: FailureHandling.rollBack,
    'back-unless': () => FailureHandling.rollBackUnless(made('F', failure)),
    'retry-failed': FailureHandling.retryFailedActions,
    'retry-all': FailureHandling.retryAllActions,
  };
  return {
    beforeEntry:
      entry && (skip ? EntryCondition.skipUnless(made('E', entry)) : EntryCondition.failUnless(made('E', entry))),
    onSuccess:
      success &&
      (back ? SuccessCondition.rollBackUnless(made('S', success)) : SuccessCondition.failUnless(made('S', success))),
    onFailure: handling[otherwise](),
  };
}

function propsOf(stack: Stack, { stages, mode, notifications }: Seed): DeliveryPipelineProps {
  return {
    sources: [source],
    variables: [note],
    executionMode: mode,
    notifications: Notification.all(
      notifications.map(({ emails, events }, i) => Notification.email(emails, { audience: `Group${i}`, events })),
    ),
    stages: stages.map((seed, s) => {
      const conditions = conditionsOf(stack, s, seed);
      if (!seed.environment) {
        return PipelineStage.steps(`Stage${s}`, [TestStep.shell(['make test'], { stepName: `Test${s}` })], conditions);
      }
      const approval = approvalOf(seed.approval, 'A');
      return PipelineStage.environment(
        new DeploymentEnvironment(`env${s}`, { target: DeployTarget.staticSite(), approval, ...conditions }),
      );
    }),
  };
}

function keepsTheLaws({ stages: [first, ...stages], executionMode }: PipelinePlan) {
  expect([first.beforeEntry, first.onSuccess, first.onFailure]).toEqual([undefined, undefined, undefined]);
  const names = new Set<string>();
  for (const [i, stage] of stages.entries()) {
    const { beforeEntry, onSuccess, onFailure } = stage;
    const failure = onFailure?.kind === 'roll-back' ? onFailure.rules : [];
    for (const rules of [beforeEntry?.rules, onSuccess?.rules, failure]) expect((rules?.length ?? 0) <= 5).toBe(true);
    for (const { name, configuration } of [...(beforeEntry?.rules ?? []), ...(onSuccess?.rules ?? []), ...failure]) {
      expect(names.has(name)).toBe(false);
      names.add(name);
      expect(name).toMatch(/^[A-Za-z0-9.@\-_]{1,100}$/);
      if (configuration.WaitTime !== undefined) expect(configuration.WaitTime).toMatch(/^[1-9]\d*$/);
    }
    expect(executionMode).not.toBe('PARALLEL');
    const approvals = stage.actions.filter(({ spec }) => spec.kind === 'approval');
    if (approvals.length === 0) continue;
    expect([approvals.length, onSuccess, onFailure]).toEqual([stage.actions.length, undefined, undefined]);
    expect(`${stages[i + 1].name}-Approve`).toBe(stage.name);
    expect(beforeEntry?.result).toBe(stages[i + 1].beforeEntry?.result === 'SKIP' ? 'SKIP' : undefined);
  }
}

test('accepts any valid gates, approvals and notifications', () => {
  fc.assert(
    fc.property(seedOf(VALID, false), (seed) => {
      const props = propsOf(new Stack(newApp(), 'Shop'), seed);
      expect(checkDelivery(props)).toEqual([]);
      keepsTheLaws(planDelivery(props));
    }),
    { numRuns: 200 },
  );
}, 60_000);

test('renders their plans, and grants all permissions that they use', () => {
  fc.assert(
    fc.property(seedOf(VALID, false), (seed) => {
      const stack = new Stack(newApp(), 'Shop');
      const props = propsOf(stack, seed);
      new DeliveryPipeline(stack, 'Delivery', props);
      const template = jsonOf(stack);
      const { stages } = planDelivery(props);
      expect(pipelineOf(template).Stages.map(({ Name }) => Name)).toEqual(stages.map(({ name }) => name));
      expect(rulesOf(template).map(({ rule }) => rule.Name)).toEqual(
        stages.flatMap(({ beforeEntry, onSuccess, onFailure }) =>
          [
            ...(beforeEntry?.rules ?? []),
            ...(onSuccess?.rules ?? []),
            ...(onFailure?.kind === 'roll-back' ? onFailure.rules : []),
          ].map(({ name }) => name),
        ),
      );
      expect(JSON.stringify(template)).not.toContain('${Token[');
      const { denied, unmodelled } = verdictsOf((other) => propsOf(other, seed));
      expect({ denied, unmodelled }).toEqual({ denied: [], unmodelled: [] });
    }),
    { numRuns: 12 },
  );
}, 120_000);

test('reports any of their problems as a sentence', () => {
  let refused = 0;
  fc.assert(
    fc.property(seedOf(WILD, true), (seed) => {
      const problems = checkDelivery(propsOf(new Stack(newApp(), 'Shop'), seed));
      for (const problem of problems) expect(problem).toMatch(/^'[^]*' must [^]*, got [^]*; [^]*$/);
      if (problems.length > 0) refused++;
    }),
    { numRuns: 300 },
  );
  expect(refused).toBeGreaterThan(200);
}, 60_000);

test('throws all problems at once, each with the construct', () => {
  fc.assert(
    fc.property(seedOf(WILD, true), (seed) => {
      const stack = new Stack(newApp(), 'Shop');
      const props = propsOf(stack, seed);
      const problems = checkDelivery(props);
      fc.pre(problems.length > 0 && !problems.some((problem) => problem.includes('\n')));
      let message = '';
      try {
        new DeliveryPipeline(stack, 'Delivery', props);
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message.split('\n')).toEqual(
        [...new Set(problems)].map((problem) => `[DeliveryPipeline Shop/Delivery] ${problem}`),
      );
    }),
    { numRuns: 60 },
  );
}, 60_000);
