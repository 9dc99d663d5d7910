import { aws_codepipeline as codepipeline, Token } from 'aws-cdk-lib';
import { CustomActionCategory, type CustomActionOptions, type CustomTypeOptions } from './options';
import type { ActionProvider } from '../../aws/action-providers';
import { CUSTOM_ACTION_LIMITS } from '../../aws/limits';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import {
  enumOf,
  readRequired,
  FLAG,
  type OptionTypes,
  readOptions,
  TEXT,
  TEXT_RECORD,
} from '../../pipeline/read-options';
import { namespaceOf } from '../../pipeline/variables';
import { commonStepFields, mainOutput, STEP_OPTIONS } from '../common-step-fields';
import { PipelineArtifact, UNNAMED_ARTIFACT } from '../pipeline-artifact';
import type { StepContext } from '../step-context';
import type { StepPlanner } from '../step-planner';
import { consistOfUpTo } from '../../common/rules';

/** Describes an action of aws-codepipeline that the user created. */
export interface CustomActionSpec extends ActionSpec {
  readonly kind: 'custom-action';
  readonly action: codepipeline.IAction;
}

/** Describes an action of a custom type. Its job workers poll for work, so it needs no permissions. */
export interface CustomTypeSpec extends ActionSpec {
  readonly kind: 'custom-type';
}

/** Plans a custom step, whose artifacts and variables can have explicit names. */
export interface CustomStepPlanner extends StepPlanner {
  /** Main artifact, unless it has the name of the step. */
  readonly artifact?: PipelineArtifact;
  artifactNamed?(outputName: string): PipelineArtifact;
  variable?(key: string): string;
}

/** Plans an action that the user created. */
export class CustomAction implements CustomStepPlanner {
  public readonly stepName: string;
  public readonly artifact?: PipelineArtifact;

  public constructor(
    private readonly action: codepipeline.IAction,
    private readonly options: CustomActionOptions,
  ) {
    const { actionName, outputs = [] } = propertiesOf(action);
    this.stepName = actionName ?? 'Custom';
    this.artifact = outputs[0] && PipelineArtifact.fromCodePipelineArtifact(outputs[0]);
  }

  public plan({ problems }: StepContext): StepPlan[] {
    const { action } = this;
    const fix = 'pass an action of aws-codepipeline-actions or of a class that implements IAction';
    if (propertiesOf(action).artifactBounds === undefined) {
      problems.at('action').add('be an action', action, fix);
      return [];
    }
    validateAction(action, problems);
    const { after = [] } = readOptions(this.options, { after: STEP_OPTIONS.after }, problems);
    return [
      planAction(
        action,
        after.map((step) => step.stepName),
        problems,
      ),
    ];
  }

  public artifactNamed(outputName: string): PipelineArtifact {
    return PipelineArtifact._of(outputName);
  }

  /** Returns a variable in the current or future namespace of the action. */
  public variable(key: string): string {
    const { action } = this;
    const isOfLibrary = action instanceof codepipeline.Action;
    return isOfLibrary ? expressionOf(action, key) : `#{${namespaceOfAction(action)}.${key}}`;
  }
}

function propertiesOf(action: codepipeline.IAction | undefined): Partial<codepipeline.ActionProperties> {
  return action?.actionProperties ?? {};
}

function planAction(
  action: codepipeline.IAction,
  after: readonly string[],
  problems: Problems,
): StepPlan<CustomActionSpec> {
  const { actionName, category, owner, provider, version, inputs, outputs, artifactBounds } = action.actionProperties;
  return {
    name: actionName,
    path: problems.path,
    provider: {
      category: category as ActionProvider['category'],
      owner: (owner ?? 'AWS') as ActionProvider['owner'],
      provider,
      version: version ?? '1',
      inputs: { min: artifactBounds.minInputs, max: artifactBounds.maxInputs },
      outputs: { min: artifactBounds.minOutputs, max: artifactBounds.maxOutputs },
      configuration: 'any',
      variables: 'any',
      see: 'the documentation of the action',
    },
    inputs: namesOf(inputs),
    outputs: namesOf(outputs),
    after,
    namespace: namespaceOfAction(action),
    namespaceToken: namespaceTokenOf(action),
    configuration: {},
    changeSet: changeSetUseOf(action),
    spec: { kind: 'custom-action', action },
  };
}

/** What actions of aws-codepipeline-actions do with a change set, by the name of their class. */
const CHANGE_SET_USES: Readonly<Record<string, 'create' | 'execute' | undefined>> = {
  CloudFormationCreateReplaceChangeSetAction: 'create',
  CloudFormationExecuteChangeSetAction: 'execute',
};

/** Returns what an action does with a change set. The module of its class need not be loaded. */
function changeSetUseOf(action: object): 'create' | 'execute' | undefined {
  const prototype = Object.getPrototypeOf(action) as object | null;
  if (prototype === null || prototype === Object.prototype) return undefined;
  return CHANGE_SET_USES[prototype.constructor.name] ?? changeSetUseOf(prototype);
}

