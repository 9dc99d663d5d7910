import { aws_lambda as lambda, aws_stepfunctions as stepfunctions, type Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import {
  Approval,
  BuildStep,
  CustomActionCategory,
  CustomStep,
  DeploymentEnvironment,
  DeployTarget,
  PipelineArtifact,
  PipelineExecutionMode,
  PipelineSource,
  PipelineStage,
  PipelineVariable,
  StateMachineInput,
  TestStep,
  type DeliveryPipelineProps,
  type PipelineStep,
} from '../../src';
import { complaints, deliveryTemplate, verdictsOf, type DeliveryOf } from '../helpers/delivery';
import { checkDelivery, planDelivery } from '../helpers/plans';
import { actionsOf, pipelineOf, resolved, type StageJson } from '../helpers/synth';

// A composition as data: its inputs from earlier steps are chosen by numbers, so that fast-check can make it
// smaller.
interface StepSeed {
  readonly kind: 'build' | 'test' | 'custom' | 'lambda' | 'machine' | 'scan';
  readonly makes: boolean;
  readonly named: boolean;
  readonly picks: readonly number[];
}
type StageSeed =
  | { readonly kind: 'steps'; readonly steps: readonly StepSeed[]; readonly freeze: boolean }
  | { readonly kind: 'environment'; readonly tests: readonly StepSeed[] }
  | { readonly kind: 'approval' };

const stepSeed: fc.Arbitrary<StepSeed> = fc.record({
  kind: fc.constantFrom('build', 'test', 'custom', 'lambda', 'machine', 'scan'),
  makes: fc.boolean(),
  named: fc.boolean(),
  picks: fc.array(fc.nat(), { maxLength: 3 }),
});
const testSeed = stepSeed.map((seed) =>
  seed.kind === 'build' || seed.kind === 'custom' ? { ...seed, kind: 'test' as const } : seed,
);
const stageSeed: fc.Arbitrary<StageSeed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('steps' as const),
      steps: fc.array(stepSeed, { minLength: 1, maxLength: 4 }),
      freeze: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('environment' as const), tests: fc.array(testSeed, { maxLength: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('approval' as const) }) },
);
interface Composition {
  readonly sources: number;
  readonly stages: readonly StageSeed[];
  readonly queued: boolean;
}
const composition: fc.Arbitrary<Composition> = fc.record({
  sources: fc.integer({ min: 1, max: 3 }),
  stages: fc.array(stageSeed, { minLength: 1, maxLength: 5 }),
  queued: fc.boolean(),
});

/** Earlier outputs that steps can use. */
class Shelf {
  public constructor(
    public readonly artifacts: readonly PipelineArtifact[],
    public readonly ids: readonly string[],
    public readonly texts: readonly string[],
  ) {}

  public and(other: Partial<Shelf>): Shelf {
    return new Shelf(
      [...this.artifacts, ...(other.artifacts ?? [])],
      [...this.ids, ...(other.ids ?? [])],
      [...this.texts, ...(other.texts ?? [])],
    );
  }

  public pick<T>(from: readonly T[], picks: readonly number[]): T[] {
    return from.length === 0 ? [] : [...new Set(picks.map((pick) => from[pick % from.length]))];
  }
}

interface Made {
  readonly step: PipelineStep;
  readonly gives: Partial<Shelf>;
}

