import { createContext, runInContext } from 'node:vm';

/** Far more than the slowest machine takes for work that is bounded, and nothing to work that explodes. */
const MOST_MILLISECONDS = 60_000;

/**
 * Does some work, and throws when it does not end. Jest's own timeouts cannot do this: they end a test that waits, and
 * never interrupt one that computes.
 */
export function ends<T>(work: () => T, most = MOST_MILLISECONDS): T {
  return runInContext('work()', createContext({ work }), { timeout: most }) as T;
}
