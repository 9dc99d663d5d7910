import { aws_iam as iam, CfnResource, Stack } from 'aws-cdk-lib';
import { Dependable, type IConstruct, type IDependable } from 'constructs';

/**
 * Returns a dependency on the policies that users add to roles. It is evaluated at the end of the synthesis, because
 * users add policies until then. Policies that depend on the resource themselves are left out.
 *
 * @param dependent resource that is created after the policies
 */
export function latePolicies(dependent: CfnResource, roles: readonly iam.IRole[]): IDependable {
  const dependable: IDependable = {};
  Dependable.implement(dependable, {
    get dependencyRoots(): IConstruct[] {
      const policies = roles.flatMap((role) => addedPolicies(role, dependent));
      return policies.filter((policy) => !reaches(policy, dependent));
    },
  });
  return dependable;
}

/** Returns the policies below a role, which its `addToPrincipalPolicy` creates, in the stack of the dependent. */
function addedPolicies(role: iam.IRole, dependent: CfnResource): CfnResource[] {
  return role.node
    .findAll()
    .filter(
      (construct): construct is CfnResource =>
        (construct instanceof iam.CfnPolicy || construct instanceof iam.CfnManagedPolicy) &&
        Stack.of(construct) === dependent.stack,
    );
}

/** Returns whether a resource refers to another one, directly or through resources that it refers to. */
function reaches(from: CfnResource, to: CfnResource, seen = new Set<CfnResource>()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return referencesOf(from).some((resource) => reaches(resource, to, seen));
}

function referencesOf(resource: CfnResource): CfnResource[] {
  const { stack } = resource;
  const byId = new Map(
    stack.node
      .findAll()
      .filter(
        (construct): construct is CfnResource => CfnResource.isCfnResource(construct) && construct.stack === stack,
      )
      .map((each) => [stack.getLogicalId(each), each]),
  );
  const text = JSON.stringify(stack.resolve(resource._toCloudFormation()));
  const ids = [...text.matchAll(/"(?:Ref|Fn::GetAtt)":\[?"([^".]+)/g), ...text.matchAll(/\$\{([^}!.]+)/g)];
  const references = ids.flatMap(([, id]) => byId.get(id) ?? []);
  const dependencies = resource
    .obtainDependencies()
    .filter((each): each is CfnResource => CfnResource.isCfnResource(each));
  return [...references, ...dependencies].filter((each) => each !== resource);
}