function stepOf(stack: Stack, stepName: string, { kind, makes, named, picks }: StepSeed, shelf: Shelf): Made {
  const inputs = shelf.pick(shelf.artifacts, picks);
  const [id] = shelf.pick(shelf.ids, picks);
  const values: { [name: string]: string } = id === undefined ? {} : { ID: id };

  // The name of a test in an environment contains '-', so that the test can have only one output.
  const hasDocs = named && (kind === 'build' || !makes);

  function artifacts(step: PipelineStep) {
    return [...(makes ? [step.artifact] : []), ...(hasDocs ? [step.artifactNamed('docs')] : [])];
  }

  const options = { stepName, ...(inputs.length > 0 && { inputs }) };
  switch (kind) {
    case 'build':
    case 'test': {
      const all = {
        ...options,
        environmentVariables: values,
        exportedVariables: ['OUT'],
        ...(makes && { outputDirectory: 'out' }),
        ...(hasDocs && { outputs: { docs: 'docs' } }),
      };
      const step = kind === 'build' ? BuildStep.shell(['make'], all) : TestStep.shell(['make test'], all);
      return { step, gives: { artifacts: artifacts(step), texts: [step.variable('OUT')] } };
    }
    case 'custom': {
      const [text = 'none'] = shelf.pick(shelf.texts, picks);
      const step = CustomStep.actionType(CustomActionCategory.DEPLOY, 'Acme', {
        ...options,
        producesArtifact: makes,
        configuration: { Text: text },
      });
      return { step, gives: { artifacts: makes ? [step.artifact] : [] } };
    }
    case 'lambda': {
      const step = TestStep.lambdaFunction(lambda.Function.fromFunctionName(stack, `F${stepName}`, 'f'), {
        stepName,
        inputs,
        parameters: values,
        producesArtifact: makes,
      });
      return { step, gives: { artifacts: makes ? [step.artifact] : [] } };
    }
    case 'machine': {
      const machine = stepfunctions.StateMachine.fromStateMachineName(stack, `M${stepName}`, 'm');
      const input =
        inputs.length > 0 ? StateMachineInput.fromFile(inputs[0], 'in.json') : StateMachineInput.literal(values);
      const step = TestStep.stepFunction(machine, { stepName, input });
      return { step, gives: { ids: [step.variable('ExecutionArn')] } };
    }
    case 'scan': {
      const step = TestStep.inspectorScan({ ...options, inputs: [inputs[0] ?? shelf.artifacts[0]] });
      return { step, gives: { artifacts: [step.artifact], ids: [step.variable('HighestScannedSeverity')] } };
    }
  }
}

/** The composition that a seed stands for. It uses only what is there, so it is a valid one. */
function valid(stack: Stack, { sources: count, stages: seeds, queued }: Composition): DeliveryPipelineProps {
  const sources = [...Array(count).keys()].map((i) =>
    PipelineSource.gitHub('acme/shop', 'main', { stepName: `Source${i}` }),
  );
  const note = new PipelineVariable('NOTE', { defaultValue: 'routine' });
  let shelf = new Shelf(
    sources.map((one) => one.artifact),
    [sources[0].variable('CommitId'), PipelineVariable.executionId()],
    [`${note.reference()}`],
  );
  const stages = seeds.map((seed, s) => {
    switch (seed.kind) {
      case 'approval':
        return PipelineStage.approval(`Ask${s}`, Approval.manual({ comment: shelf.texts.at(-1) }));
      case 'environment': {
        let inside = shelf;
        const tests = seed.tests.map((one, t) => {
          const { step, gives } = stepOf(stack, `T${s}x${t}`, one, inside);
          inside = inside.and(gives); // for the tests beside it alone
          return step as TestStep;
        });
        return PipelineStage.environment(
          new DeploymentEnvironment(`env${s}`, { target: DeployTarget.staticSite(), tests }),
          { artifact: shelf.artifacts.at(-1) },
        );
      }
      case 'steps': {
        const steps = seed.steps.map((one, t) => {
          const { step, gives } = stepOf(stack, `S${s}x${t}`, one, shelf);
          shelf = shelf.and(gives);
          return step;
        });
        // The order in which they are written does not matter.
        return PipelineStage.steps(
          `Stage${s}`,
          steps.reverse(),
          seed.freeze ? { transitionDisabledReason: 'freeze' } : {},
        );
      }
    }
  });
  return { sources, stages, variables: [note], executionMode: queued ? PipelineExecutionMode.QUEUED : undefined };
}

