import { BRANCH_NAME, type NameRule } from '../aws/limits';
import type { Problems } from '../pipeline/problems';

/** Validates a name, and returns it. One that is invalid becomes an empty text, which has no problem of its own. */
export function validName(name: unknown, rule: NameRule, fix: string, problems: Problems): string {
  return problems.name(name, rule, fix) ? String(name) : '';
}

/** Validates the name of a branch, and returns it. */
export function validBranch(branch: unknown, problems: Problems): string {
  return validName(branch, BRANCH_NAME, "name the branch as in 'main', without 'refs/heads/'", problems);
}
