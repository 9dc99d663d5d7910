import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Statement } from './grants';
import type { RenderContext } from './rendered';
import { renderRole } from './role';

/** Describes the role of an action. */
export interface ActionRoleRequest {
  readonly id: string;
  readonly description: string;
  readonly policyName: string;
  readonly statements: readonly Statement[];
}

/** Renders a role that actions of the pipeline run under. Only the role of the pipeline can assume it. */
export function renderActionRole(
  scope: Construct,
  { pipelineRole }: RenderContext,
  { id, ...request }: ActionRoleRequest,
): iam.Role {
  return renderRole(scope, id, {
    ...request,
    // Trusts the account with a condition on the role. A trust policy with the role as principal would break
    // permanently when the role is recreated.
    assumedBy: new iam.AccountPrincipal(Stack.of(scope).account).withConditions({
      ArnEquals: { 'aws:PrincipalArn': pipelineRole.roleArn },
    }),
  });
}
