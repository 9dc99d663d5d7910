import { aws_codeconnections as codeconnections, aws_ssm as ssm, CfnOutput, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ConnectionSourceSpec, NewConnectionSpec } from './spec';
import { CONNECTION_NAME } from '../../aws/limits';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { ActionKind } from '../../render/action-kind';
import { allow, type Statement } from '../../render/grants';
import { generatedName } from '../../render/names';
import type { RenderContext, RenderedAction } from '../../render/rendered';

/** Defines the action kind of sources that are read through a connection. */
export const CONNECTION_SOURCE: ActionKind<ConnectionSourceSpec> = {
  kind: 'connection-source',
  render: renderConnectionSource,
};

function renderConnectionSource(
  { scope }: RenderContext,
  spec: ConnectionSourceSpec,
  { name }: StepPlan,
): RenderedAction {
  const connectionArn = renderConnection(scope, name, spec);
  return {
    configuration: { ConnectionArn: connectionArn },
    pipelineStatements: useConnectionStatements(connectionArn),
    cloneStatements: cloneStatements(connectionArn, spec.repository),
  };
}

/** Creates the connection of a source unless it exists, and returns its ARN. */
function renderConnection(scope: Construct, step: string, { connection, providerType }: ConnectionSourceSpec): string {
  switch (connection.kind) {
    case 'arn':
      return connection.arn;
    case 'parameter':
      return ssm.StringParameter.valueForStringParameter(scope, connection.parameterName);
    case 'new':
      return renderNewConnection(new Construct(scope, step), providerType, connection);
  }
}

function renderNewConnection(scope: Construct, providerType: string, { name, hostArn }: NewConnectionSpec): string {
  const connection = new codeconnections.CfnConnection(scope, 'Connection', {
    connectionName: name ?? generatedName(scope, CONNECTION_NAME.maxLength),
    // A connection has either a host or a provider type: the host already has a provider type.
    providerType: hostArn === undefined ? providerType : undefined,
    hostArn,
  });
  const { region } = Stack.of(scope);
  new CfnOutput(scope, 'Handshake', {
    description:
      `The connection to ${providerType} is PENDING, and executions fail, until you choose "Update pending ` +
      'connection" at this URL',
    value: `https://${region}.console.aws.amazon.com/codesuite/settings/connections?region=${region}`,
  });
  return connection.attrConnectionArn;
}

const USE_CONNECTION = ['codeconnections:UseConnection', 'codestar-connections:UseConnection'];

/**
 * Allows the pipeline to use a connection.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html
 */
export function useConnectionStatements(connectionArn: string): Statement[] {
  return [allow(USE_CONNECTION, [connectionArn])];
}

/**
 * Allows the role of a build to clone one repository, and no other. The condition key is present only in requests that
 * access a repository, so other requests pass. The service has two prefixes, so the key has two names.
 *
 * The role of the pipeline has no such condition: AWS does not document how the key spells the repositories of each
 * provider, and the definition of the pipeline already limits what that role does.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-use
 */
export function cloneStatements(connectionArn: string, repository: string): Statement[] {
  const onlyRepository = {
    StringEqualsIfExists: {
      'codeconnections:FullRepositoryId': repository,
      'codestar-connections:FullRepositoryId': repository,
    },
  };
  return [allow(USE_CONNECTION, [connectionArn], onlyRepository)];
}
