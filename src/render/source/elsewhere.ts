import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { heldBy, stackBefore } from './held';
import { foreignSources } from '../../plan/foreign-sources';
import { allActions, type PipelinePlan } from '../../plan/pipeline-plan';
import type { ForeignRole } from '../artifact-bucket';
import { child } from '../child';
import { roleArn, sourceRoleName, type PipelineIdentity } from '../environment/identity';
import type { ConcretePlace } from '../environment/places';
import { pipelineRoleArnOf, storeSeenFrom } from '../environment/room';
import { foreignSourceStatements, type Statement } from '../grants';
import { outermost } from '../names';
import { renderRole } from '../role';
import { deployAfter, siblingStack } from '../sibling-stack';

/** A source in another account: what it needs is made there, and the pipeline knows it by its names. */
export interface SourceElsewhere {
  readonly name: string;
  readonly place: ConcretePlace;
  /** In a stack of that account, which all sources of the account share. */
  readonly stack: Stack;
  readonly identity: PipelineIdentity;
}

/** The roles of other accounts that make artifacts of the sources there. */
export const sourceRoles = (plan: PipelinePlan, identity: PipelineIdentity): ForeignRole[] => foreignSources(plan, identity)
  .map(({ name, account }) => ({ account, region: identity.region, roleArn: roleArn(account, sourceRoleName(identity, name)), writes: true }));

/** Nothing is made yet but the stacks, one for all sources of an account. */
export function renderSourcesElsewhere(scope: Construct, plan: PipelinePlan, identity: PipelineIdentity): Map<string, SourceElsewhere> {
  const stacks = new Map<string, Stack>();
  return new Map(foreignSources(plan, identity).map(({ name, account }) => {
    const made = stackBefore(scope, heldBy(allActions(plan).find((action) => action.name === name)!)!);
    if (made) deployAfter(outermost(Stack.of(scope)), made);
    const place = { account, region: identity.region };
    const stack = stacks.get(account) ?? siblingStack(scope, `sources-${account}`, place, `What the pipeline ${identity.pipelineName} reads its sources with`);
    stacks.set(account, stack);
    return [name, { name, place, stack, identity }];
  }));
}

/** Sources live in a scope of their own, so that none can take the id of anything else. */
export const sourceScope = (parent: Construct, source: string): Construct =>
  child(child(parent, 'Sources', (scope, id) => new Construct(scope, id)), source, (scope, id) => new Construct(scope, id));

/**
 * The role that a source is read under: the role of the pipeline alone may take it on, and it writes what it has read to the artifacts there.
 *
 * @param scope where the pipeline is
 * @returns the role as the pipeline sees it
 */
export function renderSourceRole(scope: Construct, { name, place, stack, identity }: SourceElsewhere, statements: readonly Statement[]): iam.IRole {
  renderRole(sourceScope(stack, name), 'Role', {
    roleName: sourceRoleName(identity, name),
    description: `Reads ${name} for the pipeline ${identity.pipelineName}`,
    policyName: 'Read',
    statements: [...statements, ...foreignSourceStatements(storeSeenFrom(identity, place, true))],
    assumedBy: new iam.AccountPrincipal(identity.account).withConditions({ ArnEquals: { 'aws:PrincipalArn': pipelineRoleArnOf(identity) } }),
  });
  return iam.Role.fromRoleArn(sourceScope(scope, name), 'Role', roleArn(place.account, sourceRoleName(identity, name)), { mutable: false });
}
