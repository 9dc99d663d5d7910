import type { ExecuteStackSpec } from './spec';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { namespaceOf } from '../../pipeline/variables';

/**
 * Name of the change set. One name is sufficient: a stage runs one execution at a time, and CodePipeline replaces the
 * change set of an earlier one.
 */
export const CHANGE_SET = 'pipeline';

/** File to which CodePipeline writes the outputs of the stack as a JSON object. */
const OUTPUTS_FILE = 'outputs.json';

/** Describes a step that creates or executes a change set. */
export interface ChangeSetRequest {
  /** Name of the step. */
  readonly name: string;
  /** Path of the property that the step comes from. */
  readonly path: string;
  /** Names of the properties below `path` by configuration key. */
  readonly propNames: Readonly<Record<string, string>>;
  readonly stackName: string;
}

/** Files of an artifact from which a change set is created. */
export interface StackFiles {
  readonly artifact: string;
  readonly templatePath: string;
  readonly templateConfigurationPath?: string;
}

/** Returns the common fields of a step that creates a change set. */
export function prepareChangeSet(
  { name, path, propNames, stackName }: ChangeSetRequest,
  { artifact, templatePath, templateConfigurationPath }: StackFiles,
) {
  const configuration: Record<string, string> = {
    ActionMode: 'CHANGE_SET_REPLACE',
    StackName: stackName,
    ChangeSetName: CHANGE_SET,
    TemplatePath: `${artifact}::${templatePath}`,
  };
  if (templateConfigurationPath !== undefined) {
    configuration.TemplateConfiguration = `${artifact}::${templateConfigurationPath}`;
  }
  return {
    name,
    path,
    propNames,
    provider: 'cloudFormation',
    inputs: [artifact],
    outputs: [],
    configuration,
    stackName,
    changeSet: 'create',
  } as const;
}

/**
 * Plans a step that executes a change set.
 *
 * @param prepared name of the step that creates the change set
 * @param outputs names of stack outputs that tests receive
 */
export function executeChangeSet(
  { name, path, propNames, stackName }: ChangeSetRequest,
  prepared: string,
  outputs: readonly string[],
): StepPlan<ExecuteStackSpec> {
  const configuration = {
    ActionMode: 'CHANGE_SET_EXECUTE',
    StackName: stackName,
    ChangeSetName: CHANGE_SET,
  };
  const step: StepPlan<ExecuteStackSpec> = {
    name,
    path,
    propNames,
    provider: 'cloudFormation',
    inputs: [],
    outputs: [],
    after: [prepared],
    // The variables of the action are the outputs of the stack.
    namespace: namespaceOf(name),
    configuration,
    changeSet: 'execute',
    spec: { kind: 'execute-stack', stackName, prepared, outputs },
  };
  if (outputs.length === 0) return step;
  const artifact = outputsArtifact(name);
  return {
    ...step,
    outputs: [artifact],
    configuration: { ...configuration, OutputFileName: OUTPUTS_FILE },
    environmentOutputs: { stack: { stackName, outputs, artifact, file: OUTPUTS_FILE, namespace: namespaceOf(name) } },
  };
}

/**
 * Returns the name of the artifact with the outputs. CodeBuild derives the name of a variable from it, which must not
 * contain `-`.
 */
function outputsArtifact(step: string): string {
  return `${step.replace(/\W/g, '_')}_outputs`;
}
