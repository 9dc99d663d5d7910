import { Construct } from 'constructs';

/** The scope of an environment. They live in a scope of their own, so that none can take the id of anything else. */
export function environmentScope(pattern: Construct, environment: string): Construct {
  const id = 'Environments';
  const environments = (pattern.node.tryFindChild(id) as Construct | undefined) ?? new Construct(pattern, id);
  return new Construct(environments, environment);
}
