import { Token } from 'aws-cdk-lib';
import { PIPELINE_LIMITS } from '../../../aws/limits';
import { readList } from '../../../pipeline/read-options';
import type { Problems } from '../../../pipeline/problems';
import type { PatternsPlan } from '../../../pipeline/pipeline-plan';

/** Property that holds patterns. Patterns that exclude are in the property of the same name with `Except` behind it. */
export type PatternsProp = 'branches' | 'paths' | 'tags';

/**
 * Plans the patterns of a property, and of the property that excludes some.
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
    const rule = `hold something that ${prop}Except does not`;
    problems.at(prop).add(rule, includes, 'what is in both never starts a run');
  }
  return { includes, excludes };
}

/** Returns whether there are no patterns at all. */
export function isEmpty({ includes, excludes }: PatternsPlan): boolean {
  return includes.length + excludes.length === 0;
}

function validatePatterns(prop: PatternsProp, patterns: string[] | undefined, problems: Problems): readonly string[] {
  const { patternsPerList } = PIPELINE_LIMITS;
  const items = readList(patterns, problems);
  if (items.length > patternsPerList) {
    problems.add(`hold at most ${patternsPerList} patterns`, items.length, "join some, as in 'release/{1,2}.*'");
  }
  for (const pattern of items) validatePattern(prop, pattern, problems);
  return items;
}

function validatePattern(prop: PatternsProp, pattern: string, problems: Problems): void {
  if (Token.isUnresolved(pattern)) return;
  const { patternLength } = PIPELINE_LIMITS;
  if (typeof pattern !== 'string' || pattern.length < 1 || pattern.length > patternLength) {
    return problems.add(`hold patterns of 1 to ${patternLength} characters`, pattern, 'write another pattern');
  }
  const rule = syntaxRule(pattern);
  if (rule) return problems.add(rule, pattern, "write '\\' before a character that stands for itself");
  VALIDATE_CONTENT[prop](pattern, problems);
}

const VALIDATE_CONTENT: Readonly<Record<PatternsProp, (pattern: string, problems: Problems) => void>> = {
  branches: (pattern, problems) => validateName('refs/heads/', pattern, problems),
  tags: (pattern, problems) => validateName('refs/tags/', pattern, problems),
  paths: validatePath,
};

function validateName(prefix: string, pattern: string, problems: Problems): void {
  if (!pattern.startsWith(prefix)) return;
  problems.add(`hold names without '${prefix}'`, pattern, `write '${pattern.slice(prefix.length)}'`);
}

function validatePath(pattern: string, problems: Problems): void {
  if (!/^\.?\//.test(pattern)) return;
  const fix = "write 'apps/web/**', without '/' or './' in front";
  problems.add('be relative to the top of the repository', pattern, fix);
}

/**
 * Returns the rule that the syntax of a pattern breaks, or undefined if it breaks none.
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
