import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { sourceResourceOf, stackBefore } from './source-resource';
import { crossAccountSources } from '../pipeline/cross-account-sources';
import { allActions } from '../pipeline/actions';
import type { PipelinePlan } from '../pipeline/pipeline-plan';
import type { CrossAccountSource } from '../render/cross-account-source';
import { getOrCreate } from '../render/get-or-create';
import { roleArn, sourceRoleName, type PipelineIdentity } from '../render/cross-account-names';
import { pipelineRoleArnOf, artifactStoreFor } from '../render/environment-scope';
import { foreignSourceStatements, type Statement } from '../render/grants';
import { outermost } from '../render/names';
import { renderRole } from '../render/role';
import { deployAfter, supportStack } from '../render/sibling-stack';

/** Nothing is made yet but the stacks, one for all sources of an account. */
export function renderCrossAccountSources(
  scope: Construct,
  plan: PipelinePlan,
  identity: PipelineIdentity,
): Map<string, CrossAccountSource> {
  const stacks = new Map<string, Stack>();
  return new Map(
    crossAccountSources(plan, identity).map(({ name, account }) => {
      const made = stackBefore(scope, sourceResourceOf(allActions(plan).find((action) => action.name === name)!)!);
      if (made) deployAfter(outermost(Stack.of(scope)), made);
      const env = { account, region: identity.region };
      const stack =
        stacks.get(account) ??
        supportStack(
          scope,
          `sources-${account}`,
          env,
          `What the pipeline ${identity.pipelineName} reads its sources with`,
        );
      stacks.set(account, stack);
      return [name, { name, env, stack, identity }];
    }),
  );
}

/** Sources live in a scope of their own, so that none can take the id of anything else. */
export const sourceScope = (parent: Construct, source: string): Construct =>
  getOrCreate(
    getOrCreate(parent, 'Sources', (scope, id) => new Construct(scope, id)),
    source,
    (scope, id) => new Construct(scope, id),
  );

/**
 * The role that a source is read under: the role of the pipeline alone may take it on, and it writes what it has read to the artifacts there.
 *
 * @param scope where the pipeline is
 * @returns the role as the pipeline sees it
 */
export function renderSourceRole(
  scope: Construct,
  { name, env, stack, identity }: CrossAccountSource,
  statements: readonly Statement[],
): iam.IRole {
  renderRole(sourceScope(stack, name), 'Role', {
    roleName: sourceRoleName(identity, name),
    description: `Reads ${name} for the pipeline ${identity.pipelineName}`,
    policyName: 'Read',
    statements: [...statements, ...foreignSourceStatements(artifactStoreFor(identity, env, true))],
    assumedBy: new iam.AccountPrincipal(identity.account).withConditions({
      ArnEquals: { 'aws:PrincipalArn': pipelineRoleArnOf(identity) },
    }),
  });
  return iam.Role.fromRoleArn(sourceScope(scope, name), 'Role', roleArn(env.account, sourceRoleName(identity, name)), {
    mutable: false,
  });
}
