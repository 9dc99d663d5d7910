import { Token } from 'aws-cdk-lib';
import { BUILD_VARIABLE_NAME, STEP_NAME } from '../aws/limits';
import type { Problems } from '../pipeline/problems';
import { duplicates } from '../pipeline/read-options';
import { NO_DUPLICATES, A_FILE_PATH, NO_PARENT, RELATIVE_PATH, onlyNamesOf } from '../pipeline/rules';

/** Rule of folders, whose paths are inside quotes in a command of the buildspec. */
export const PLAIN_FOLDER = "not contain quotes, '$', '\\' or control characters";

/** Rule of paths. The parts of a path are joined with '/', and patterns of files are appended to it. */
export const WITHOUT_EMPTY_SEGMENTS = "not end with '/' or contain '//'";

function withoutEmptySegments(path: string): string {
  return path.replace(/\/+/g, '/').replace(/\/$/, '');
}

/** Rule of paths. A space at either end is a typing error. */
export const CLEAN_PATH = 'not begin or end with a space or contain control characters';

// eslint-disable-next-line no-control-regex
const UNCLEAN_PATH = /^\s|\s$|[\u0000-\u001f\u007f\u2028\u2029\ufeff]/;

const ABSOLUTE = /^([/\\~]|[A-Za-z]:)/;

/**
 * Validates the path of a file of an artifact.
 *
 * @param example such a path
 */
export function validateFile(path: string, problems: Problems, example = 'template.yaml'): void {
  if (Token.isUnresolved(path)) return;
  if (path === '' || ABSOLUTE.test(path)) {
    problems.add(A_FILE_PATH, path, `write it relative to the root of the artifact, e.g. '${example}'`);
  } else if (path.split(/[/\\]/).includes('..')) {
    problems.add(NO_PARENT, path, 'write the file to the output folder of the build');
  } else if (/\/$|\/\/|(^|\/)\.$/.test(path)) {
    problems.add(A_FILE_PATH, path, 'write the whole path, with the name of the file');
  } else if (UNCLEAN_PATH.test(path)) {
    problems.add(CLEAN_PATH, path, 'remove them from the path');
  } else if (path.includes('::')) {
    problems.add("not contain '::'", path, 'write the path alone; the artifact is the released one');
  }
}

/** Validates a path that must be below the folder that it is relative to. */
export function validateFolder(path: string, problems: Problems): void {
  const fix = "use a path such as 'dist' or 'apps/web/dist'";
  if (path === '' || Token.isUnresolved(path)) {
    problems.add('be a concrete path', path === '' ? path : 'a token', fix);
  } else if (ABSOLUTE.test(path)) {
    problems.add(RELATIVE_PATH, path, fix);
  } else if (path.split(/[/\\]/).includes('..')) {
    problems.add(NO_PARENT, path, fix);
  } else if (/\/$|\/\//.test(path)) {
    problems.add(WITHOUT_EMPTY_SEGMENTS, path, `use '${withoutEmptySegments(path)}'`);
  } else if (/^\s|\s$|[\u2028\u2029\ufeff]/.test(path)) {
    problems.add(CLEAN_PATH, path, 'remove them from the path');
    // The path is inside quotes in a command of the buildspec.
    // eslint-disable-next-line no-control-regex
  } else if (/[\u0000-\u001f"'`$\\]/.test(path)) {
    problems.add(PLAIN_FOLDER, path, 'rename the folder');
  }
}

/**
 * Validates the names of environment variables by the property that defines them: each must be valid, and unique across
 * the properties.
 *
 * @param names names by property
 * @param problems collector at the owner of these properties
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
 */
export function validateVariableNames(names: Readonly<Record<string, readonly string[]>>, problems: Problems): void {
  const propOf = new Map<string, string>();
  for (const [prop, namesOfProp] of Object.entries(names)) {
    const at = problems.at(prop);
    for (const name of namesOfProp) {
      validateVariableName(name, at);
      const definedIn = propOf.get(name);
      if (definedIn === undefined) propOf.set(name, prop);
      if (definedIn === undefined || definedIn === prop) continue;
      at.add(notContainNamesOf(definedIn), name, 'rename one of them; one would override the other');
    }
  }
}

/**
 * Validates the names of exported variables.
 *
 * @param secrets names of variables that contain secrets
 * @param problems collector at the property that lists the names
 */
export function validateExports(names: readonly string[], secrets: readonly string[], problems: Problems): void {
  for (const name of names) {
    validateVariableName(name, problems);
    if (name.startsWith('AWS_')) {
      const fix = 'rename the variable; CodeBuild does not export such variables';
      problems.add(notStartWith('AWS_'), name, fix);
    }
    if (secrets.includes(name)) {
      const fix = 'pass the secret to each step that needs it; exported values are visible in the execution';
      problems.add('not contain secrets', name, fix);
    }
  }
  validateUnique(names, problems);
}

/** Validates the names of additional artifacts. */
export function validateOutputNames(names: readonly string[], problems: Problems): void {
  for (const name of names.filter((output) => !STEP_NAME.pattern.test(output))) {
    problems.add(onlyNamesOf(STEP_NAME), name, 'rename the output');
  }
}

/** Validates that the items of a list are unique. */
export function validateUnique(items: readonly string[], problems: Problems): void {
  for (const item of duplicates(items)) problems.add(NO_DUPLICATES, item, 'remove one of them');
}

/**
 * Validates that the names of environment variables are not reserved for commands of the library.
 *
 * @param names names by property
 * @param problems collector at the owner of these properties
 */
export function validateReservedNames(
  names: Readonly<Record<string, readonly string[]>>,
  reserved: readonly string[],
  problems: Problems,
): void {
  const rule = `not contain the reserved names ${reserved.join(', ')}`;
  for (const [prop, namesOfProp] of Object.entries(names)) {
    for (const name of namesOfProp.filter((variable) => reserved.includes(variable))) {
      problems.at(prop).add(rule, name, 'rename the variable');
    }
  }
}

/** Returns the rule for names that must differ from those of another property. */
export function notContainNamesOf(prop: string): string {
  return `not contain names that ${prop} contains`;
}

/** Returns the rule for names that have a reserved prefix. */
export function notStartWith(prefix: string): string {
  return `not contain names that start with '${prefix}'`;
}

function validateVariableName(name: string, problems: Problems): void {
  const { pattern, maxLength } = BUILD_VARIABLE_NAME;
  if (!pattern.test(name)) {
    problems.add(onlyNamesOf(BUILD_VARIABLE_NAME), name, 'rename the variable');
  } else if (name.length > maxLength) {
    problems.add(`contain only names of at most ${maxLength} characters`, name, 'rename the variable');
  } else if (name.startsWith('CODEBUILD_')) {
    const fix = 'rename the variable; CodeBuild reserves this prefix';
    problems.add(notStartWith('CODEBUILD_'), name, fix);
  }
}
