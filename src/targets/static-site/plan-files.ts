import { Token } from 'aws-cdk-lib';
import type { SiteFile } from './site-file';
import type { SitePart } from './spec';
import { COMMANDS_LIMITS } from '../../aws/limits';
import { SITE_LIMITS } from '../../aws/site-limits';
import type { Problems } from '../../pipeline/problems';
import { atMostCharacters } from '../../common/rules';

/** Describes the site that files are added to. */
interface FilesContext {
  /** Regular expression of the paths that browsers cache permanently. */
  readonly immutable: string;
  /** Whether addresses without an extension are those of pages. */
  readonly routed: boolean;
}

/**
 * Plans the files that a release adds to a site. An environment variable of the action contains each part of a file, so
 * no content becomes part of a command.
 *
 * @param problems collector at the files
 */
export function planFiles(
  files: Readonly<Record<string, SiteFile>>,
  context: FilesContext,
  problems: Problems,
): SitePart[] {
  const parts = Object.entries(files).flatMap(([path, file]) => {
    const at = problems.at(path);
    const isValid = validatePath(path, Object.keys(files), context, at);
    const content = file._plan(at);
    return isValid && content !== undefined ? splitContent(content).map((text) => ({ path, text })) : [];
  });
  const { environmentVariables: maxParts } = COMMANDS_LIMITS;
  if (parts.length > maxParts) {
    const rule = `fit into ${maxParts} environment variables of ${SITE_LIMITS.filePart} characters`;
    problems.add(
      rule,
      `${parts.length} variables`,
      'write large files in the build, and their names into the configuration',
    );
  }
  return parts.map((part, i) => ({ ...part, variable: `SITE_FILE_${i + 1}` }));
}

const FIX_PATH = "write it relative to the site, e.g. 'config.json'";

function validatePath(
  path: string,
  paths: readonly string[],
  { immutable, routed }: FilesContext,
  problems: Problems,
): boolean {
  const { count } = problems;
  if (!/^[A-Za-z0-9_.@+~-]+(\/[A-Za-z0-9_.@+~-]+)*$/.test(path)) {
    problems.add("consist of letters, digits, '_', '.', '@', '+', '~', '-' and '/' between names", path, FIX_PATH);
  } else if (path.split('/').some((name) => name === '.' || name === '..') || path.startsWith('.releases/')) {
    problems.add("not contain the names '.' and '..', nor begin with '.releases/'", path, FIX_PATH);
  } else if (path.length > SITE_LIMITS.filePath) {
    problems.add(atMostCharacters(SITE_LIMITS.filePath), path, 'use a shorter path');
  } else if (new RegExp(immutable).test(path)) {
    const fix = 'rename the file, because browsers would not load a changed configuration';
    problems.add('not match immutablePaths', path, fix);
  } else if (routed && !/[.][^/]*$|^[.]well-known\//.test(path)) {
    problems.add(
      'have an extension',
      path,
      'rename the file, because an address without an extension is that of a page',
    );
  } else if (paths.some((other) => other.startsWith(`${path}/`))) {
    problems.add('not be the folder of another file', path, 'rename one of them');
  }
  return problems.count === count;
}

/** Matches what must not be split: tokens, variables, escapes and single characters. */
const UNITS = /\$\{Token\[[^\]]*\]\}|#\{[^}]*\}|\\[\\n]|[^]/gu;

/** Splits a content into values of environment variables, in which line breaks and backslashes are escaped. */
function splitContent(content: string): string[] {
  const escaped = content.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  const parts: string[] = [];
  let length = Infinity;
  for (const [unit] of escaped.matchAll(UNITS)) {
    const size = Token.isUnresolved(unit) || unit.startsWith('#{') ? SITE_LIMITS.tokenLength : unit.length;
    if (length + size > SITE_LIMITS.filePart) {
      parts.push('');
      length = 0;
    }
    parts[parts.length - 1] += unit;
    length += size;
  }
  return parts;
}
