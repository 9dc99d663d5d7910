import { ActionContext, Call, callOf } from './call';
import type { StackScope } from '../../assembly/scope';
import { hasUnknown } from '../../assembly/unknown';

const PASS_ROLE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html';

/** Handing a role to a service: the caller must be allowed to, and the service must be trusted by the role. */
export function passRole(
  context: ActionContext,
  passed: string,
  service: string,
  more: Partial<Call> = {},
  sourceArn?: string,
): Call[] {
  return [
    callOf(context, 'iam:PassRole', passed, {
      source: PASS_ROLE,
      context: { 'iam:passedtoservice': [service] },
      ...more,
    }),
    assumedBy(service, passed, context.pipeline.stack, {
      step: 'work',
      ...more,
      context: {
        'aws:sourceaccount': [context.account],
        ...(sourceArn !== undefined && { 'aws:sourcearn': [sourceArn] }),
      },
    }),
  ];
}

/** Whether a text is an ARN, or begins with something unknown and may be one. */
export function maybeArn(text: string) {
  return text.startsWith('arn:') || hasUnknown([...text][0] ?? '');
}

/** The ARN of a role that a template may name by its name alone. */
export function roleArn(role: string, { partition, account }: Pick<StackScope, 'partition' | 'account'>) {
  return maybeArn(role) ? role : `arn:${partition}:iam::${account}:role/${role}`;
}

/** A service takes on a role. */
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
