import {
  DefaultTokenResolver,
  type IResolvable,
  type IResolveContext,
  Reference,
  StringConcat,
  Tokenization,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Collects references to resources instead of resolving them. */
class ReferenceCollector extends DefaultTokenResolver {
  public readonly references: Reference[] = [];

  public constructor() {
    super(new StringConcat());
  }

  public override resolveToken(
    token: IResolvable,
    context: IResolveContext,
    postProcessor: Parameters<DefaultTokenResolver['resolveToken']>[2],
  ): unknown {
    if (!Reference.isReference(token)) return super.resolveToken(token, context, postProcessor);
    this.references.push(token);
    return '';
  }
}

/** Returns the references to resources in a text, as far as its tokens can be resolved at synth time. */
export function referencesInTokens(scope: IConstruct, text: string): readonly Reference[] {
  const resolver = new ReferenceCollector();
  try {
    Tokenization.resolve(text, { scope, resolver, preparing: false });
  } catch {
    // Other tokens can only be resolved when the app is synthesized.
  }
  return resolver.references;
}
