import { Construct } from 'constructs';
import type { CommandsSpec } from './plan';
import { definedValues } from '../../common/compact';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { ActionKind } from '../../render/action-kind';
import { renderActionRole } from '../../render/action-role';
import { artifactReadStatements, artifactWriteStatements, allow, type Statement } from '../../render/grants';
import type { RenderContext, RenderedAction } from '../../render/rendered';
import { plaintextVariables } from '../build/build-variables';
import { networkConfiguration, networkStatements, renderNetwork } from '../render-network';
import { secretReference, secretStatements } from '../step-grants';
import { stepDescription } from '../../render/role';

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
  const role = renderActionRole(scope, context, {
    id: 'Role',
    description: stepDescription(action.name, pipelineName),
    policyName: 'Commands',
    statements,
  });
  return {
    role,
    stepRole: { stepName: action.name, role },
    configuration: network ? { VpcId: network.vpcId, ...networkConfiguration(network) } : {},
    environmentVariables: variablesOf(spec, action),
  };
}

function variablesOf({ describes, secrets }: CommandsSpec, { environmentVariables = {} }: StepPlan) {
  return [
    ...plaintextVariables(environmentVariables),
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
