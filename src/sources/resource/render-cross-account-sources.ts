import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { creatingStackOf, isResourceSource } from './read-resource';
import { allActions } from '../../pipeline/actions';
import { crossAccountSources } from '../../pipeline/cross-account-sources';
import type { PipelinePlan } from '../../pipeline/pipeline-plan';
import { roleArn, sourceRoleName, type PipelineIdentity } from '../../render/cross-account-names';
import type { CrossAccountSource } from '../../render/environment-context';
import { artifactStoreFor, pipelineRoleArnOf } from '../../render/environment-scope';
import { crossAccountSourceStatements, type Statement } from '../../render/grants';
import { outermost } from '../../render/names';
import { renderRole } from '../../render/role';
import { getOrCreate, deployAfter, supportStack } from '../../render/sibling-stack';

/** Creates the stacks that sources in other accounts need, still empty: one for all sources in an account. */
export function renderCrossAccountSources(
  scope: Construct,
  plan: PipelinePlan,
  identity: PipelineIdentity,
): Map<string, CrossAccountSource> {
  const stacks = new Map<string, Stack>();
  const resources = new Map(
    allActions(plan)
      .filter(isResourceSource)
      .map(({ name, spec }) => [name, spec.resource]),
  );
  return new Map(
    crossAccountSources(plan, identity).map(({ name, account, artifactCalls }) => {
      const creatingStack = creatingStackOf(resources.get(name)!, scope);
      if (creatingStack) deployAfter(outermost(Stack.of(scope)), creatingStack);
      const env = { account, region: identity.region };
      const description = `Source access of the pipeline ${identity.pipelineName}`;
      const stack = stacks.get(account) ?? supportStack(scope, `sources-${account}`, env, description);
      stacks.set(account, stack);
      return [name, { name, env, stack, identity, artifactCalls }];
    }),
  );
}

/** Returns the scope of a source. A separate parent for sources prevents clashes with other construct ids. */
export function sourceScope(parent: Construct, source: string): Construct {
  const sources = getOrCreate(parent, 'Sources', (scope, id) => new Construct(scope, id));
  return getOrCreate(sources, source, (scope, id) => new Construct(scope, id));
}

/**
 * Creates the role under which CodePipeline reads a source in another account. Only the role of the pipeline can assume
 * it. The role also writes the source to the artifact bucket of the pipeline.
 *
 * @param scope scope of the pipeline
 * @returns the role, imported into the stack of the pipeline
 */
export function renderSourceRole(
  scope: Construct,
  { name, env, stack, identity, artifactCalls }: CrossAccountSource,
  statements: readonly Statement[],
): iam.IRole {
  renderRole(sourceScope(stack, name), 'Role', {
    roleName: sourceRoleName(identity, name),
    description: `Reads ${name} for the pipeline ${identity.pipelineName}`,
    policyName: 'Read',
    statements: [...statements, ...crossAccountSourceStatements(artifactStoreFor(identity, env, true), artifactCalls)],
    assumedBy: new iam.AccountPrincipal(identity.account).withConditions({
      ArnEquals: { 'aws:PrincipalArn': pipelineRoleArnOf(identity) },
    }),
  });
  return iam.Role.fromRoleArn(sourceScope(scope, name), 'Role', roleArn(env.account, sourceRoleName(identity, name)), {
    mutable: false,
  });
}
