/** Returns the regular expression of parts that follow each other, so that a long one spans several lines. */
export function pattern(...parts: readonly RegExp[]): RegExp {
  return new RegExp(parts.map(({ source }) => source).join(''));
}
