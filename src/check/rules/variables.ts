import { type ActionDeclaration, isKnown, mayPrecede, type PipelineDeclaration, repeated } from './declaration';
import { factsOf } from './providers';
import { exportedVariables } from './build-specs';
import { API, GUIDE, type ServiceRule } from './service-rule';
import { type Violation, violation } from './violation';
import { listOf, objectOf, textOf } from '../../assembly/json';
import type { ResourceModel } from '../../assembly/resource-model';
import { hasUnknown } from '../../assembly/unknown';
import { PIPELINE_LIMITS, PIPELINE_VARIABLE_NAME } from '../../aws/limits';
import { closest } from '../../common/closest';
import {
  atMostCharacters,
  atMostVariables,
  characters,
  chooseOneOf,
  consistOfUpTo,
  runAfter,
  UNIQUE,
} from '../../common/rules';

const VARIABLES = `${GUIDE}/reference-variables.html`;
const DECLARATION = `${API}/API_PipelineVariableDeclaration.html`;
const VARIABLE_NAME_FORM = `${PIPELINE_VARIABLE_NAME.maxLength} ${PIPELINE_VARIABLE_NAME.description}`;
/** The only variable of the namespace `codepipeline`. */
const EXECUTION_ID = 'PipelineExecutionId';
const MAX_DESCRIPTION = 200;

/** Describes a use of a variable in an action. */
export interface Use {
  readonly action: ActionDeclaration;
  readonly property: string;
  readonly text: string;
  readonly namespace: string;
  readonly key: string;
}

