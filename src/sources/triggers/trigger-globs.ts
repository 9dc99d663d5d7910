/**
 * Why a pattern of a git trigger is none, or undefined if it is one.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/syntax-glob.html
 */
export function faultOf(pattern: string): string | undefined {
  let open: string | undefined;
  for (const [token] of pattern.matchAll(/\\.?|[^\\]/gs)) {
    if (token === '\\') return "not end in '\\'";
    if (open === '[') {
      if (token === ']') open = undefined;
    } else if (token === '{') {
      if (open === '{') return 'not hold braces in braces';
      open = '{';
    } else if (token === '}') {
      if (open !== '{') return 'close no brace that is not open';
      open = undefined;
    } else if (token === '[' && open === undefined) {
      open = '[';
    }
  }
  return open === undefined ? undefined : `close each '${open}'`;
}
