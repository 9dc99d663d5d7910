import { type ActionDeclaration, isKnown, type PipelineDeclaration } from './declaration';
import { GUIDE, type ServiceRule } from './service-rule';
import { violation } from './violation';
import { isObject, listOf, textOf } from '../../assembly/json';

const STEP_FUNCTIONS = `${GUIDE}/action-reference-StepFunctions.html`;
const SCAN = `${GUIDE}/action-reference-InspectorScan.html`;

/** Configuration keys with a JSON array of objects, by action type: the keys of these objects. */
const ARRAY_KEYS: Readonly<Record<string, readonly string[]>> = {
  SourceRevisions: ['actionName', 'revisionType', 'revisionValue'],
  Variables: ['name', 'value'],
};

/** Rules for actions that invoke other services. */
export const INVOKE_RULES: readonly ServiceRule[] = [
  {
    id: 'StateMachineInput',
    severity: 'error',
    summary: 'A state machine that reads its input from a file has an input artifact and the path of the file.',
    see: STEP_FUNCTIONS,
    violations: (pipeline) =>
      invokeActions(pipeline, 'StepFunctions')
        .filter(({ configuration }) => configuration.InputType === 'FilePath')
        .flatMap((action) => {
          if (action.inputs.length === 0 && isKnown(action.properties.InputArtifacts)) {
            const must = 'contain an artifact for the InputType FilePath';
            return [violation(action, 'InputArtifacts', { must, fix: 'add the artifact with the file' })];
          }
          if (action.configuration.Input !== undefined) return [];
          return [
            violation(action, 'Configuration.Input', { must: 'be set for the InputType FilePath', fix: 'add it' }),
          ];
        }),
  },
  {
    id: 'StateMachineOutput',
    severity: 'error',
    summary: 'An action with an Express state machine has no output artifact.',
    see: STEP_FUNCTIONS,
    violations: (pipeline, model) =>
      invokeActions(pipeline, 'StepFunctions')
        .filter(({ outputs }) => outputs.length > 0)
        .filter(({ configuration: { StateMachineArn } }) => {
          const machine = model.find(textOf(StateMachineArn));
          return machine?.properties.StateMachineType === 'EXPRESS';
        })
        .map((action) =>
          violation(action, 'OutputArtifacts', {
            must: 'be empty for an Express state machine',
            got: action.outputs,
            fix: 'remove them, or use a Standard state machine',
          }),
        ),
  },
  {
    id: 'ScanInput',
    severity: 'error',
    summary: 'A scan of source code has an input artifact.',
    see: SCAN,
    violations: (pipeline) =>
      invokeActions(pipeline, 'InspectorScan')
        .filter(({ configuration }) => configuration.InspectorRunMode === 'SourceCodeScan')
        .filter(({ inputs, properties }) => inputs.length === 0 && isKnown(properties.InputArtifacts))
        .map((action) =>
          violation(action, 'InputArtifacts', {
            must: 'contain the source code for the mode SourceCodeScan',
            fix: 'add the artifact of the source',
          }),
        ),
  },
  {
    id: 'ScanRepository',
    severity: 'warning',
    summary: 'A scan of an image names its repository.',
    see: SCAN,
    violations: (pipeline) =>
      invokeActions(pipeline, 'InspectorScan')
        .filter(({ configuration }) => configuration.InspectorRunMode === 'ECRImageScan')
        .filter(({ configuration }) => configuration.ECRRepositoryName === undefined)
        .map((action) =>
          violation(action, 'Configuration.ECRRepositoryName', {
            must: 'be set for the mode ECRImageScan',
            fix: 'add the name of the repository',
          }),
        ),
  },
  {
    id: 'InvokedPipelineValues',
    severity: 'error',
    summary: 'The source revisions and variables for another pipeline are JSON arrays of objects.',
    see: `${GUIDE}/action-reference-PipelineInvoke.html`,
    violations: (pipeline) =>
      invokeActions(pipeline, 'CodePipeline').flatMap((action) =>
        Object.entries(ARRAY_KEYS)
          .map(([key, members]) => ({ key, members, value: action.configuration[key] }))
          .filter(({ value, members }) => isKnown(value) && !isArrayOf(members, value))
          .map(({ key, members, value }) =>
            violation(action, `Configuration.${key}`, {
              must: `be a JSON array of objects with ${members.join(' and ')}`,
              got: value,
              fix: `write [{${members.map((member) => `"${member}":"…"`).join(',')}}]`,
            }),
          ),
      ),
  },
];

function invokeActions({ actions }: PipelineDeclaration, provider: string): ActionDeclaration[] {
  return actions.filter(
    (action) =>
      action.category === 'Invoke' &&
      action.owner === 'AWS' &&
      action.provider === provider &&
      isObject(action.properties.Configuration),
  );
}

/** Returns whether a value is an array of such objects. Another rule reports text that is not JSON. */
function isArrayOf(members: readonly string[], value: unknown): boolean {
  if (typeof value !== 'string') return true;
  let items: unknown;
  try {
    items = JSON.parse(value);
  } catch {
    return true;
  }
  return Array.isArray(items) && listOf(items).every((item) => isObject(item) && members.every((name) => name in item));
}