/** Rules for pipeline variables and output variables. */
export const VARIABLE_RULES: readonly ServiceRule[] = [
  {
    id: 'PipelineVariableName',
    severity: 'error',
    summary: `The name of a pipeline variable has 1 to ${VARIABLE_NAME_FORM}.`,
    see: DECLARATION,
    violations: (pipeline) =>
      declaredVariables(pipeline)
        .filter(({ name }) => isKnown(name))
        .filter(
          ({ name }) => !PIPELINE_VARIABLE_NAME.pattern.test(name) || name.length > PIPELINE_VARIABLE_NAME.maxLength,
        )
        .map(({ index, name }) =>
          violation(pipeline, `Variables[${index}].Name`, {
            must: consistOfUpTo(PIPELINE_VARIABLE_NAME),
            got: name,
            fix: 'replace the other characters',
          }),
        ),
  },
  {
    id: 'PipelineVariableUnique',
    severity: 'error',
    summary: 'The names of pipeline variables are unique.',
    see: DECLARATION,
    violations: (pipeline) =>
      repeated(declaredVariables(pipeline), ({ name }) => name).map(({ index, name }) =>
        violation(pipeline, `Variables[${index}].Name`, { must: UNIQUE, got: name, fix: 'remove one of them' }),
      ),
  },
  {
    id: 'PipelineVariableDefault',
    severity: 'error',
    summary: `The default of a pipeline variable has 1 to ${PIPELINE_LIMITS.variableValue} characters.`,
    see: DECLARATION,
    violations: (pipeline) =>
      declaredVariables(pipeline)
        .filter(({ defaultValue }) => defaultValue !== undefined)
        .map((variable) => ({ ...variable, length: textOf(variable.defaultValue).length }))
        .filter(({ length }) => length < 1 || length > PIPELINE_LIMITS.variableValue)
        .map(({ index, length }) =>
          violation(pipeline, `Variables[${index}].DefaultValue`, {
            must: characters({ min: 1, max: PIPELINE_LIMITS.variableValue }),
            got: length,
            fix: 'set a value, or remove the default',
          }),
        ),
  },
  {
    id: 'PipelineVariableDescription',
    severity: 'error',
    summary: `The description of a pipeline variable has at most ${MAX_DESCRIPTION} characters.`,
    see: DECLARATION,
    violations: (pipeline) =>
      listOf(pipeline.properties.Variables)
        .map((variable, index) => ({ index, length: textOf(objectOf(variable).Description).length }))
        .filter(({ length }) => length > MAX_DESCRIPTION)
        .map(({ index, length }) =>
          violation(pipeline, `Variables[${index}].Description`, {
            must: atMostCharacters(MAX_DESCRIPTION),
            got: length,
            fix: 'shorten it',
          }),
        ),
  },
  {
    id: 'PipelineVariableCount',
    severity: 'error',
    summary: `A pipeline has at most ${PIPELINE_LIMITS.pipelineVariables} variables.`,
    see: `${API}/API_PipelineDeclaration.html`,
    violations: (pipeline) => {
      const got = declaredVariables(pipeline).length;
      if (got <= PIPELINE_LIMITS.pipelineVariables) return [];
      const must = atMostVariables(PIPELINE_LIMITS.pipelineVariables);
      return [violation(pipeline, 'Variables', { must, got, fix: 'remove some' })];
    },
  },
  {
    id: 'PipelineVariableWithoutDefault',
    severity: 'warning',
    summary: 'Pipeline variables have defaults if a trigger starts the pipeline, because triggers set no variables.',
    see: VARIABLES,
    violations: (pipeline) => {
      if (listOf(pipeline.properties.Triggers).length === 0) return [];
      return declaredVariables(pipeline)
        .filter(({ defaultValue }) => defaultValue === undefined)
        .map(({ index }) =>
          violation(pipeline, `Variables[${index}].DefaultValue`, {
            must: 'be set in a pipeline with triggers',
            fix: 'set a default',
          }),
        );
    },
  },
  {
    id: 'VariableSyntax',
    severity: 'warning',
    summary: 'A variable has the form #{namespace.key}.',
    see: VARIABLES,
    violations: ({ steps }) =>
      steps.flatMap((action) =>
        textsOf(action).flatMap(({ property, text }) =>
          (text.match(/#\{[^{}]*\}/g) ?? [])
            .filter((reference) => !hasUnknown(reference) && !/^#\{[^.{}\s]+\.[^{}\s]+\}$/.test(reference))
            .map((reference) =>
              violation(action, property, {
                must: 'contain variables of the form #{namespace.key}',
                got: reference,
                fix: 'correct the variable',
              }),
            ),
        ),
      ),
  },
  {
    id: 'VariableUndeclared',
    severity: 'error',
    summary: 'A pipeline variable that is used is declared.',
    see: VARIABLES,
    violations: (pipeline) => {
      const names = declaredVariables(pipeline).map(({ name }) => name);
      if (!names.every(isKnown) || !isKnown(pipeline.properties.Variables)) return [];
      return usesOf(pipeline)
        .filter(({ namespace, key }) => namespace === 'variables' && !names.includes(key))
        .map((use) => unknownVariable(use, 'be declared in Variables', names));
    },
  },
  {
    id: 'VariableInSource',
    severity: 'error',
    summary: 'Source actions do not use pipeline variables.',
    see: VARIABLES,
    violations: (pipeline) =>
      usesOf(pipeline)
        .filter(({ action, namespace }) => action.category === 'Source' && namespace === 'variables')
        .map((use) =>
          violation(use.action, use.property, {
            must: 'not use a pipeline variable in a source action',
            got: use.text,
            fix: 'write the value',
          }),
        ),
  },
  {
    id: 'VariableExecutionId',
    severity: 'error',
    summary: `The only variable of the namespace codepipeline is ${EXECUTION_ID}.`,
    see: VARIABLES,
    violations: (pipeline) =>
      usesOf(pipeline)
        .filter(({ namespace, key }) => namespace === 'codepipeline' && key !== EXECUTION_ID)
        .map((use) => unknownVariable(use, `be #{codepipeline.${EXECUTION_ID}}`, [EXECUTION_ID])),
  },
  {
    id: 'VariableNamespaceUndefined',
    severity: 'error',
    summary: 'The namespace of a variable is declared by an action.',
    see: VARIABLES,
    violations: (pipeline) => {
      const namespaces = producersOf(pipeline).map(({ properties }) => textOf(properties.Namespace));
      if (!pipeline.isComplete || !namespaces.every(isKnown)) return [];
      return outputUses(pipeline)
        .filter(({ namespace }) => !namespaces.includes(namespace))
        .map((use) => unknownVariable(use, 'have the namespace of an earlier action', namespaces, 'namespace'));
    },
  },
  {
    id: 'VariableTooEarly',
    severity: 'error',
    summary: 'A variable is an output of an earlier stage, or of a lower run order.',
    see: VARIABLES,
    violations: (pipeline) =>
      outputUses(pipeline).flatMap((use) => {
        const producer = producersOf(pipeline).find(({ properties }) => properties.Namespace === use.namespace);
        if (!producer || mayPrecede(producer, use.action)) return [];
        return [
          violation(use.action, use.property, {
            must: 'use variables of an earlier stage, or of an action with a lower RunOrder',
            got: use.text,
            fix: runAfter(producer.name),
          }),
        ];
      }),
  },
  {
    id: 'VariableKeyUnknown',
    severity: 'warning',
    summary: 'A variable is an output variable of the action type, or exported by the build.',
    see: VARIABLES,
    violations: (pipeline, model) =>
      outputUses(pipeline).flatMap((use) => {
        const producer = producersOf(pipeline).find(({ properties }) => properties.Namespace === use.namespace);
        const keys = producer && keysOf(producer, pipeline, model);
        if (!keys || keys.includes(use.key)) return [];
        return [unknownVariable(use, `be an output variable of ${producer.name}`, keys)];
      }),
  },
  {
    id: 'VariableFreeText',
    severity: 'warning',
    summary: 'A variable with free text, such as a commit message, is not part of a command or of JSON.',
    see: `${GUIDE}/actions-variables.html`,
    violations: (pipeline) =>
      outputUses(pipeline).flatMap((use) => {
        const producer = producersOf(pipeline).find(({ properties }) => properties.Namespace === use.namespace);
        if (!producer || producer.category !== 'Source' || !isInterpreted(use)) return [];
        const safe = factsOf(producer)?.safeVariables ?? [];
        if (safe.includes(use.key) || !isFreeText(use.key, producer, pipeline)) return [];
        return [
          violation(use.action, use.property, {
            must: 'not contain a variable with free text, which anyone who commits chooses',
            got: use.text,
            fix: 'read the text in the build, from the source or from Git',
          }),
        ];
      }),
  },
];

/** Output variables of sources that contain any text. */
const FREE_TEXT = ['AuthorDisplayName', 'AuthorEmail', 'CommitMessage', 'PullRequestTitle'];
/** Names of branches and tags may contain quotes and `$`. Without a trigger, the source has one fixed branch. */
const REFERENCE_NAMES = ['BranchName', 'DestinationBranchName', 'SourceBranchName', 'TagName'];

function isFreeText(key: string, { name }: ActionDeclaration, { properties }: PipelineDeclaration): boolean {
  const hasTrigger = listOf(properties.Triggers)
    .map((trigger) => objectOf(objectOf(trigger).GitConfiguration))
    .some(({ SourceActionName }) => SourceActionName === name);
  return FREE_TEXT.includes(key) || (REFERENCE_NAMES.includes(key) && hasTrigger);
}

/** Returns whether a quote or a line break in a variable changes the meaning of the text around it. */
function isInterpreted({ action, property }: Use): boolean {
  if (property.startsWith('Commands[')) return true;
  const key = property.replace('Configuration.', '');
  return factsOf(action)?.json?.includes(key) === true;
}

interface DeclaredVariable {
  readonly index: number;
  readonly name: string;
  readonly defaultValue: unknown;
}

function declaredVariables({ properties }: PipelineDeclaration): DeclaredVariable[] {
  return listOf(properties.Variables).map((variable, index) => {
    const { Name, DefaultValue } = objectOf(variable);
    return { index, name: textOf(Name), defaultValue: DefaultValue };
  });
}

/** Returns the texts of an action in which CodePipeline replaces variables. */
function textsOf({ configuration, properties }: ActionDeclaration) {
  const commands = listOf(properties.Commands).map((command, index) => ({
    property: `Commands[${index}]`,
    text: textOf(command),
  }));
  const environment = listOf(properties.EnvironmentVariables).map((variable, index) => ({
    property: `EnvironmentVariables[${index}].Value`,
    text: textOf(objectOf(variable).Value),
  }));
  const values = Object.entries(configuration).map(([key, value]) => ({
    property: `Configuration.${key}`,
    text: textOf(value),
  }));
  return [...values, ...commands, ...environment];
}

/** The uses of variables of each pipeline, because several rules read them. */
const USES = new WeakMap<PipelineDeclaration, readonly Use[]>();

function usesOf(pipeline: PipelineDeclaration): readonly Use[] {
  const uses = USES.get(pipeline) ?? readUses(pipeline);
  USES.set(pipeline, uses);
  return uses;
}

function readUses({ steps }: PipelineDeclaration): Use[] {
  return steps.flatMap((action) =>
    textsOf(action).flatMap(({ property, text }) =>
      [...text.matchAll(/#\{([^.{}\s]+)\.([^{}\s]+)\}/g)]
        .filter(([reference]) => !hasUnknown(reference))
        .map(([reference, namespace, key]) => ({ action, property, text: reference, namespace, key })),
    ),
  );
}

/** Returns the uses of output variables. The form `#{rule.Name}` is a reference of the AWS CDK to a rule. */
export function outputUses(pipeline: PipelineDeclaration): Use[] {
  return usesOf(pipeline).filter(({ namespace }) => !['codepipeline', 'variables', 'rule'].includes(namespace));
}

/** Returns the actions with a variable namespace. */
export function producersOf({ actions }: PipelineDeclaration): ActionDeclaration[] {
  return actions.filter(({ properties }) => properties.Namespace !== undefined);
}

/** Returns the output variables of an action, or undefined if they are unknown. */
function keysOf(
  producer: ActionDeclaration,
  pipeline: PipelineDeclaration,
  model: ResourceModel,
): readonly string[] | undefined {
  const { variables: keys, unreliableVariables = {} } = factsOf(producer) ?? {};
  if (keys !== 'any') return keys && [...keys, ...Object.keys(unreliableVariables)];
  if (producer.provider === 'CodeBuild') return exportedVariables(producer, pipeline, model);
  if (producer.provider === 'Commands') return listOf(producer.properties.OutputVariables).map(textOf);
  return undefined;
}

function unknownVariable(
  use: Use,
  must: string,
  known: readonly string[],
  part: 'key' | 'namespace' = 'key',
): Violation {
  const similar = closest(use[part], known);
  const choice = known.length > 0 ? chooseOneOf(known) : 'remove it';
  const fix = similar === undefined ? choice : `did you mean ${similar}?`;
  return violation(use.action, use.property, { must, got: use.text, fix });
}
