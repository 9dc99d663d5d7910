import { Construct } from 'constructs';
import { child } from '../child';

/** The scope of an environment. They live in a scope of their own, so that none can take the id of anything else. */
export const environmentScope = (pattern: Construct, environment: string): Construct =>
  new Construct(child(pattern, 'Environments', (scope, id) => new Construct(scope, id)), environment);
