import { hasUnknown } from './unknown';

/** The assumed result of each comparison in conditions whose value the input does not determine. */
export type World = ReadonlyMap<string, boolean>;

/** Describes a comparison (`Fn::Equals`) of an unknown value with another value. */
interface OpenComparison {
  readonly key: string;
  /** The unknown value, as text for messages. */
  readonly subject: string;
}

/** Limits the combinations of results that are assumed. */
const MAX_WORLDS = 32;

/**
 * Collects the comparisons in conditions that depend on unknown values, such as a parameter without a value. Applies
 * the assumptions about them.
 */
export class OpenConditions {
  private readonly comparisons = new Map<string, OpenComparison>();
  private readonly names = new Map<string, Set<string>>();

  constructor(private readonly world: World = new Map()) {}

  /**
   * Returns the assumed result of a comparison, or undefined if there is no assumption.
   *
   * @param condition the condition that contains the comparison
   * @param show returns a value as text
   */
  public compare(
    [a, b]: readonly [string, string],
    condition: string,
    show: (value: string) => string,
  ): boolean | undefined {
    const [subject, value] = hasUnknown(a) ? [a, b] : [b, a];
    const shownSubject = show(subject);
    const key = JSON.stringify([shownSubject, show(value)]);
    this.comparisons.set(key, { key, subject: shownSubject });
    const names = this.names.get(key) ?? new Set();
    this.names.set(key, names.add(condition));
    return this.world.get(key);
  }

  /** Returns the names of the conditions that contain a comparison. */
  public conditionsOf(key: string): string[] {
    return [...(this.names.get(key) ?? [])];
  }

  /**
   * Returns combinations of results. A value equals at most one of the values with which it is compared, so the results
   * of comparisons with the same subject are not independent.
   */
  public worlds(): World[] {
    const bySubject = new Map<string, string[]>();
    for (const { key, subject } of this.comparisons.values()) {
      bySubject.set(subject, [...(bySubject.get(subject) ?? []), key]);
    }
    const choices = [...bySubject.values()].map((keys) => [undefined, ...keys].map((equal) => resultsOf(keys, equal)));
    const count = choices.reduce((product, { length }) => product * length, 1);
    if (count <= MAX_WORLDS) return combinations(choices);
    return samples(choices).slice(0, MAX_WORLDS);
  }
}

/** Returns the results of the comparisons of one subject, of which at most one is true. */
function resultsOf(keys: readonly string[], equal: string | undefined): Array<[string, boolean]> {
  return keys.map((key) => [key, key === equal]);
}

type Choice = ReadonlyArray<[string, boolean]>;

function combinations(choices: readonly (readonly Choice[])[]): World[] {
  return choices
    .reduce<Choice[]>((worlds, choice) => worlds.flatMap((world) => choice.map((part) => [...world, ...part])), [[]])
    .map((results) => new Map(results));
}

/** Returns the combination of all first choices, that of all last choices, and those that differ from these in one. */
function samples(choices: readonly (readonly Choice[])[]): World[] {
  const [first, last] = [choices.map((choice) => choice[0]), choices.map((choice) => choice.at(-1)!)];

  function flipped(base: readonly Choice[], other: readonly Choice[]) {
    return base.map((_, index) => base.map((part, position) => (position === index ? other[position] : part)));
  }

  return [first, last, ...flipped(first, last), ...flipped(last, first)].map((parts) => new Map(parts.flat()));
}
