import { Aws, aws_events as events, aws_iam as iam, type Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { sendEventsStatements } from './grants';
import { eventBusName, forwardRoleName, roleArn, type PipelineIdentity } from '../../../render/cross-account-names';
import type { CrossAccountSource } from '../../../render/environment-context';
import { oneOrMany } from '../../../render/grants';
import { renderRole } from '../../../render/role';
import { deployAfter, supportStack } from '../../../render/sibling-stack';
import { sourceScope } from '../../resource/render-cross-account-sources';

/** Describes the change events of a source in another account. */
export interface CrossAccountChange {
  readonly source: CrossAccountSource;
  readonly pattern: unknown;
}

/**
 * Forwards the change events of sources in other accounts to the account of the pipeline: a rule in each of these
 * accounts sends them to an event bus of the pipeline.
 *
 * The pipeline has a separate event bus, because the default bus would receive a change once for each pipeline that
 * reads the same source. The bus is in a separate stack that is deployed before the rules that send to it.
 *
 * @returns the name of the event bus
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
export function renderForwarding(
  scope: Construct,
  identity: PipelineIdentity,
  changes: readonly CrossAccountChange[],
): string {
  const busName = eventBusName(identity);
  if (changes.length === 0) return busName;
  const stacks = new Map(changes.map(({ source: { env, stack } }) => [env.account, stack]));
  const busArn = `arn:${Aws.PARTITION}:events:${identity.region}:${identity.account}:event-bus/${busName}`;
  const busStack = renderBus(scope, identity, { busName, busArn, accounts: [...stacks.keys()] });
  const roles = new Map(
    [...stacks].map(([account, stack]) => {
      deployAfter(stack, busStack);
      return [account, renderForwardRole(stack, account, identity, busArn)];
    }),
  );
  for (const { source, pattern } of changes) {
    new events.CfnRule(sourceScope(source.stack, source.name), 'Change', {
      description: `Forwards changes of ${source.name} to the pipeline ${identity.pipelineName}`,
      eventPattern: pattern,
      targets: [{ id: 'Pipeline', arn: busArn, roleArn: roles.get(source.env.account)!.roleArn }],
    });
  }
  return busName;
}

interface BusProps {
  readonly busName: string;
  readonly busArn: string;
  /** Accounts that send events to the bus. */
  readonly accounts: readonly string[];
}

const STATEMENT_ID = 'Sources';

function renderBus(scope: Construct, identity: PipelineIdentity, { busName, busArn, accounts }: BusProps): Stack {
  const description = `Event bus of the pipeline ${identity.pipelineName} for changes in other accounts`;
  const stack = supportStack(scope, 'events', identity, description);
  const bus = new events.CfnEventBus(stack, 'Bus', { name: busName });
  // All accounts share a statement, because the size of the policy is limited.
  const roleArns = accounts.map((account) => roleArn(account, forwardRoleName(identity, account)));
  const [statement] = sendEventsStatements(busArn, { ArnEquals: { 'aws:PrincipalArn': oneOrMany(roleArns) } });
  const principals = accounts.map((account) => `arn:${Aws.PARTITION}:iam::${account}:root`);
  new events.CfnEventBusPolicy(stack, STATEMENT_ID, {
    eventBusName: bus.ref,
    statementId: STATEMENT_ID,
    statement: { Sid: STATEMENT_ID, ...statement, Principal: { AWS: oneOrMany(principals) } },
  });
  return stack;
}

function renderForwardRole(stack: Stack, account: string, identity: PipelineIdentity, busArn: string): iam.IRole {
  return renderRole(new Construct(stack, 'Forward'), 'Role', {
    roleName: forwardRoleName(identity, account),
    assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    description: `Sends changes of sources to the pipeline ${identity.pipelineName}`,
    policyName: 'Send',
    statements: sendEventsStatements(busArn),
  });
}
