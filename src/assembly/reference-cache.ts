import { UnreadableInput } from './template';

/** Limits the length of a chain of references, so that a crafted template cannot exhaust the stack. */
const MAX_REFERENCE_DEPTH = 200;

/** Counts the references under evaluation in all stacks of a model. */
export interface ReferenceDepth {
  enter(stack: string, maxDepth: number): void;
  leave(): void;
}

/** Evaluates each reference of a stack once. */
export class ReferenceCache {
  private readonly values = new Map<string, unknown>();
  /** The values under evaluation, to detect circular references. */
  private readonly open = new Set<string>();

  constructor(
    private readonly depth: ReferenceDepth,
    private readonly stackName: string,
  ) {}

  /** Evaluates a value once and caches it. */
  public memoized(key: string, evaluate: () => unknown): unknown {
    if (this.values.has(key)) return this.values.get(key);
    const value = this.guard(key, evaluate);
    this.values.set(key, value);
    return value;
  }

  /** Evaluates a value. Rejects circular references and too long chains of references. */
  public guard<T>(key: string, evaluate: () => T): T {
    if (this.open.has(key)) {
      const cycle = [...this.open, key].join(' → ');
      throw new UnreadableInput(`stack ${this.stackName} has a circular reference: ${cycle}`);
    }
    this.open.add(key);
    this.depth.enter(this.stackName, MAX_REFERENCE_DEPTH);
    try {
      return evaluate();
    } finally {
      this.depth.leave();
      this.open.delete(key);
    }
  }
}
