/**
 * Returns a glob as a regular expression that `grep -E` and JavaScript both support: `**` matches any characters, `*`
 * any characters but '/', and `?` one character. All other characters are literal.
 */
export function globToRegex(glob: string): string {
  const body = glob.replace(/\*\*\/?|[*?]|[^A-Za-z0-9_/]/g, (token) => {
    switch (token) {
      case '**/':
        return '(.*/)?';
      case '**':
        return '.*';
      case '*':
        return '[^/]*';
      case '?':
        return '[^/]';
      default:
        return `[${token}]`;
    }
  });
  return `^${body}$`;
}
