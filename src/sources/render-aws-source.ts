import type { Construct } from 'constructs';
import { renderSourceRole } from './render-cross-account-sources';
import type { CrossAccountSource } from '../render/cross-account-source';
import { literalName } from '../render/names';
import type { ResolvedEnv } from '../pipeline/env';
import type { Statement } from '../render/grants';
import type { RenderContext, RenderedAction, SourceChange } from '../render/rendered';

/** A thing that is read, by its name and ARN: in another account both are written out, since a stack cannot refer to another account. */
interface Seen {
  readonly name: string;
  readonly arn: string;
}

type MakeArn = (name: string, env: ResolvedEnv) => string;

export function seen(scope: Construct, away: CrossAccountSource | undefined, here: Seen, arnThere: MakeArn): Seen {
  if (!away) return here;
  const name = literalName(scope, here.name)!;
  return { name, arn: arnThere(name, away.env) };
}

interface AwsSource extends Pick<RenderedAction, 'configuration' | 'cloneStatements'> {
  /** What whoever reads it must be allowed. */
  readonly statements: readonly Statement[];
  readonly change: SourceChange;
}

/** A source that a service of AWS holds. At home the pipeline reads it under its own role, in another account under one of that account. */
export function renderAwsSource(
  { scope }: RenderContext,
  away: CrossAccountSource | undefined,
  { statements, change, ...rest }: AwsSource,
): RenderedAction {
  if (!away) return { ...rest, change, pipelineStatements: statements };
  return {
    configuration: rest.configuration,
    // Something of the same name may be in any account that sends its events.
    change: { ...change, pattern: { ...change.pattern, account: [away.env.account] } },
    role: renderSourceRole(scope, away, statements),
  };
}
