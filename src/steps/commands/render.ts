import { Construct } from 'constructs';
import type { CommandsSpec } from './plan';
import { definedValues } from '../../common/compact';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { ActionKind } from '../../render/action-kind';
import { renderActionRole } from '../../render/action-role';
import { artifactReadStatements, artifactWriteStatements, allow, type Statement } from '../../render/grants';
import type { RenderContext, RenderedAction } from '../../render/rendered';
import { stepDescription, withStatements } from '../../render/role';
import { plaintextVariables } from '../build/build-variables';
import {
  environmentOutputs,
  networkConfiguration,
  networkStatements,
  type RenderedNetwork,
  renderNetwork,
} from '../render-network';
import { secretReference, secretStatements } from '../step-grants';

/**
 * Renders commands on managed compute of CodePipeline. They run under a separate role, so that they do not get the
 * permissions of the pipeline.
 */
function renderCommands(context: RenderContext, spec: CommandsSpec, action: StepPlan): RenderedAction {
  const { scope: pattern, artifactBucket, pipelineName, actionLogs } = context;
  const scope = new Construct(pattern, action.name);
  const network = spec.network && renderNetwork(scope, spec.network);
  const statements = artifactReadStatements(artifactBucket);
  if (action.outputs.length > 0) statements.push(...artifactWriteStatements(artifactBucket));
  statements.push(...actionLogs(), ...secretStatements(spec.secrets), ...networkStatements(network));
  if (spec.describes) statements.push(...describeImagesStatements(spec.describes.repositoryArn));
  const created = renderActionRole(scope, context, {
    id: 'Role',
    description: stepDescription(action.name, pipelineName),
    policyName: 'Commands',
    statements,
  });
  const role = withStatements(created, spec.rolePolicyStatements);
  return {
    role,
    stepRole: { stepName: action.name, role },
    configuration: vpcConfiguration(network),
    environmentVariables: variablesOf(spec, action, environmentOutputs(context, action)),
  };
}

/** Returns the network in the form that the configuration of a Commands action expects. */
export function vpcConfiguration(network: RenderedNetwork | undefined): Record<string, string> {
  return network ? { VpcId: network.vpcId, ...networkConfiguration(network) } : {};
}

/**
 * Returns the environment variables of a Commands action.
 *
 * @param outputs outputs of the environment that the commands test
 */
export function variablesOf(
  { describes, secrets }: CommandsSpec,
  { environmentVariables = {} }: StepPlan,
  outputs: Readonly<Record<string, string>>,
) {
  return [
    ...plaintextVariables({ ...environmentVariables, ...outputs }),
    ...plaintextVariables(definedValues({ IMAGE_REPOSITORY: describes?.repositoryUri })),
    ...Object.entries(secrets).map(([name, secret]) => ({
      name,
      value: secretReference(secret),
      type: 'SECRETS_MANAGER',
    })),
  ];
}

export const COMMANDS: ActionKind<CommandsSpec> = {
  kind: 'commands',
  render: renderCommands,
};

/**
 * Allows commands to read the details of an image.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html
 */
export function describeImagesStatements(repositoryArn: string): Statement[] {
  return [allow(['ecr:DescribeImages'], [repositoryArn])];
}
