import { aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { policyDocument, type Statement } from './grants';
import { distribute } from './policy-size';
import { getOrCreate } from './sibling-stack';

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
 * Renders a role with its policies, so that resources that depend on the role depend on its permissions, too. Users can
 * add policies to it.
 */
export function renderRole(
  scope: Construct,
  id: string,
  { assumedBy, roleName, description, policyName, statements }: RoleRequest,
): iam.Role {
  const role = new iam.Role(scope, id, { assumedBy, roleName, description });
  // IAM does not accept a policy without statements.
  if (statements.length > 0) setStatements(role, policyName, statements);
  return role;
}

/** Adds statements of the user to a role, and returns it. */
export function withStatements(role: iam.Role, statements: readonly iam.PolicyStatement[]): iam.Role {
  // The same statements may be added to the roles of several environments.
  for (const statement of statements) role.addToPrincipalPolicy(statement.copy());
  return role;
}

/** Returns the description of the role of a step. */
export function stepDescription(stepName: string, pipelineName: string): string {
  return `Runs the step ${stepName} of the pipeline ${pipelineName}`;
}

interface InlinePolicy {
  readonly policyName: string;
  readonly policyDocument: { readonly Statement: readonly Statement[] };
}

/** Adds statements to the policies of a role that {@link renderRole} created, without duplicates. */
export function allowMore(role: iam.Role, statements: readonly Statement[]): iam.Role {
  const [{ policyName, policyDocument: document }] = resourceOf(role).policies as InlinePolicy[];
  const managed = managedPoliciesOf(role).flatMap((policy) => (policy.policyDocument as typeof document).Statement);
  setStatements(role, policyName, [...document.Statement, ...managed, ...statements]);
  return role;
}

/** Sets the statements of a role: as its inline policy and, if they do not fit into it, as managed policies. */
function setStatements(role: iam.Role, policyName: string, statements: readonly Statement[]): void {
  const [inline, ...more] = distribute(role, statements).map(policyDocument);
  resourceOf(role).policies = [{ policyName, policyDocument: inline }];
  const attached = managedPoliciesOf(role);
  for (const policy of renderManagedPolicies(role, more).filter((each) => !attached.includes(each))) {
    role.addManagedPolicy(iam.ManagedPolicy.fromManagedPolicyArn(policy, 'Attached', policy.ref));
  }
}

/** Renders managed policies below a construct, or replaces the documents of those that exist. */
export function renderManagedPolicies(
  scope: Construct,
  documents: ReadonlyArray<ReturnType<typeof policyDocument>>,
  roles?: string[],
): iam.CfnManagedPolicy[] {
  return documents.map((document, i) => {
    const policy = getOrCreate(
      scope,
      `${MORE_POLICY}${i + 2}`,
      (parent, id) => new iam.CfnManagedPolicy(parent, id, { policyDocument: document, roles }),
    );
    policy.policyDocument = document;
    return policy;
  });
}

const MORE_POLICY = 'Policy';

function managedPoliciesOf(role: iam.Role): iam.CfnManagedPolicy[] {
  return role.node.children.filter((child) => child instanceof iam.CfnManagedPolicy);
}

function resourceOf(role: iam.Role): iam.CfnRole {
  return role.node.defaultChild as iam.CfnRole;
}
