import { renderSourceRole } from './render-cross-account-sources';
import type { ResolvedEnv } from '../../pipeline/env';
import type { CrossAccountSource } from '../../render/environment-context';
import type { Statement } from '../../render/grants';
import { literalName } from '../../render/names';
import type { RenderContext, RenderedAction, SourceChange } from '../../render/rendered';

/** Refers to a resource by its name and ARN. */
export interface ResourceReference {
  readonly name: string;
  readonly arn: string;
}

/**
 * Refers to the resource of a source. A resource of another account is referred to by literals, since no stack can
 * refer to another account.
 *
 * @param reference to a resource of the account of the pipeline
 * @param arnIn returns the ARN of a resource of another account
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
 * Renders a source that reads a resource of AWS. The role of the pipeline reads it in its own account; in another
 * account a role of that account does.
 */
export function renderResourceSource(
  { scope }: RenderContext,
  crossAccount: CrossAccountSource | undefined,
  { statements, change, configuration, cloneStatements }: RenderedResourceSource,
): RenderedAction {
  if (!crossAccount) return { configuration, cloneStatements, change, pipelineStatements: statements };
  return {
    configuration,
    // A resource of the same name may exist in any account that sends its events.
    change: { ...change, pattern: { ...change.pattern, account: [crossAccount.env.account] } },
    role: renderSourceRole(scope, crossAccount, statements),
  };
}
