import { Aws, aws_events as events, aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { eventBusName, forwardRoleName, roleArn, type PipelineIdentity } from '../../render/cross-account-names';
import { allow, sendEventsStatements } from '../../render/grants';
import { renderRole } from '../../render/role';
import { deployAfter, supportStack } from '../../render/sibling-stack';
import { sourceScope } from '../render-cross-account-sources';
import type { CrossAccountSource } from '../../render/cross-account-source';

/** Changes of a source in another account. */
export interface ForeignChange {
  readonly source: CrossAccountSource;
  readonly pattern: unknown;
}

/**
 * Sends the changes of sources in other accounts to where the pipeline is: a rule there, whose target is a bus here.
 *
 * The pipeline has a bus of its own. On the default bus it would hear of a change once for each pipeline that has the same source, since each of them
 * has it sent on. The bus is in a stack of its own, which is deployed before the rules that send to it.
 *
 * @returns the name of the bus
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
export function renderForwarding(
  scope: Construct,
  identity: PipelineIdentity,
  changes: readonly ForeignChange[],
): string {
  const name = eventBusName(identity);
  if (changes.length === 0) return name;
  const stacks = new Map(changes.map(({ source: { env, stack } }) => [env.account, stack]));
  const busArn = `arn:${Aws.PARTITION}:events:${identity.region}:${identity.account}:event-bus/${name}`;

  const busStack = supportStack(
    scope,
    'events',
    identity,
    `Where the pipeline ${identity.pipelineName} hears of changes in other accounts`,
  );
  const bus = new events.CfnEventBus(busStack, 'Bus', { name });
  for (const account of stacks.keys()) {
    const statementId = `From-${account}`;
    new events.CfnEventBusPolicy(busStack, statementId, {
      eventBusName: bus.ref,
      statementId,
      statement: {
        Sid: statementId,
        ...allow(['events:PutEvents'], [busArn], {
          ArnEquals: { 'aws:PrincipalArn': roleArn(account, forwardRoleName(identity, account)) },
        }),
        Principal: { AWS: `arn:${Aws.PARTITION}:iam::${account}:root` },
      },
    });
  }

  const roles = new Map(
    [...stacks].map(([account, stack]) => {
      deployAfter(stack, busStack);
      return [
        account,
        renderRole(new Construct(stack, 'Forward'), 'Role', {
          roleName: forwardRoleName(identity, account),
          assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
            conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
          }),
          description: `Sends changes of sources to the pipeline ${identity.pipelineName}`,
          policyName: 'Send',
          statements: sendEventsStatements(busArn),
        }),
      ];
    }),
  );
  for (const { source, pattern } of changes) {
    new events.CfnRule(sourceScope(source.stack, source.name), 'Change', {
      description: `Tells the pipeline ${identity.pipelineName} when ${source.name} changes`,
      eventPattern: pattern,
      targets: [{ id: 'Pipeline', arn: busArn, roleArn: roles.get(source.env.account)!.roleArn }],
    });
  }
  return name;
}
