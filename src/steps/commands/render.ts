import { Construct } from 'constructs';
import type { CommandsSpec } from './plan';
import type { ActionKind } from '../../render/action-kind';
import { renderActionRole } from '../../render/action-role';
import {
  artifactReadStatements,
  artifactWriteStatements,
  BUILD_NETWORK,
  networkInterfaceStatements,
  allow,
  type Statement,
} from '../../render/grants';
import type { ActionRenderer } from '../../render/rendered';
import { networkConfiguration, renderNetwork } from '../render-network';
import { secretReference, secretStatements } from '../secret-grants';

/**
 * Renders commands on compute of CodePipeline, under a role of their own: whoever writes them shall not have what the
 * pipeline may do.
 */
const renderCommands: ActionRenderer<CommandsSpec> = (context, spec, action) => {
  const { scope: pattern, artifactBucket, pipelineName, actionLogs } = context;
  const scope = new Construct(pattern, action.name);
  const network = spec.network && renderNetwork(scope, spec.network);
  const role = renderActionRole(scope, context, {
    id: 'Role',
    description: `Runs the step ${action.name} of the pipeline ${pipelineName}`,
    policyName: 'Commands',
    statements: [
      ...artifactReadStatements(artifactBucket),
      ...(action.outputs.length > 0 ? artifactWriteStatements(artifactBucket) : []),
      ...actionLogs(),
      ...secretStatements(spec.secrets),
      ...(network ? networkInterfaceStatements(network, BUILD_NETWORK) : []),
      ...(spec.describes ? describeImagesStatements(spec.describes.repositoryArn) : []),
    ],
  });
  return {
    role,
    stepRole: { stepName: action.name, role },
    configuration: network ? { VpcId: network.vpcId, ...networkConfiguration(network) } : {},
    environmentVariables: [
      ...Object.entries(action.environmentVariables ?? {}).map(([name, value]) => ({ name, value, type: 'PLAINTEXT' })),
      ...(spec.describes ? [{ name: 'IMAGE_REPOSITORY', value: spec.describes.repositoryUri, type: 'PLAINTEXT' }] : []),
      ...Object.entries(spec.secrets).map(([name, secret]) => ({
        name,
        value: secretReference(secret),
        type: 'SECRETS_MANAGER',
      })),
    ],
  };
};

export const COMMANDS: ActionKind<CommandsSpec> = {
  kind: 'commands',
  render: renderCommands,
};

/**
 * For commands that describe an image.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html
 */
export function describeImagesStatements(repositoryArn: string): Statement[] {
  return [allow(['ecr:DescribeImages'], [repositoryArn])];
}
