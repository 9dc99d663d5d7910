import type { DeployRequest, UnplacedStep } from '../deploy-request';
import { releasedFilesOf } from '../released-image';
import type { CloudFormationStackOptions } from './stack-options';
import type { ExecuteStackPlan, PrepareStackPlan } from './stack-specs';
import { namespaceOf } from '../../pipeline/variables';

/** The name of the change set. One suffices, since stages let in one run at a time; CodePipeline replaces what an earlier run left. */
export const CHANGE_SET = 'pipeline';

/** The file in which CodePipeline writes the outputs of the stack: an object of JSON, from name to value. */
const OUTPUTS_FILE = 'outputs.json';

/** CodeBuild tells where an input is in a variable of its name, and shells know none with `-`. */
const outputsArtifact = (step: string) => `${step.replace(/\W/g, '_')}_outputs`;

/** Properties that the configuration of the action comes from. */
const STACK_PROPS = {
  StackName: 'stackName',
  TemplatePath: 'templatePath',
  TemplateConfiguration: 'templateConfigurationPath',
  ParameterOverrides: 'parameters',
  Capabilities: 'capabilities',
};

/** A change set is made, then executed. Both run again when the environment goes back, with the template of then. */
export function planStack(
  stackName: string,
  options: CloudFormationStackOptions,
  request: DeployRequest,
): Array<UnplacedStep<PrepareStackPlan | ExecuteStackPlan>> {
  const { environment } = request;
  const artifact = releasedFilesOf(request);
  const {
    templatePath = 'template.yaml',
    templateConfigurationPath,
    parameters = {},
    capabilities = [],
    outputs = [],
    deploymentRole,
  } = options;
  const prepared = `Prepare-${environment}`;
  return [
    {
      name: prepared,
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
        ...(Object.keys(parameters).length > 0 && { ParameterOverrides: JSON.stringify(parameters) }),
        ...(capabilities.length > 0 && { Capabilities: capabilities.join(',') }),
      },
      stackName,
      propNames: STACK_PROPS,
      spec: {
        kind: 'prepare-stack',
        environment,
        stackName,
        parameters,
        deploymentRole,
        publishesOutputs: outputs.length > 0,
      },
    },
    executeChangeSet(`Deploy-${environment}`, { stackName, prepared, outputs }),
  ];
}

/** The change set of a stack that an earlier step made is executed. */
export const executeChangeSet = (
  name: string,
  { stackName, prepared, outputs }: Omit<ExecuteStackPlan, 'kind'>,
): UnplacedStep<ExecuteStackPlan> => ({
  name,
  provider: 'cloudFormation',
  inputs: [],
  outputs: outputs.length > 0 ? [outputsArtifact(name)] : [],
  after: [prepared],
  // The outputs of the stack.
  namespace: namespaceOf(name),
  configuration: {
    ActionMode: 'CHANGE_SET_EXECUTE',
    StackName: stackName,
    ChangeSetName: CHANGE_SET,
    ...(outputs.length > 0 && { OutputFileName: OUTPUTS_FILE }),
  },
  environmentOutputs:
    outputs.length > 0
      ? { stack: { stackName, outputs, artifact: outputsArtifact(name), file: OUTPUTS_FILE } }
      : undefined,
  spec: { kind: 'execute-stack', stackName, prepared, outputs },
});
