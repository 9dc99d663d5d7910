/**
 * A glob as a regular expression that means the same to `grep -E` and to JavaScript: `**` any characters, `*` any but
 * '/', `?` one. Everything else stands for itself.
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
