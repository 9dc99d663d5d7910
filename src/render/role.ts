import { aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { policyDocument, type Statement } from './grants';

export interface RoleRequest {
  readonly assumedBy: iam.IPrincipal;
  /** For a role that others name without a reference to it. */
  readonly roleName?: string;
  readonly description: string;
  readonly policyName: string;
  readonly statements: readonly Statement[];
}

/**
 * A role with its permissions inside, so that whoever depends on the role depends on them. Users may add to it as to
 * any other.
 */
export function renderRole(
  scope: Construct,
  id: string,
  { assumedBy, roleName, description, policyName, statements }: RoleRequest,
): iam.Role {
  const role = new iam.Role(scope, id, { assumedBy, roleName, description });
  // IAM takes no policy without a statement.
  if (statements.length > 0) {
    (role.node.defaultChild as iam.CfnRole).policies = [{ policyName, policyDocument: policyDocument(statements) }];
  }
  return role;
}

interface InlinePolicy {
  readonly policyName: string;
  readonly policyDocument: { readonly Statement: readonly Statement[] };
}

/** Adds to the permissions inside of a role that {@link renderRole} made; what it may already is not said twice. */
export function allowMore(role: iam.Role, statements: readonly Statement[]): iam.Role {
  const resource = role.node.defaultChild as iam.CfnRole;
  const [
    {
      policyName,
      policyDocument: { Statement: before },
    },
  ] = resource.policies as InlinePolicy[];
  const said = new Set(before.map((one) => JSON.stringify(one)));
  resource.policies = [
    {
      policyName,
      policyDocument: policyDocument([...before, ...statements.filter((one) => !said.has(JSON.stringify(one)))]),
    },
  ];
  return role;
}
