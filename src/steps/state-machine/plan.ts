import { aws_stepfunctions as stepfunctions, Token } from 'aws-cdk-lib';
import { StateMachineInput } from './state-machine-input';
import { compact } from '../../common/compact';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import {
  readRequired,
  FLAG,
  instanceOf,
  type OptionTypes,
  readOptions,
  resourceWith,
  textType,
} from '../../pipeline/read-options';
import { isPlain } from '../../pipeline/option-names';
import { namespaceOf } from '../../pipeline/variables';
import {
  ARTIFACT,
  commonStepFields,
  definedNames,
  mainOutput,
  namespaceReplacer,
  STEP_OPTIONS,
} from '../common-step-fields';
import type { InvokeTestOptions } from '../invoke-test-options';
import type { PipelineArtifact } from '../pipeline-artifact';
import type { StepContext } from '../step-context';
import type { StepPlanner } from '../step-planner';
import { validateFile } from '../validate-names';

/** Options of {@link TestStep.stepFunction}. */
export interface StepFunctionTestOptions extends InvokeTestOptions {
  /**
   * Input of the execution.
   *
   * @default - a JSON object with the outputs of the environment that the step tests
   */
  readonly input?: StateMachineInput;
}

/** Describes an execution of a state machine that must succeed. */
export interface StateMachineSpec extends ActionSpec {
  readonly kind: 'state-machine';
  readonly stateMachine: stepfunctions.IStateMachine;
  /**
   * Literal input; undefined for an input from a file. The outputs of the tested environment are added when the step is
   * rendered.
   */
  readonly input?: Readonly<Record<string, unknown>>;
}

const OPTION_TYPES: OptionTypes<StepFunctionTestOptions> = {
  stepName: STEP_OPTIONS.stepName,
  after: STEP_OPTIONS.after,
  input: instanceOf(StateMachineInput, 'use StateMachineInput.literal or StateMachineInput.fromFile'),
  producesArtifact: FLAG,
};
const STATE_MACHINE = resourceWith('stateMachineArn', 'a state machine');

/** Plans an execution of a state machine that tests. */
export class StateMachineTest implements StepPlanner {
  public readonly stepName: string;

  public constructor(
    private readonly stateMachine: stepfunctions.IStateMachine,
    private readonly options: StepFunctionTestOptions,
  ) {
    this.stepName = options?.stepName ?? 'Test';
  }

  public plan(context: StepContext): StepPlan[] {
    const { problems } = context;
    const options = readOptions(this.options, OPTION_TYPES, problems);
    const input = planInput(options.input, context);
    const stateMachine = readStateMachine(this.stateMachine, problems.at('stateMachine'));
    if (!stateMachine) return [];
    const fields = commonStepFields(this.stepName, { after: options.after, inputs: input.artifacts }, context);
    const step: StepPlan<StateMachineSpec> = {
      ...fields,
      provider: 'stepFunctions',
      outputs: mainOutput(fields.name, options.producesArtifact),
      namespace: namespaceOf(fields.name),
      configuration: input.configuration,
      propNames: { Input: input.prop },
      definedNames: definedNames('input', input.definedNames),
      spec: { kind: 'state-machine', stateMachine, input: input.literal },
    };
    return [step];
  }
}

/** Returns a state machine, and reports an express one, for whose result CodePipeline does not wait. */
function readStateMachine(
  value: stepfunctions.IStateMachine,
  problems: Problems,
): stepfunctions.IStateMachine | undefined {
  const stateMachine = readRequired(value, STATE_MACHINE, problems);
  const { stateMachineType } = (stateMachine ?? {}) as Partial<stepfunctions.StateMachine>;
  if (stateMachineType === stepfunctions.StateMachineType.EXPRESS) {
    problems.add(
      'be a standard state machine',
      'an express state machine',
      'use the standard type; CodePipeline does not wait for express state machines, so the test could not fail',
    );
  }
  return stateMachine;
}

interface PlannedInput {
  /** Property that the input comes from. */
  readonly prop: string;
  readonly configuration: Readonly<Record<string, string>>;
  readonly artifacts: PipelineArtifact[];
  readonly definedNames: object;
  readonly literal?: Readonly<Record<string, unknown>>;
}

function planInput(input: StateMachineInput | undefined, context: StepContext): PlannedInput {
  const none = { prop: 'input', configuration: {}, artifacts: [], definedNames: {}, literal: {} };
  const problems = context.problems.at('input');
  if (input === undefined) return none;
  const { _content: content } = input;
  if (content.kind === 'file') return planFile(content.artifact, content.path, problems);
  const json = jsonOf(content.value);
  if (json === undefined) {
    problems.at('value').add('be a JSON object', content.value, 'use e.g. { depth: 3 }');
    return none;
  }
  return {
    ...none,
    configuration: { InputType: 'Literal', Input: json },
    definedNames: content.value,
    literal: JSON.parse(namespaceReplacer(context)(json)) as Record<string, unknown>,
  };
}

/** Returns an object as JSON, or undefined for any other value. */
function jsonOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !isPlain(value)) return undefined;
  if (holdsOtherValues(value)) return undefined;
  try {
    return JSON.stringify(value);
  } catch {
    return undefined; // The object contains a circular reference or a big integer.
  }
}

const PATH = textType("use e.g. 'checks/input.json'");

/** Returns whether an object contains values that JSON drops or changes, such as functions, maps and undefined. */
function holdsOtherValues(value: unknown, parents: readonly unknown[] = []): boolean {
  if (typeof value === 'function' || typeof value === 'symbol' || value === undefined) return true;
  if (typeof value === 'number') return !Number.isFinite(value);
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) return false;
  if (parents.includes(value) || !(Array.isArray(value) || isPlain(value))) return true;
  return Object.values(value).some((member) => holdsOtherValues(member, [...parents, value]));
}

function planFile(artifact: PipelineArtifact, path: string, problems: Problems): PlannedInput {
  const input = readRequired(artifact, ARTIFACT, problems.at('artifact'));
  const at = problems.at('path');
  if (readRequired(path, PATH, at) !== undefined) validateFile(path, at, 'checks/input.json');
  return {
    prop: 'input.path',
    configuration: { InputType: 'FilePath', Input: String(path) },
    artifacts: compact([input]),
    definedNames: {},
  };
}
