import { renderSourceRole } from './render-cross-account-sources';
import type { ResolvedEnv } from '../../pipeline/env';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { CrossAccountSource } from '../../render/environment-context';
import { sourceStoreStatements, type Statement } from '../../render/grants';
import { literalName } from '../../render/names';
import type { RenderContext, RenderedAction, SourceChange } from '../../render/rendered';

/** Refers to a resource by its name and ARN. */
export interface ResourceReference {
  readonly name: string;
  readonly arn: string;
}

/**
 * Returns a reference to the resource of a source. If the resource is in another account, the reference consists of
 * literals, because stacks cannot reference resources across accounts.
 *
 * @param reference reference to a resource in the account of the pipeline
 * @param arnIn returns the ARN of a resource in another account
 */
export function referTo(
  { scope }: RenderContext,
  crossAccount: CrossAccountSource | undefined,
  reference: ResourceReference,
  arnIn: (env: ResolvedEnv, name: string) => string,
): ResourceReference {
  if (!crossAccount) return reference;
  const name = literalName(scope, reference.name)!;
  return { name, arn: arnIn(crossAccount.env, name) };
}

interface RenderedResourceSource extends Pick<RenderedAction, 'configuration' | 'cloneStatements'> {
  /** Permissions to read the source. */
  readonly statements: readonly Statement[];
  readonly change: SourceChange;
}

/**
 * Renders a source that reads an AWS resource. In its own account, the role of the pipeline reads it; in another
 * account, a role of that account reads it.
 */
export function renderResourceSource(
  { scope, artifactBucket }: RenderContext,
  { artifactCalls }: StepPlan,
  crossAccount: CrossAccountSource | undefined,
  { statements, change, configuration, cloneStatements }: RenderedResourceSource,
): RenderedAction {
  if (!crossAccount) {
    const pipelineStatements = [...statements, ...sourceStoreStatements(artifactBucket, artifactCalls)];
    return { configuration, cloneStatements, change, pipelineStatements };
  }
  return {
    configuration,
    // Every account that sends events to the bus can have a resource with this name.
    change: { ...change, pattern: { ...change.pattern, account: [crossAccount.env.account] } },
    role: renderSourceRole(scope, crossAccount, statements),
  };
}
