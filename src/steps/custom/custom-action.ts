import { aws_codepipeline as codepipeline, Token } from 'aws-cdk-lib';
import type { CustomActionSpec } from './custom-specs';
import { PipelineVariable } from '../pipeline-variable';
import type { ActionProvider } from '../../aws/action-providers';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { problem, type Problem } from '../../pipeline/problems';
import { namespaceOf } from '../../pipeline/variables';

/** The plan of an action that somebody else made. */
export function planAction(
  action: codepipeline.IAction,
  path: string,
  after: readonly string[] = [],
): StepPlan<CustomActionSpec> {
  const { actionName, category, owner, provider, version, inputs, outputs, artifactBounds } = action.actionProperties;
  const names = (artifacts: codepipeline.Artifact[] = []) => artifacts.map((artifact) => artifact.artifactName ?? '');
  return {
    name: actionName,
    path,
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
    inputs: names(inputs),
    outputs: names(outputs),
    after,
    namespace: namespaceOfAction(action),
    namespaceToken: namespaceTokenOf(action),
    configuration: {},
    spec: { kind: 'custom-action', action },
  };
}

/** What is wrong with it, as far as it alone shows that. */
export function checkAction(prop: string, { actionProperties }: codepipeline.IAction): Problem[] {
  const { actionName, category, inputs = [], outputs = [] } = actionProperties;
  const named = (artifact: codepipeline.Artifact) =>
    artifact.artifactName !== undefined && !Token.isUnresolved(artifact.artifactName);
  return [
    ...(category === 'Source'
      ? [problem(prop, 'not be a source', actionName, 'give it to the sources as PipelineSource')]
      : []),
    ...([...inputs, ...outputs].every(named)
      ? []
      : [
          problem(
            prop,
            'have artifacts with names',
            'an artifact without one',
            "write new codepipeline.Artifact('Name')",
          ),
        ]),
  ];
}

/** A variable of it, in the namespace that the action has or will have. */
export const variableOfAction = (action: codepipeline.IAction, key: string): PipelineVariable =>
  PipelineVariable._of(
    action instanceof codepipeline.Action ? expressionOf(action, key) : `#{${namespaceOfAction(action)}.${key}}`,
  );

/** The namespace of an action: its own, the one that its class makes up (a token), or one that we give it. */
export const namespaceOfAction = ({ actionProperties }: codepipeline.IAction) =>
  actionProperties.variablesNamespace ?? namespaceOf(actionProperties.actionName);

/**
 * Actions of aws-codepipeline-actions write their namespace as a token, even when it is given. Asking for a variable is the way to learn it, and
 * what makes the class render a namespace that it made up; it is asked once a namespace was given, or a variable is wanted.
 */
function namespaceTokenOf(action: codepipeline.IAction): string | undefined {
  const namespace = action.actionProperties.variablesNamespace;
  if (!(action instanceof codepipeline.Action) || namespace === undefined || Token.isUnresolved(namespace))
    return undefined;
  return /^#\{(.*)\.x\}$/.exec(expressionOf(action, 'x'))?.[1];
}

/** The method that subclasses make their `variables` with; it is protected, and there is no other way to the namespace. */
const expressionOf = (action: codepipeline.Action, key: string) =>
  (action as unknown as { variableExpression(variable: string): string }).variableExpression(key);
