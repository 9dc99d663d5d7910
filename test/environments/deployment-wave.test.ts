import { aws_cloudwatch as cloudwatch, Duration, Lazy, Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import {
  Approval,
  BuildStep,
  DeploymentEnvironment,
  DeploymentWave,
  DeployTarget,
  EntryCondition,
  FailureHandling,
  Gate,
  PipelineExecutionMode,
  PipelineStage,
  PipelineVariable,
  SuccessCondition,
  TestStep,
  VariableOperator,
  type DeploymentEnvironmentOptions,
  type DeploymentWaveOptions,
  type ReleaseDestination,
} from '../../src';
import { STEP_NAME, PIPELINE_LIMITS } from '../../src/aws/limits';
import type { StagePlan } from '../../src/pipeline/pipeline-plan';
import { atLeastOne } from '../../src/pipeline/problems';
import {
  A_TARGET,
  UNIQUE_STAGES,
  consistOf,
  ONE_ENVIRONMENT_PER_STACK,
  wholeNumber,
  ruleCount,
} from '../../src/pipeline/rules';
import { NOT_PARALLEL } from '../../src/pipeline/validation/execution-mode';
import { deliveryTemplate, complaints, source, verdictsOf, type DeliveryOf } from '../helpers/delivery';
import { planDelivery, checkWebApp, planWebApp } from '../helpers/plans';
import { pipelineOf, templateOf, webApp } from '../helpers/synth';

function env(name: string, options?: DeploymentEnvironmentOptions) {
  return new DeploymentEnvironment(name, options);
}

function wave(name: string, environments: string[], options?: DeploymentWaveOptions) {
  return new DeploymentWave(
    name,
    environments.map((one) => env(one)),
    options,
  );
}

function stack(name: string, options?: DeploymentEnvironmentOptions) {
  return env(name, { target: DeployTarget.cloudFormationStack(`shop-${name}`), ...options });
}

function stages(...environments: ReleaseDestination[]) {
  return planWebApp({ source, environments }).stages.slice(2);
}

function names(...environments: ReleaseDestination[]) {
  return stages(...environments).map(({ name }) => name);
}

/** The actions of a stage, by the order in which they run. */
function inOrder({ actions }: StagePlan) {
  return actions.reduce<string[][]>((orders, { name, runOrder }) => {
    (orders[runOrder - 1] ??= []).push(name);
    return orders;
  }, []);
}

const alarm = new cloudwatch.Alarm(new Stack(), 'Errors', {
  metric: new cloudwatch.Metric({ namespace: 'Shop', metricName: 'Errors' }),
  threshold: 1,
  evaluationPeriods: 1,
});

describe('the stages', () => {
  test('are one for the approval and one for the wave', () => {
    expect(names(env('staging'), wave('europe', ['paris', 'rome']))).toEqual(['staging', 'europe-Approve', 'europe']);
    expect(stages(env('staging'), wave('europe', ['paris', 'rome']))[1].actions.map(({ name }) => name)).toEqual([
      'Approve-europe',
    ]);
  });

  test('are in the order of the list, and the last destination is production', () => {
    expect(names(wave('pilot', ['a']), wave('most', ['b', 'c']), env('last'))).toEqual([
      'pilot',
      'most',
      'last-Approve',
      'last',
    ]);
    expect(names(wave('only', ['a', 'b']))).toEqual(['only']);
    expect(names(env('x'), wave('europe', ['a'], { production: true }), wave('asia', ['b']))).toEqual([
      'x',
      'europe-Approve',
      'europe',
      'asia',
    ]);
    expect(names(env('x'), wave('europe', ['a'], { approval: Approval.none() }))).toEqual(['x', 'europe']);
    expect(names(env('x'), wave('europe', ['a'], { production: false }))).toEqual(['x', 'europe']);
  });

  test('contain all environments with their env, and roll back together', () => {
    const [stage] = stages(new DeploymentWave('europe', [env('paris', { env: { region: 'eu-west-3' } }), env('rome')]));
    expect(stage).toMatchObject({
      wave: true,
      environments: [
        { name: 'paris', env: { region: 'eu-west-3' } },
        { name: 'rome', env: {} },
      ],
      onFailure: { kind: 'roll-back', rules: [] },
    });
    expect(stages(env('paris'))[0].wave).toBeUndefined();
  });

  test('skip the approval of a skipped wave', () => {
    const go = new PipelineVariable('GO', { defaultValue: 'y' });
    const beforeEntry = EntryCondition.skipUnless([Gate.variable(go.reference(), VariableOperator.EQUALS, 'y')]);
    expect(
      stages(env('x'), wave('europe', ['a'], { beforeEntry })).map(({ name, beforeEntry: before }) => [
        name,
        before?.result,
      ]),
    ).toEqual([
      ['x', undefined],
      ['europe-Approve', 'SKIP'],
      ['europe', 'SKIP'],
    ]);
  });

  test('have gates with the name of the wave', () => {
    const onSuccess = SuccessCondition.rollBackUnless([
      Gate.alarmsHealthy([alarm], { waitTime: Duration.hours(1) }),
      Gate.buildStep(BuildStep.shell(['./smoke.sh'], { stepName: 'Smoke' })),
    ]);
    const [europe, asia] = stages(
      wave('europe', ['a', 'b'], { onSuccess }),
      wave('asia', ['c'], { onSuccess, approval: Approval.none() }),
    );
    expect(europe.onSuccess!.rules.map(({ name, tests, configuration }) => [name, tests, configuration])).toEqual([
      ['europe-Success-Alarm', undefined, { AlarmStates: 'ALARM', WaitTime: '60' }],
      ['europe-Success-Smoke', undefined, {}],
    ]);
    expect(asia.onSuccess!.rules.map(({ name }) => name)).toEqual(['asia-Success-Alarm', 'asia-Success-Smoke']);
  });
});

describe('the actions', () => {
  const tests = [TestStep.shell(['make accept'])];

  function three(options?: DeploymentWaveOptions) {
    return new DeploymentWave('w', [stack('a', { tests }), env('b', { tests }), stack('c')], options);
  }

  test('of all environments start at the same time, each test after its deployment', () => {
    expect(inOrder(stages(three())[0])).toEqual([
      ['Prepare-a', 'Deploy-b', 'Prepare-c'],
      ['Deploy-a', 'Test-b', 'Deploy-c'],
      ['Test-a'],
    ]);
  });

  test('of each group start after those of the previous group', () => {
    expect(inOrder(stages(three({ maxParallel: 2 }))[0])).toEqual([
      ['Prepare-a', 'Deploy-b'],
      ['Deploy-a', 'Test-b'],
      ['Test-a'],
      ['Prepare-c'],
      ['Deploy-c'],
    ]);
    expect(inOrder(stages(three({ maxParallel: 1 }))[0])).toEqual([
      ['Prepare-a'],
      ['Deploy-a'],
      ['Test-a'],
      ['Deploy-b'],
      ['Test-b'],
      ['Prepare-c'],
      ['Deploy-c'],
    ]);
    expect(inOrder(stages(three({ maxParallel: 99 }))[0])).toEqual(inOrder(stages(three())[0]));
  });

  test('deploy the same artifact to each environment', () => {
    const [{ actions }] = stages(wave('w', ['a', 'b'], { maxParallel: 1 }));
    expect(actions.map(({ inputs, environment }) => [inputs, environment])).toEqual([
      [['Build'], 'a'],
      [['Build'], 'b'],
    ]);
  });

  test('of a wave with one environment equal those of the environment', () => {
    const [alone] = stages(env('a', { tests }));
    const [inWave] = stages(new DeploymentWave('w', [env('a', { tests })], { maxParallel: 1 }));

    function pathsApart({ actions }: StagePlan) {
      return actions.map(({ path, ...rest }) => rest);
    }

    expect(pathsApart(inWave)).toEqual(pathsApart(alone));
    expect(inWave.actions.map(({ path }) => path)).toEqual(
      alone.actions.map(({ path }) => path.replace('environments[0].', 'environments[0].environments[0].')),
    );
  });

  test('refer to the tests of the same environment', () => {
    const load = TestStep.shell(['make load'], { stepName: 'Load', outputDirectory: 'load' });
    const both = [load, TestStep.shell(['make report'], { stepName: 'Report', inputs: [load.artifact] })];
    const [{ actions }] = stages(new DeploymentWave('w', [env('a', { tests: both }), env('b', { tests: both })]));
    expect(
      actions.filter(({ name }) => name.startsWith('Report')).map(({ inputs, runOrder }) => [inputs, runOrder]),
    ).toEqual([
      [['Load-a'], 3],
      [['Load-b'], 3],
    ]);
  });
});

/** Waves of environments with 0 to 3 tests, of which some run after each other. */
const anyWave = fc.record({
  environments: fc.array(
    fc.record({ stack: fc.boolean(), tests: fc.integer({ min: 0, max: 3 }), inRow: fc.boolean() }),
    { minLength: 1, maxLength: 7 },
  ),
  maxParallel: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
});

test('never exceed maxParallel, and test only after the deployment', () => {
  fc.assert(
    fc.property(anyWave, ({ environments, maxParallel }) => {
      const made = environments.map((seed, i) => {
        const tests = Array.from({ length: seed.tests }, (_, t) => t).reduce<TestStep[]>(
          (before, t) => [...before, TestStep.shell(['make'], { stepName: `T${t}`, after: seed.inRow ? before : [] })],
          [],
        );
        return (seed.stack ? stack : env)(`e${i}`, { tests });
      });
      const props = { source, environments: [new DeploymentWave('w', made, { maxParallel })] };
      expect(checkWebApp(props)).toEqual([]);
      const { actions } = planWebApp(props).stages[2];
      const spans = made.map(({ environmentName: name }) => {
        function ordersOf(own: typeof actions) {
          return own.map(({ runOrder }) => runOrder);
        }

        const deploys = ordersOf(actions.filter(({ environment }) => environment === name));
        const tests = ordersOf(actions.filter((one) => one.tests === name));
        expect(Math.max(...deploys)).toBeLessThan(Math.min(Infinity, ...tests));
        return { from: Math.min(...deploys), to: Math.max(...deploys, ...tests) };
      });
      for (const { runOrder } of actions) {
        expect(spans.filter(({ from, to }) => from <= runOrder && runOrder <= to).length).toBeLessThanOrEqual(
          maxParallel ?? made.length,
        );
      }
      // Nothing waits without need: a group begins right behind the one before.
      const size = maxParallel ?? made.length;
      spans.forEach(({ from }, i) => {
        const before = spans.slice(0, Math.floor(i / size) * size);
        expect(from).toBe(1 + Math.max(0, ...before.map(({ to }) => to)));
      });
    }),
    { numRuns: 200 },
  );
});

describe('in a DeliveryPipeline', () => {
  const accepted = stack('paris', { tests: [TestStep.shell(['make accept'])] });
  const composed: DeliveryOf = () => ({
    stages: [
      PipelineStage.steps('Build', [BuildStep.nodeJs({ outputs: { docs: 'docs' } })]),
      PipelineStage.environment(stack('staging')),
      PipelineStage.steps('Measure', [TestStep.shell(['make load'], { stepName: 'Load' })]),
      PipelineStage.wave(new DeploymentWave('europe', [accepted, stack('rome')], { maxParallel: 1 }), {
        artifact: BuildStep.nodeJs().artifactNamed('docs'),
        transitionDisabledReason: 'Not before Monday',
      }),
    ],
  });

  test('is a stage', () => {
    const plan = planDelivery({ sources: [source], ...composed(new Stack()) });
    expect(plan.stages.map(({ name, disabledReason }) => [name, disabledReason])).toEqual([
      ['Source', undefined],
      ['Build', undefined],
      ['staging', undefined],
      ['Measure', undefined],
      ['europe-Approve', 'Not before Monday'],
      ['europe', undefined],
    ]);
    expect(plan.stages[5].actions[0].inputs).toEqual(['Build_docs']);
    expect(complaints(composed)).toEqual([]);
  });

  test('renders the plan, and grants all permissions that it uses', () => {
    const { Stages } = pipelineOf(deliveryTemplate(composed));
    expect(Stages[5]).toMatchObject({ Name: 'europe', OnFailure: { Result: 'ROLLBACK' } });
    expect(Stages[5].Actions.map(({ Name, RunOrder }) => [Name, RunOrder])).toEqual([
      ['Prepare-paris', 1],
      ['Deploy-paris', 2],
      ['Test-paris', 3],
      ['Prepare-rome', 4],
      ['Deploy-rome', 5],
    ]);
    const { denied, unmodelled } = verdictsOf(composed);
    expect({ denied, unmodelled }).toEqual({ denied: [], unmodelled: [] });
  });

  test('reports problems with their paths', () => {
    expect(complaints(() => ({ stages: [PipelineStage.wave(new DeploymentWave('w', [env('a')]))] }))).toEqual([
      `'stages[0].wave.environments[0].target' must ${A_TARGET}, got nothing; set the target of the ` +
        'environment, e.g. DeployTarget.staticSite()',
    ]);
  });
});

function NAME_OF_ITS_OWN(name: string) {
  return (
    `'environments' must have unique names of stages, waves and environments, got "${name}"; list each ` +
    'environment once in the pipeline, or rename one of them'
  );
}

function STAGE_OF_ITS_OWN(name: string) {
  return `'environments' must ${UNIQUE_STAGES}, got "${name}"; rename the environment or the stage`;
}

function inside(prop: string) {
  return (
    `'environments[0].environments[0].${prop}' must not be set on an environment in a wave, got "a"; set it on ` +
    "the wave 'w', whose environments are approved and rolled back together"
  );
}

function count(got: unknown) {
  return [
    `'environments[0].maxParallel' must be a whole number of at least 1, got ${JSON.stringify(got)}; pass the ` +
      'number of environments to deploy to at the same time, or remove it for all',
  ];
}

const twice = stack('a');

test.each<[string, ReleaseDestination[], string[]]>([
  [
    'an empty wave',
    [wave('w', [])],
    [
      `'environments[0].environments' must ${atLeastOne('environment')}, got []; add an environment, or remove ` +
        'the wave',
    ],
  ],
  [
    'a name that is none',
    [wave('a b', ['a'])],
    [`'environments[0].waveName' must ${consistOf(STEP_NAME)}, got "a b"; rename it`],
  ],
  [
    'an environment in it with a name that is none',
    [wave('w', ['a', 'b.c'])],
    [
      `'environments[0].environments[1].environmentName' must ${consistOf(STEP_NAME)}, got ` +
        '"b.c"; rename the environment',
    ],
  ],
  [
    'an environment in two waves',
    [new DeploymentWave('v', [twice]), new DeploymentWave('w', [twice])],
    [NAME_OF_ITS_OWN('a')],
  ],
  ['an environment twice in a wave', [wave('w', ['a', 'A'])], [NAME_OF_ITS_OWN('A')]],
  ['an environment in a wave and alone', [wave('w', ['a']), env('a')], [NAME_OF_ITS_OWN('a')]],
  ['a wave and an environment of one name', [wave('a', ['b']), env('a')], [STAGE_OF_ITS_OWN('a')]],
  ['a wave and an environment in it of one name', [wave('a', ['a'])], [NAME_OF_ITS_OWN('a')]],
  ['two waves of one name', [wave('w', ['a']), wave('W', ['b'])], [STAGE_OF_ITS_OWN('W')]],
  ['an environment in it with the name of another stage', [wave('w', ['Build'])], [NAME_OF_ITS_OWN('Build')]],
  [
    'a stack in two environments',
    [
      new DeploymentWave(
        'w',
        ['a', 'b'].map((name) => env(name, { target: DeployTarget.cloudFormationStack('shop') })),
      ),
    ],
    [
      `'environments' must ${ONE_ENVIRONMENT_PER_STACK}, got "shop"; the later deployment would ` +
        'overwrite the earlier one; use a different stack name in each environment',
    ],
  ],
  ['no environment at a time', [wave('w', ['a'], { maxParallel: 0 })], count(0)],
  ['fewer than none', [wave('w', ['a'], { maxParallel: -1 })], count(-1)],
  ['half an environment', [wave('w', ['a'], { maxParallel: 1.5 })], count(1.5)],
  ['an unknown number', [wave('w', ['a'], { maxParallel: Lazy.number({ produce: () => 1 }) })], count('a token')],
  [
    'an approval of an environment in it',
    [new DeploymentWave('w', [env('a', { approval: Approval.none() })])],
    [inside('approval')],
  ],
  ['production in it', [new DeploymentWave('w', [env('a', { production: false })])], [inside('production')]],
  [
    'conditions and failures of an environment in it',
    [
      new DeploymentWave('w', [
        env('a', {
          beforeEntry: EntryCondition.failUnless([Gate.officeHours('UTC')]),
          onSuccess: SuccessCondition.failUnless([Gate.officeHours('UTC')]),
          onFailure: FailureHandling.none(),
        }),
      ]),
    ],
    ['beforeEntry', 'onSuccess', 'onFailure'].map(inside),
  ],
  [
    'an approval of a minute',
    [wave('w', ['a'], { approval: Approval.manual({ timeout: Duration.minutes(1) }) })],
    [
      `'environments[0].approval.timeout' must ${wholeNumber('minutes', { min: 5, max: 86400 })}, got 1; choose a ` +
        'value in that range',
    ],
  ],
  [
    'a condition that holds nothing',
    [wave('w', ['a'], { onSuccess: SuccessCondition.failUnless([]) })],
    [
      `'environments[0].onSuccess' must ${ruleCount(PIPELINE_LIMITS.rulesPerCondition)}, got 0; add a ` +
        `gate, or remove the condition`,
    ],
  ],
  [
    'tests that wait for each other',
    [
      new DeploymentWave('w', [
        env('a'),
        env('b', { tests: [TestStep.shell(['x'], { after: [TestStep.shell(['y'], { stepName: 'Other' })] })] }),
      ]),
    ],
    [
      "'environments[0].environments[1].tests' must contain the steps in the 'after' of 'Test-b', got " +
        '"Other"; add it to the same stage; steps of earlier stages have always completed',
    ],
  ],
  [
    '51 environments',
    [
      wave(
        'w',
        [...Array(51).keys()].map((i) => `e${i}`),
      ),
    ],
    ["'environments' must have at most 50 actions in stage 'w', got 51; distribute its environments over more waves"],
  ],
])('rejects %s', (_name, environments, expected) => {
  expect(checkWebApp({ source, environments })).toEqual(expected);
});

test('rejects more than 1000 actions in a pipeline', () => {
  function waves(n: number) {
    return [...Array(n).keys()].map((w) =>
      wave(
        `w${w}`,
        [...Array(50).keys()].map((e) => `w${w}e${e}`),
        { approval: Approval.none() },
      ),
    );
  }

  expect(checkWebApp({ source, environments: waves(19) })).toEqual([]);
  expect(checkWebApp({ source, environments: waves(20) })).toEqual([
    "'environments' must have at most 1000 actions in total, got 1002; split the pipeline into two, and start " +
      'the second with PipelineTrigger.pipelineSucceeded',
  ]);
});

test('rejects waves in PARALLEL mode, whether they roll back or not', () => {
  const error = expect.stringContaining(`'executionMode' must ${NOT_PARALLEL}, got ["a","b"]; `);

  function parallel(options?: DeploymentWaveOptions) {
    return checkWebApp({
      source,
      environments: [wave('w', ['a', 'b'], options)],
      executionMode: PipelineExecutionMode.PARALLEL,
    });
  }

  expect(parallel()).toEqual([error]);
  expect(parallel({ onFailure: FailureHandling.none() })).toEqual([error]);
});

test('renders the same resources for an environment in a wave and alone', () => {
  function ids(...environments: ReleaseDestination[]) {
    return Object.keys(templateOf({ source, environments }).Resources).sort();
  }

  const [a, b] = ['a', 'b'].map((name) => env(name, { tests: [TestStep.shell(['make accept'])] }));
  expect(ids(new DeploymentWave('w', [a, b], { maxParallel: 1 }))).toEqual(ids(a, b));
});

test('returns sites of environments in waves', () => {
  const { site } = webApp({ source, environments: [env('staging'), wave('europe', ['paris', 'rome'])] });
  expect(site.sites.map(({ environmentName }) => environmentName)).toEqual(['staging', 'paris', 'rome']);
  expect(site.site('rome').environmentName).toBe('rome');
});
