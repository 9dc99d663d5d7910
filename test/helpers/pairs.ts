/** What may be chosen, by the name of each choice. */
export type Choices = Readonly<Record<string, readonly string[]>>;
/** One of each. */
export type Combination<C extends Choices> = { readonly [K in keyof C]: C[K][number] };

/** Every combination. */
export function product<C extends Choices>(choices: C): Array<Combination<C>> {
  return Object.entries(choices).reduce<Array<Record<string, string>>>(
    (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  ) as Array<Combination<C>>;
}

function pairsOf(combination: Readonly<Record<string, string>>) {
  const chosen = Object.entries(combination).map(([name, value]) => `${name}=${value}`);
  return chosen.flatMap((one, i) => chosen.slice(i + 1).map((other) => `${one} & ${other}`));
}

/**
 * Few of these combinations that still hold every pair of values that any of them holds: what is new decides which is
 * taken next.
 */
export function allPairs<C extends Choices>(combinations: ReadonlyArray<Combination<C>>): Array<Combination<C>> {
  const candidates = combinations.map((combination) => ({ combination, pairs: pairsOf(combination) }));
  const missing = new Set(candidates.flatMap(({ pairs }) => pairs));
  const taken: Array<Combination<C>> = [];
  while (missing.size > 0) {
    let best = candidates[0];
    let most = 0;
    for (const candidate of candidates) {
      const news = candidate.pairs.filter((pair) => missing.has(pair)).length;
      if (news > most) [best, most] = [candidate, news];
      if (most === best.pairs.length) break;
    }
    for (const pair of best.pairs) missing.delete(pair);
    taken.push(best.combination);
  }
  return taken;
}