/** What holds in every template: created before used, unique names, limits. */
function keepsTheLaws(stages: StageJson[]) {
  const made = new Set<string>();
  const namespaces = new Set<string>();
  const [first] = stages;
  for (const stage of stages) {
    expect(stage.Actions.every(({ ActionTypeId }) => (ActionTypeId.Category === 'Source') === (stage === first))).toBe(
      true,
    );
    for (const action of [...stage.Actions].sort((a, b) => a.RunOrder - b.RunOrder)) {
      const together = stage.Actions.filter((other) => other.RunOrder >= action.RunOrder);
      const notYet = new Set(together.flatMap(({ OutputArtifacts = [] }) => OutputArtifacts.map(({ Name }) => Name)));
      for (const { Name } of action.InputArtifacts ?? []) expect(made.has(Name) && !notYet.has(Name)).toBe(true);
      const late = new Set(together.flatMap(({ Namespace }) => Namespace ?? []));
      for (const [, namespace] of JSON.stringify(action.Configuration ?? {}).matchAll(/#\{([^.}]+)\.[^}]+\}/g)) {
        if (namespace !== 'variables' && namespace !== 'codepipeline') {
          expect(namespaces.has(namespace) && !late.has(namespace)).toBe(true);
        }
      }
      for (const { Name } of action.OutputArtifacts ?? []) {
        expect(made.has(Name)).toBe(false);
        made.add(Name);
      }
      if (action.Namespace !== undefined) {
        expect(namespaces.has(action.Namespace)).toBe(false);
        namespaces.add(action.Namespace);
      }
      for (const value of Object.values(action.Configuration ?? {})) {
        expect(resolved(value).length).toBeLessThanOrEqual(1000);
      }
    }
  }
  const names = stages.map(({ Name }) => Name);
  expect(new Set(names).size).toBe(names.length);
}

test('satisfies the laws for any valid pipeline', () => {
  fc.assert(
    fc.property(composition, (seed) => {
      const template = deliveryTemplate((stack) => valid(stack, seed));
      const { Stages } = pipelineOf(template);
      keepsTheLaws(Stages);
      expect(actionsOf(template).length).toBe(Stages.flatMap(({ Actions }) => Actions).length);
      expect(JSON.stringify(template)).not.toContain('${Token[');
    }),
    { numRuns: 40 },
  );
}, 120_000);

test('grants all permissions that any pipeline uses', () => {
  fc.assert(
    fc.property(composition, (seed) => {
      const { denied, unmodelled } = verdictsOf((stack) => valid(stack, seed));
      expect({ denied, unmodelled }).toEqual({ denied: [], unmodelled: [] });
    }),
    { numRuns: 15 },
  );
}, 120_000);

// Anything that can be written down, right or wrong.
const name = fc.oneof(
  fc.constantFrom(
    'A',
    'B',
    'a',
    'Source',
    'A-vars',
    'A_b',
    'constructor',
    '__proto__',
    'Default',
    '',
    'x y',
    'z'.repeat(61),
  ),
  fc.string({ maxLength: 12 }),
);
const artifact = fc
  .constantFrom('Source', 'A', 'A_b', 'B', 'nobody')
  .map((one) => BuildStep.shell([], { stepName: one }).artifact);
const text = fc.oneof(
  fc.constantFrom(
    '#{',
    '#{A-vars.X}',
    '#{Source-vars.CommitId}',
    '#{variables.V}',
    '#{A.}',
    '#{}',
    '#{Source-vars.CommitMessage}',
    '',
    'x'.repeat(1001),
  ),
  fc.string({ maxLength: 20 }),
);

interface Words {
  readonly name: fc.Arbitrary<string>;
  readonly source: fc.Arbitrary<string>;
  readonly artifact: fc.Arbitrary<PipelineArtifact>;
  readonly text: fc.Arbitrary<string>;
  readonly least: number;
}
const WILD: Words = { name, source: name, artifact, text, least: 0 };
/** Of these, one in some is a pipeline. */
const MILD: Words = {
  name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{4,8}$/),
  source: fc.constant('Source'),
  artifact: fc.constant(PipelineSource.gitHub('acme/shop', 'main').artifact),
  text: fc.stringMatching(/^[A-Za-z !]{5,20}$/),
  least: 1,
};

