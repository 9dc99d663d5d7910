import { aws_codeconnections as codeconnections, aws_ssm as ssm, CfnOutput, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CONNECTION_NAME } from '../../aws/limits';
import type { ConnectionPlan, ConnectionSourcePlan } from '../source-specs';
import { cloneStatements, useConnectionStatements } from '../../render/grants';
import { generatedName } from '../../render/names';
import type { ActionRenderer } from '../../render/rendered';
import type { ActionKind } from '../../render/action-kind';

/** A source read through a connection to a git provider. */
export const renderConnectionSource: ActionRenderer<ConnectionSourcePlan> = ({ scope }, spec, action) => {
  const connectionArn = connectionArnOf(scope, action.name, spec);
  return {
    configuration: { ConnectionArn: connectionArn },
    pipelineStatements: useConnectionStatements(connectionArn),
    cloneStatements: cloneStatements(connectionArn, spec.repository),
  };
};

function connectionArnOf(scope: Construct, step: string, { connection, providerType }: ConnectionSourcePlan): string {
  switch (connection.kind) {
    case 'arn':
      return connection.arn;
    case 'parameter':
      return ssm.StringParameter.valueForStringParameter(scope, connection.parameterName);
    case 'new':
      return newConnection(new Construct(scope, step), providerType, connection);
  }
}

function newConnection(
  scope: Construct,
  providerType: string,
  { name, hostArn }: Extract<ConnectionPlan, { kind: 'new' }>,
): string {
  const connection = new codeconnections.CfnConnection(scope, 'Connection', {
    connectionName: name ?? generatedName(scope, CONNECTION_NAME.maxLength),
    // A connection is made with a host or with a provider, which the host knows.
    ...(hostArn === undefined ? { providerType } : { hostArn }),
  });
  const { region } = Stack.of(scope);
  new CfnOutput(scope, 'Handshake', {
    description: `Until you choose "Update pending connection" here, the connection to ${providerType} is PENDING and the first run of the pipeline fails`,
    value: `https://${region}.console.aws.amazon.com/codesuite/settings/connections?region=${region}`,
  });
  return connection.attrConnectionArn;
}

export const CONNECTION_SOURCE: ActionKind<ConnectionSourcePlan> = {
  kind: 'connection-source',
  render: renderConnectionSource,
};
