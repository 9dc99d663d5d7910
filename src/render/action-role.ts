import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Statement } from './grants';
import type { RenderContext } from './rendered';
import { renderRole } from './role';

export interface ActionRoleRequest {
  readonly id: string;
  readonly description: string;
  readonly policyName: string;
  readonly statements: readonly Statement[];
}

/** A role that actions of the pipeline run under, and that its own role alone may take on. */
export function renderActionRole(
  scope: Construct,
  { pipelineRole }: RenderContext,
  { id, ...request }: ActionRoleRequest,
): iam.Role {
  return renderRole(scope, id, {
    ...request,
    // The account, narrowed to one role: a trust that names the role breaks for good when that role is made anew.
    assumedBy: new iam.AccountPrincipal(Stack.of(scope).account).withConditions({
      ArnEquals: { 'aws:PrincipalArn': pipelineRole.roleArn },
    }),
  });
}
