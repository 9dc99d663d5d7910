import { Token } from 'aws-cdk-lib';
import { BUILD_VARIABLE_NAME, STEP_NAME } from '../aws/limits';
import type { Problems } from '../pipeline/problems';

/** Validates a path below the folder that it is relative to. */
export function validateFolder(path: string, problems: Problems): void {
  const fix = "name it as in 'dist' or 'apps/web/dist'";
  if (path === '' || Token.isUnresolved(path)) {
    problems.add('be a concrete path', path === '' ? path : 'a token', fix);
  } else if (/^([/\\~]|[A-Za-z]:)/.test(path)) {
    problems.add('be relative', path, fix);
  } else if (path.split(/[/\\]/).includes('..')) {
    problems.add("stay inside, without '..'", path, fix);
    // The path stands inside quotes in a command of the buildspec.
    // eslint-disable-next-line no-control-regex
  } else if (/[\u0000-\u001f"'`$\\]/.test(path)) {
    problems.add("be free of quotes, '$', '\\' and control characters", path, 'rename the folder');
  }
}

/**
 * Validates the names of environment variables, by the property that defines them: each fits, and stands for one thing.
 *
 * @param problems collector at the property that has these properties
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
 */
export function validateVariableNames(names: Readonly<Record<string, readonly string[]>>, problems: Problems): void {
  const propOf = new Map<string, string>();
  for (const [prop, namesOfProp] of Object.entries(names)) {
    const at = problems.at(prop);
    for (const name of namesOfProp) {
      validateVariableName(name, at);
      const earlier = propOf.get(name);
      if (earlier === undefined) propOf.set(name, prop);
      if (earlier === undefined || earlier === prop) continue;
      at.add(`name nothing that ${earlier} name too`, name, 'one would hide the other; rename one of them');
    }
  }
}

/**
 * Validates the names of variables that later steps may use.
 *
 * @param secrets names of variables that hold secrets
 * @param problems collector at the property that lists the names
 */
export function validateExports(names: readonly string[], secrets: readonly string[], problems: Problems): void {
  for (const [i, name] of names.entries()) {
    validateVariableName(name, problems);
    if (name.startsWith('AWS_')) {
      const fix = 'these are not exported; rename the variable';
      problems.add("have names that do not start with 'AWS_'", name, fix);
    }
    if (secrets.includes(name)) {
      const fix = 'whoever may look at a run would read it; give the secret to each step that needs it';
      problems.add('hold no secrets', name, fix);
    }
    if (names.indexOf(name) < i) problems.add('name every variable once', name, 'remove one of them');
  }
}

/** Validates the names of further artifacts. */
export function validateOutputNames(names: readonly string[], problems: Problems): void {
  for (const name of names.filter((each) => !STEP_NAME.pattern.test(each))) {
    problems.add(`have names of ${STEP_NAME.words}`, name, 'rename the output');
  }
}

function validateVariableName(name: string, problems: Problems): void {
  const { pattern, maxLength, words } = BUILD_VARIABLE_NAME;
  if (!pattern.test(name)) {
    problems.add(`have names of ${words}`, name, 'rename the variable');
  } else if (name.length > maxLength) {
    problems.add(`have names of at most ${maxLength} characters`, name, 'rename the variable');
  } else if (name.startsWith('CODEBUILD_')) {
    const fix = 'these belong to the service; rename the variable';
    problems.add("have names that do not start with 'CODEBUILD_'", name, fix);
  }
}
