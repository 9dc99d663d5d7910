import { ActionContext, Call, callOf } from './call';
import type { StackScope } from '../../assembly/scope';

const PASS_ROLE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html';

/** Handing a role to a service: the caller must be allowed to, and the service must be trusted by the role. */
export const passRole = (context: ActionContext, roleArn: string, service: string, more: Partial<Call> = {}): Call[] => [
  callOf(context, 'iam:PassRole', roleArn, { source: PASS_ROLE, context: { 'iam:passedtoservice': [service] }, ...more }),
  assumedBy(service, roleArn, context.pipeline.stack, { step: 'work', ...more, context: undefined }),
];

/** A service takes on a role. */
export const assumedBy = (service: string, roleArn: string, from: StackScope, more: Partial<Call> = {}): Call => ({
  step: 'assume', caller: { service }, call: 'sts:AssumeRole', resource: roleArn, basis: 'documented', source: PASS_ROLE, from, ...more,
});
