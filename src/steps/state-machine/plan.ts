import { aws_stepfunctions as stepfunctions, Token } from 'aws-cdk-lib';
import { StateMachineInput } from './state-machine-input';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { readRequired, FLAG, type OptionTypes, readOptions, resourceWith, typeOf } from '../../pipeline/read-options';
import { namespaceOf } from '../../pipeline/variables';
import { commonStepFields, definedNames, inNamespacesOf } from '../common-step-fields';
import type { InvokeTestOptions } from '../invoke-test-options';
import { PipelineArtifact } from '../pipeline-artifact';
import type { StepContext } from '../step-context';
import type { StepPlanner } from '../step-planner';

/** Options of {@link TestStep.stepFunction}. */
export interface StepFunctionTestOptions extends InvokeTestOptions {
  /**
   * What the execution gets.
   *
   * @default - a JSON object with what the environment tells of itself that the step tests
   */
  readonly input?: StateMachineInput;
}

/** Describes an execution of a state machine, which must succeed. */
export interface StateMachineSpec extends ActionSpec {
  readonly kind: 'state-machine';
  readonly stateMachine: stepfunctions.IStateMachine;
  /**
   * Literal input; the outputs of the environment that the state machine tests are added. Undefined for an input from a
   * file.
   */
  readonly input?: Readonly<Record<string, unknown>>;
}

type OwnOptions = Pick<StepFunctionTestOptions, 'input' | 'producesArtifact'>;

const OPTION_TYPES: OptionTypes<OwnOptions> = {
  input: typeOf(
    'a StateMachineInput',
    'use StateMachineInput.literal or StateMachineInput.fromFile',
    (value) => value instanceof StateMachineInput,
  ),
  producesArtifact: FLAG,
};
const STATE_MACHINE = resourceWith('stateMachineArn', 'a state machine');
const ARTIFACT = typeOf('a PipelineArtifact', 'use step.artifact', (value) => value instanceof PipelineArtifact);

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
    const options = readOptions<OwnOptions>(this.options, OPTION_TYPES, problems);
    const input = planInput(options.input, context);
    const stateMachine = readStateMachine(this.stateMachine, problems.at('stateMachine'));
    if (!stateMachine) return [];
    const fields = commonStepFields(this.stepName, { after: this.options?.after, inputs: input.artifacts }, context);
    const step: StepPlan<StateMachineSpec> = {
      ...fields,
      provider: 'stepFunctions',
      outputs: options.producesArtifact ? [fields.name] : [],
      namespace: namespaceOf(fields.name),
      configuration: input.configuration,
      propNames: { Input: input.prop },
      definedNames: definedNames('input', input.definedNames),
      spec: { kind: 'state-machine', stateMachine, ...(input.literal && { input: input.literal }) },
    };
    return [step];
  }
}

/** Returns a state machine, and reports one that CodePipeline does not wait for. */
function readStateMachine(
  value: stepfunctions.IStateMachine,
  problems: Problems,
): stepfunctions.IStateMachine | undefined {
  const stateMachine = readRequired(value, STATE_MACHINE, problems);
  const { stateMachineType } = (stateMachine ?? {}) as Partial<stepfunctions.StateMachine>;
  if (stateMachineType === stepfunctions.StateMachineType.EXPRESS) {
    problems.add(
      'be a standard one',
      'an express one',
      'CodePipeline starts it and does not wait, so no test could fail; make it a standard one',
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
    problems.at('value').add('be an object of values that JSON has', content.value, 'write it as in { depth: 3 }');
    return none;
  }
  return {
    ...none,
    configuration: { InputType: 'Literal', Input: json },
    definedNames: content.value,
    literal: JSON.parse(inNamespacesOf(context)(json)) as Record<string, unknown>,
  };
}

/** Returns an object as JSON, or undefined for anything else. */
function jsonOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  try {
    return JSON.stringify(value);
  } catch {
    return undefined; // It refers to itself, or holds a big integer.
  }
}

function planFile(artifact: PipelineArtifact, path: string, problems: Problems): PlannedInput {
  const input = readRequired(artifact, ARTIFACT, problems.at('artifact'));
  if (typeof path !== 'string' || (!Token.isUnresolved(path) && (path === '' || path.startsWith('/')))) {
    problems.at('path').add('be a path in the artifact', path, "name the file, as in 'checks/input.json'");
  }
  return {
    prop: 'input.path',
    configuration: { InputType: 'FilePath', Input: String(path) },
    artifacts: input ? [input] : [],
    definedNames: {},
  };
}
