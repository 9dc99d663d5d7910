import { atLeastOne } from '../../../pipeline/problems';
import { NO_PARENT } from '../../../pipeline/rules';
import { Token } from 'aws-cdk-lib';
import { PIPELINE_LIMITS } from '../../../aws/limits';
import { readList } from '../../../pipeline/read-options';
import type { Problems } from '../../../pipeline/problems';
import type { PatternsPlan } from '../../../pipeline/pipeline-plan';
import { patternsUpTo } from '../../../common/rules';

/** Property that contains patterns. The property for exclusions has the same name with the suffix `Except`. */
export type PatternsProp = 'branches' | 'paths' | 'tags';

/**
 * Plans the patterns of a property, and those of the property for exclusions.
 *
 * @param problems collector at the trigger
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
 */
export function planPatterns(
  prop: PatternsProp,
  included: string[] | undefined,
  excluded: string[] | undefined,
  problems: Problems,
): PatternsPlan {
  const includes = validatePatterns(prop, included, problems.at(prop));
  const excludes = validatePatterns(prop, excluded, problems.at(`${prop}Except`));
  if (includes.length > 0 && includes.every((pattern) => excludes.includes(pattern))) {
    const rule = `contain a pattern that is not in ${prop}Except`;
    problems.at(prop).add(rule, includes, 'remove it from one of the lists; exclusions take precedence');
  }
  return { includes, excludes };
}

/** Returns whether there are neither included nor excluded patterns. */
export function isEmpty({ includes, excludes }: PatternsPlan): boolean {
  return includes.length + excludes.length === 0;
}

function validatePatterns(prop: PatternsProp, patterns: string[] | undefined, problems: Problems): readonly string[] {
  const { patternsPerList } = PIPELINE_LIMITS;
  const items = readList(patterns, problems);
  // An empty list of tags is reported by their trigger.
  if (prop !== 'tags' && Array.isArray(patterns) && patterns.length === 0) {
    problems.add(atLeastOne('pattern'), [], `remove it if the trigger does not depend on ${prop}`);
  }
  if (items.length > patternsPerList) {
    problems.add(`contain at most ${patternsPerList} patterns`, items.length, "combine some, e.g. 'release/{1,2}.*'");
  }
  for (const pattern of items) validatePattern(prop, pattern, problems);
  return items;
}

function validatePattern(prop: PatternsProp, pattern: string, problems: Problems): void {
  if (Token.isUnresolved(pattern)) return;
  const { patternLength } = PIPELINE_LIMITS;
  if (typeof pattern !== 'string' || pattern.length < 1 || pattern.length > patternLength) {
    return problems.add(patternsUpTo(patternLength), pattern, 'change the pattern');
  }
  if (/^\s|\s$/.test(pattern)) {
    return problems.add('contain patterns that neither begin nor end with a space', pattern, 'remove the space');
  }
  const rule = syntaxRule(pattern);
  if (rule) return problems.add(rule, pattern, "escape literal characters with '\\'");
  VALIDATE_CONTENT[prop](pattern, problems);
  validateSegments(prop, pattern, problems);
}

const VALIDATE_CONTENT: Readonly<Record<PatternsProp, (pattern: string, problems: Problems) => void>> = {
  branches: (pattern, problems) => validateName('refs/heads/', pattern, problems),
  tags: (pattern, problems) => validateName('refs/tags/', pattern, problems),
  paths: validatePath,
};

/** Rule of patterns that can match something. Neither names nor paths of files have empty segments. */
export const MATCHING_PATTERNS = 'contain patterns without an empty segment, which match nothing';

function validateSegments(prop: PatternsProp, pattern: string, problems: Problems): void {
  if (!/[^\\]\/\/|\/$/.test(pattern)) return;
  const start = pattern.replace(/\/+$/, '').replace(/\/+/g, '/');
  const all = prop === 'paths' ? `'${start}/**' for all files below it` : `'${start}/**'`;
  problems.add(MATCHING_PATTERNS, pattern, `use ${all}`);
}

function validateName(prefix: string, pattern: string, problems: Problems): void {
  if (!pattern.startsWith(prefix)) return;
  problems.add(`contain names without '${prefix}'`, pattern, `use '${pattern.slice(prefix.length)}'`);
}

function validatePath(pattern: string, problems: Problems): void {
  if (pattern.split('/').includes('..')) {
    return problems.add(NO_PARENT, pattern, 'write it relative to the root of the repository');
  }
  if (!/^\.?\//.test(pattern)) return;
  const fix = "remove the leading '/' or './', e.g. 'apps/web/**'";
  problems.add('contain paths relative to the root of the repository', pattern, fix);
}

/**
 * Returns the syntax rule that a pattern violates, or undefined if it is valid.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/syntax-glob.html
 */
function syntaxRule(pattern: string): string | undefined {
  let open: string | undefined;
  for (const [token] of pattern.matchAll(/\\.?|[^\\]/gs)) {
    if (token === '\\') return "not end in '\\'";
    if (open === '[') {
      if (token === ']') open = undefined;
    } else if (token === '{') {
      if (open === '{') return 'not contain nested braces';
      open = '{';
    } else if (token === '}') {
      if (open !== '{') return "not contain '}' without '{'";
      open = undefined;
    } else if (token === '[' && open === undefined) {
      open = '[';
    }
  }
  return open === undefined ? undefined : `close each '${open}'`;
}
