import { ActionContext, Call, callOf } from './call';
import type { StackScope } from '../../assembly/scope';
import { hasUnknown } from '../../assembly/unknown';

const PASS_ROLE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html';

/** Returns the calls that pass a role: the caller requires iam:PassRole, and the role must trust the service. */
export function passRole(
  context: ActionContext,
  passed: string,
  service: string,
  more: Partial<Call> = {},
  sourceArn?: string,
): Call[] {
  const sourceContext: Record<string, string[]> = { 'aws:sourceaccount': [context.account] };
  if (sourceArn !== undefined) sourceContext['aws:sourcearn'] = [sourceArn];
  return [
    callOf(context, 'iam:PassRole', passed, {
      source: PASS_ROLE,
      context: { 'iam:passedtoservice': [service] },
      ...more,
    }),
    assumedBy(service, passed, context.pipeline.stack, { step: 'work', ...more, context: sourceContext }),
  ];
}

/**
 * Returns the account of a role that a caller of another account passes, or undefined if the accounts are equal or
 * unknown. A role can be passed only within its account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function accountOfForeignRole({ call, resource }: Call, callerAccount: string): string | undefined {
  if (call !== 'iam:PassRole') return undefined;
  const account = resource.split(':')[4] ?? '';
  const isKnown = [account, callerAccount].every((id) => /^\d{12}$/.test(id));
  if (isKnown && account !== callerAccount) return account;
  return undefined;
}

/** Returns whether a string is an ARN, or may be one because it starts with an unknown part. */
export function maybeArn(text: string) {
  return text.startsWith('arn:') || hasUnknown([...text][0] ?? '');
}

/** Returns the ARN of a role that a template references by ARN or by name. */
export function roleArn(role: string, { partition, account }: Pick<StackScope, 'partition' | 'account'>) {
  if (maybeArn(role)) return role;
  return `arn:${partition}:iam::${account}:role/${role}`;
}

/** Returns the call of a service that assumes a role. */
export function assumedBy(service: string, role: string, from: StackScope, more: Partial<Call> = {}): Call {
  return {
    step: 'assume',
    caller: { service },
    call: 'sts:AssumeRole',
    resource: role,
    basis: 'documented',
    source: PASS_ROLE,
    from,
    ...more,
  };
}
