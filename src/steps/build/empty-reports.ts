import type { ReportPlan } from './spec';
import { EMPTY_REPORTS } from '../../aws/languages';
import { quote } from '../../pipeline/shell-words';

/**
 * Returns commands that write an empty report for each report without files. AWS documents only that such a report is
 * incomplete, not whether the build succeeds.
 */
export function emptyReportCommands(directory: string, reports: readonly ReportPlan[]): string[] {
  const enter = directory === '.' ? 'cd "$CODEBUILD_SRC_DIR"' : `cd "$CODEBUILD_SRC_DIR/${directory}"`;
  const commands = reports.flatMap(({ files, format }) => writeUnlessFound(files, EMPTY_REPORTS[format]));
  // Earlier commands may have changed the folder.
  return commands.length > 0 ? [enter, ...commands] : [];
}

function writeUnlessFound(files: readonly string[], content: string): string[] {
  // The meaning of other pattern characters is not documented.
  const readable = files.filter((file) => !/[[\]{}!]/.test(file));
  const target = pathOf(readable.find((file) => !/[*?]/.test(file)) ?? readable[0] ?? '');
  if (target === '') return [];
  const folder = target.includes('/') ? target.slice(0, target.lastIndexOf('/')) : '.';
  const write = `{ mkdir -p ${quote(folder)} && printf '%s\\n' ${quote(content)} > ${quote(target)}; }`;
  return [[...readable.map(existsCondition), write].join(' || ')];
}

/** Returns a condition of the shell that a file matches a pattern. */
function existsCondition(pattern: string): string {
  if (!/[*?]/.test(pattern)) return `[ -e ${quote(pattern)} ]`;
  return `[ -n "$(find . ${findPaths(pattern).join(' -o ')} | head -n 1)" ]`;
}

/** Returns conditions of `find` for a pattern. `**` also matches no folder, which `find` does not express. */
function findPaths(pattern: string): string[] {
  const paths = pattern.includes('**/') ? [pattern.replace(/\*\*\//g, ''), pattern.replace(/\*\*/g, '*')] : [pattern];
  return paths.map((path) => `-path ${quote(`./${path.replace(/^\.\//, '')}`)}`);
}

/** Returns a path that a pattern matches. */
function pathOf(pattern: string): string {
  return pattern.replace(/\*\*/g, 'reports').replace(/\*/g, 'empty').replace(/\?/g, 'x');
}
