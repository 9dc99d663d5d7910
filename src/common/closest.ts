/** Returns the candidate that a misspelt name most likely means, if one is similar. */
export function closest(name: string, candidates: readonly string[]): string | undefined {
  const distances = candidates.map((candidate) => ({ candidate, distance: distanceOf(name, candidate) }));
  const [best] = distances.sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(1, name.length / 3) ? best.candidate : undefined;
}

/** Returns how different two names are. An abbreviation is nearly equal. */
function distanceOf(name: string, candidate: string): number {
  const [a, b] = [name.toLowerCase(), candidate.toLowerCase()];
  if (a.length >= 3 && (b.startsWith(a) || a.startsWith(b))) return Math.abs(a.length - b.length) === 0 ? 0 : 1;
  return editDistance(a, b);
}

/** Returns the number of characters to insert, delete or replace (Levenshtein distance). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, char] of [...a].entries()) {
    const current = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = previous[j] + (char === other ? 0 : 1);
      current.push(Math.min(replaced, previous[j + 1] + 1, current[j] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}
