import { Construct } from 'constructs';
import type { CommandsPlan } from '../../plan/pipeline-plan';
import { renderActionRole } from '../action-role';
import { networkConfiguration, renderNetwork } from './network';
import { artifactReadStatements, artifactWriteStatements, BUILD_NETWORK, describeImagesStatements, networkInterfaceStatements } from '../grants';
import type { ActionRenderer } from '../rendered';
import { secretReference, secretStatements } from '../secrets';

/** Commands on compute of CodePipeline, under a role of their own: whoever writes them shall not have what the pipeline may do. */
export const renderCommands: ActionRenderer<CommandsPlan> = (context, work, action) => {
  const { scope: pattern, artifactBucket, pipelineName, actionLogs } = context;
  const scope = new Construct(pattern, action.name);
  const network = work.network && renderNetwork(scope, work.network);
  const role = renderActionRole(scope, context, {
    id: 'Role',
    description: `Runs the step ${action.name} of the pipeline ${pipelineName}`,
    policyName: 'Commands',
    statements: [
      ...artifactReadStatements(artifactBucket),
      ...action.outputs.length > 0 ? artifactWriteStatements(artifactBucket) : [],
      ...actionLogs(),
      ...secretStatements(work.secrets),
      ...network ? networkInterfaceStatements(network, BUILD_NETWORK) : [],
      ...work.describes ? describeImagesStatements(work.describes.repositoryArn) : [],
    ],
  });
  return {
    role,
    configuration: network ? { VpcId: network.vpcId, ...networkConfiguration(network) } : {},
    environmentVariables: [
      ...Object.entries(action.environmentVariables ?? {}).map(([name, value]) => ({ name, value, type: 'PLAINTEXT' })),
      ...work.describes ? [{ name: 'IMAGE_REPOSITORY', value: work.describes.repositoryUri, type: 'PLAINTEXT' }] : [],
      ...Object.entries(work.secrets).map(([name, secret]) => ({ name, value: secretReference(secret), type: 'SECRETS_MANAGER' })),
    ],
  };
};
