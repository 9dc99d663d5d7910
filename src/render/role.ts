import { aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { policyDocument, type Statement } from './grants';

/** Describes a role. */
export interface RoleRequest {
  readonly assumedBy: iam.IPrincipal;
  /** Explicit name, for a role that is referenced from other accounts or Regions. */
  readonly roleName?: string;
  readonly description: string;
  readonly policyName: string;
  readonly statements: readonly Statement[];
}

/**
 * Renders a role with an inline policy, so that resources that depend on the role depend on its permissions, too. Users
 * can add policies to it.
 */
export function renderRole(
  scope: Construct,
  id: string,
  { assumedBy, roleName, description, policyName, statements }: RoleRequest,
): iam.Role {
  const role = new iam.Role(scope, id, { assumedBy, roleName, description });
  // IAM does not accept a policy without statements.
  if (statements.length > 0) {
    (role.node.defaultChild as iam.CfnRole).policies = [{ policyName, policyDocument: policyDocument(statements) }];
  }
  return role;
}

interface InlinePolicy {
  readonly policyName: string;
  readonly policyDocument: { readonly Statement: readonly Statement[] };
}

/** Adds statements to the inline policy of a role that {@link renderRole} created, without duplicates. */
export function allowMore(role: iam.Role, statements: readonly Statement[]): iam.Role {
  const resource = role.node.defaultChild as iam.CfnRole;
  const [{ policyName, policyDocument: document }] = resource.policies as InlinePolicy[];
  const existing = new Set(document.Statement.map((statement) => JSON.stringify(statement)));
  const added = statements.filter((statement) => !existing.has(JSON.stringify(statement)));
  resource.policies = [{ policyName, policyDocument: policyDocument([...document.Statement, ...added]) }];
  return role;
}
