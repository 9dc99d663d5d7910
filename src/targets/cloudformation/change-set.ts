import type { ExecuteStackSpec } from './spec';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { namespaceOf } from '../../pipeline/variables';

/**
 * Name of the change set. One suffices, since stages let in one execution at a time; CodePipeline replaces what an
 * earlier one left.
 */
const CHANGE_SET = 'pipeline';

/** File in which CodePipeline writes the outputs of the stack: an object of JSON, from name to value. */
const OUTPUTS_FILE = 'outputs.json';

/** Describes a step that works on a change set. */
export interface ChangeSetRequest {
  /** Name of the step. */
  readonly name: string;
  /** Property that the step comes from. */
  readonly path: string;
  /** Properties below it that the configuration comes from. */
  readonly propNames: Readonly<Record<string, string>>;
  readonly stackName: string;
}

/** Files of an artifact that a change set is made from. */
export interface StackFiles {
  readonly artifact: string;
  readonly templatePath: string;
  readonly templateConfigurationPath?: string;
}

/**
 * Returns the parts of a step that prepares a change set. What else the change set is made from is added to the
 * configuration.
 */
export function prepareChangeSet(
  { name, path, propNames, stackName }: ChangeSetRequest,
  { artifact, templatePath, templateConfigurationPath }: StackFiles,
) {
  return {
    name,
    path,
    propNames,
    provider: 'cloudFormation',
    inputs: [artifact],
    outputs: [],
    configuration: {
      ActionMode: 'CHANGE_SET_REPLACE',
      StackName: stackName,
      ChangeSetName: CHANGE_SET,
      TemplatePath: `${artifact}::${templatePath}`,
      ...(templateConfigurationPath !== undefined && {
        TemplateConfiguration: `${artifact}::${templateConfigurationPath}`,
      }),
    },
    stackName,
  } as const;
}

/**
 * Plans a step that executes a change set.
 *
 * @param prepared name of the step that prepares it
 * @param outputs names of the outputs of the stack that tests receive
 */
export function executeChangeSet(
  { name, path, propNames, stackName }: ChangeSetRequest,
  prepared: string,
  outputs: readonly string[],
): StepPlan<ExecuteStackSpec> {
  const artifact = outputsArtifact(name);
  const publishes = outputs.length > 0;
  return {
    name,
    path,
    propNames,
    provider: 'cloudFormation',
    inputs: [],
    outputs: publishes ? [artifact] : [],
    after: [prepared],
    // The outputs of the stack.
    namespace: namespaceOf(name),
    configuration: {
      ActionMode: 'CHANGE_SET_EXECUTE',
      StackName: stackName,
      ChangeSetName: CHANGE_SET,
      ...(publishes && { OutputFileName: OUTPUTS_FILE }),
    },
    environmentOutputs: publishes ? { stack: { stackName, outputs, artifact, file: OUTPUTS_FILE } } : undefined,
    spec: { kind: 'execute-stack', stackName, prepared, outputs },
  };
}

/**
 * Returns the name of the artifact with the outputs. CodeBuild names a variable after it, and shells allow no `-` in
 * variables.
 */
function outputsArtifact(step: string): string {
  return `${step.replace(/\W/g, '_')}_outputs`;
}