function anyStep(words: Words): fc.Arbitrary<PipelineStep> {
  return fc
    .record({
      stepName: words.name,
      inputs: fc.array(words.artifact, { maxLength: 7 }),
      said: words.text,
      key: words.name,
      made: fc.boolean(),
      kind: fc.nat(3),
    })
    .map(({ stepName, inputs, said, key, made, kind }) => {
      switch (kind) {
        case 0:
          return BuildStep.shell([said], {
            stepName,
            inputs,
            environmentVariables: { [key]: said },
            outputDirectory: made ? key : undefined,
            exportedVariables: [key],
          });
        case 1:
          return TestStep.shell([said], {
            stepName,
            inputs,
            outputs: { [key]: 'out' },
            after: [BuildStep.shell([], { stepName: key })],
          });
        case 2:
          return CustomStep.actionType(CustomActionCategory.BUILD, key, {
            stepName,
            inputs,
            configuration: { [key]: said },
            producesArtifact: made,
          });
        default:
          return TestStep.inspectorScan({ stepName, inputs, maxHigh: said.length - 5 });
      }
    });
}

function anyStage(words: Words) {
  return fc.oneof(
    fc
      .tuple(words.name, fc.array(anyStep(words), { maxLength: 4 }), fc.option(words.text, { nil: undefined }))
      .map(([one, steps, transitionDisabledReason]) => PipelineStage.steps(one, steps, { transitionDisabledReason })),
    fc
      .tuple(words.name, words.text)
      .map(([one, said]) => PipelineStage.approval(one, Approval.manual({ comment: said }))),
    fc
      .tuple(words.name, words.artifact, fc.boolean(), fc.array(anyStep(words), { maxLength: 2 }))
      .map(([one, artifactOf, production, tests]) => {
        const environment = new DeploymentEnvironment(one, {
          target: DeployTarget.staticSite(),
          production,
          tests: tests as TestStep[],
        });
        return PipelineStage.environment(environment, { artifact: artifactOf });
      }),
  );
}

function anyProps(words: Words): fc.Arbitrary<DeliveryPipelineProps> {
  return fc.record({
    sources: fc.array(
      words.source.map((stepName) => PipelineSource.gitHub('acme/shop', 'main', { stepName })),
      { minLength: words.least, maxLength: 2 },
    ),
    stages: fc.array(anyStage(words), { minLength: words.least, maxLength: 3 }),
    variables: fc.array(
      fc
        .tuple(words.name, fc.option(words.text, { nil: undefined }))
        .map(([one, defaultValue]) => new PipelineVariable(one, { defaultValue })),
      { maxLength: 2 },
    ),
    executionMode: fc.constantFrom(...Object.values(PipelineExecutionMode)),
  });
}

test('reports any problem as a sentence, and throws no other errors', () => {
  fc.assert(
    fc.property(anyProps(WILD), (props) => {
      for (const problem of checkDelivery(props)) expect(problem).toMatch(/^'[^]*' must [^]*, got [^]*; [^]*$/);
    }),
    { numRuns: 500 },
  );
}, 60_000);

test('renders any valid plan', () => {
  fc.assert(
    fc.property(anyProps(MILD), (props) => {
      fc.pre(checkDelivery(props).length === 0);
      const of: DeliveryOf = () => props;
      expect(complaints(of)).toEqual([]);
      keepsTheLaws(pipelineOf(deliveryTemplate(of)).Stages);
    }),
    { numRuns: 20, maxSkipsPerRun: 1000 },
  );
}, 60_000);

test('plans deterministically', () => {
  const props = {
    sources: [PipelineSource.gitHub('acme/shop', 'main')],
    stages: [PipelineStage.steps('Work', [BuildStep.shell(['make'])])],
  };
  expect(planDelivery(props)).toEqual(planDelivery(props));
});