function namesOf(artifacts: readonly codepipeline.Artifact[] = []): string[] {
  return artifacts.map((artifact) => artifact.artifactName ?? '');
}

function validateAction({ actionProperties }: codepipeline.IAction, problems: Problems): void {
  const { actionName, category, inputs = [], outputs = [], runOrder = 1 } = actionProperties;
  if (runOrder !== 1) {
    const fix = "omit runOrder, and name the steps that must finish first in 'after'";
    problems
      .at('action')
      .add('not set a runOrder, because inputs, variables and after determine the order', runOrder, fix);
  }
  if (category === 'Source') problems.add('not be a source', actionName, 'use a PipelineSource in the sources');
  const areNamed = [...inputs, ...outputs].every(
    ({ artifactName }) => artifactName !== undefined && !Token.isUnresolved(artifactName),
  );
  if (areNamed) return;
  const fix = "use e.g. new codepipeline.Artifact('Name')";
  problems.add('have artifacts with explicit names', UNNAMED_ARTIFACT, fix);
}

/**
 * Returns the namespace of an action: the configured one, the token that its class generates, or the one that the plan
 * assigns.
 */
function namespaceOfAction(action: codepipeline.IAction): string {
  const { variablesNamespace, actionName = '' } = propertiesOf(action);
  return variablesNamespace ?? namespaceOf(actionName);
}

/**
 * Returns the token by which an action of aws-codepipeline-actions refers to its namespace, even if a namespace is
 * configured. Only a request for a variable returns the token, and such a request makes the class render a generated
 * namespace, so it is made only if a namespace is configured.
 */
function namespaceTokenOf(action: codepipeline.IAction): string | undefined {
  const namespace = action.actionProperties.variablesNamespace;
  if (!(action instanceof codepipeline.Action) || namespace === undefined || Token.isUnresolved(namespace)) {
    return undefined;
  }
  return /^#\{(.*)\.x\}$/.exec(expressionOf(action, 'x'))?.[1];
}

/**
 * Calls the method by which subclasses create their `variables`. It is protected, but no other method returns the
 * namespace.
 */
function expressionOf(action: codepipeline.Action, key: string): string {
  return (action as unknown as { variableExpression(variable: string): string }).variableExpression(key);
}

const TYPE_OPTION_TYPES: OptionTypes<CustomTypeOptions> = {
  ...STEP_OPTIONS,
  typeVersion: TEXT,
  configuration: TEXT_RECORD,
  producesArtifact: FLAG,
};

/** Plans an action of a custom type. */
export class CustomType implements CustomStepPlanner {
  public readonly stepName: string;

  public constructor(
    private readonly category: CustomActionCategory,
    private readonly typeName: string,
    private readonly options: CustomTypeOptions,
  ) {
    this.stepName = options?.stepName ?? typeName;
  }

  public plan(context: StepContext): StepPlan[] {
    const { category, typeName, stepName } = this;
    const { problems } = context;
    const options = readOptions(this.options, TYPE_OPTION_TYPES, problems);
    const { typeVersion = '1', configuration = {}, producesArtifact } = options;
    const { maxProviderLength, maxVersionLength } = CUSTOM_ACTION_LIMITS;
    const isCategory = readRequired(category, enumOf(CustomActionCategory), problems.at('category')) !== undefined;
    validateTypeText(typeName, maxProviderLength, 'name', problems.at('typeName'));
    validateTypeText(typeVersion, maxVersionLength, 'version', problems.at('typeVersion'));
    if (!isCategory || typeof typeName !== 'string' || typeof stepName !== 'string') return [];
    const step: StepPlan<CustomTypeSpec> = {
      ...commonStepFields(stepName, options, context),
      provider: {
        category,
        owner: 'Custom',
        provider: typeName,
        version: typeVersion,
        inputs: { min: 0, max: 5 },
        outputs: { min: 0, max: 5 },
        configuration: 'any',
        variables: 'any',
        see: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html',
      },
      outputs: mainOutput(stepName, producesArtifact),
      namespace: namespaceOf(stepName),
      configuration,
      propNames: Object.fromEntries(Object.keys(configuration).map((key) => [key, `configuration.${key}`])),
      spec: { kind: 'custom-type' },
    };
    return [step];
  }
}

/** Returns the rule for names and versions of custom action types. */
export function consistOfTypeCharacters(maxLength: number): string {
  return consistOfUpTo({ description: "letters, digits, '_' and '-'", maxLength });
}

/** Validates the name or version of a custom action type. Tokens are accepted: their values are unknown. */
function validateTypeText(text: string, maxLength: number, what: 'name' | 'version', problems: Problems): void {
  const { providerPattern } = CUSTOM_ACTION_LIMITS;
  if (Token.isUnresolved(text)) return;
  if (typeof text === 'string' && providerPattern.test(text) && text.length <= maxLength) return;
  problems.add(consistOfTypeCharacters(maxLength), text, `use the ${what} with which the type was registered`);
}
