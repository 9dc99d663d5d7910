import { Token } from 'aws-cdk-lib';
import { BUILD_VARIABLE_NAME, STEP_NAME } from '../../aws/limits';
import { problem, type Problem } from '../../pipeline/problems';

/** A path below the place it is relative to. */
export function checkFolder(prop: string, path: string): Problem[] {
  const fix = "name it as in 'dist' or 'apps/web/dist'";
  if (path === '' || Token.isUnresolved(path))
    return [problem(prop, 'be a concrete path', path === '' ? path : 'a token', fix)];
  if (/^([/\\~]|[A-Za-z]:)/.test(path)) return [problem(prop, 'be relative', path, fix)];
  if (path.split(/[/\\]/).includes('..')) return [problem(prop, "stay inside, without '..'", path, fix)];
  // The path stands inside quotes in a command of the buildspec.
  if (/[\u0000-\u001f"'`$\\]/.test(path))
    return [problem(prop, "be free of quotes, '$', '\\' and control characters", path, 'rename the folder')]; // eslint-disable-line no-control-regex
  return [];
}

/**
 * The names of environment variables, by the prop that they are given in: each fits, and stands for one thing.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
 */
export function checkVariableNames(prop: string, names: Readonly<Record<string, readonly string[]>>): Problem[] {
  const all = Object.entries(names).flatMap(([place, inPlace]) => inPlace.map((name) => ({ place, name })));
  return all.flatMap(({ place, name }, i) => {
    const other = all.slice(0, i).find((one) => one.name === name);
    return [
      ...checkVariableName(`${prop}.${place}`, name),
      ...(other && other.place !== place
        ? [
            problem(
              `${prop}.${place}`,
              `name nothing that ${other.place} name too`,
              name,
              'one would hide the other; rename one of them',
            ),
          ]
        : []),
    ];
  });
}

/** The variables that later steps may use. */
export function checkExports(prop: string, names: readonly string[], secrets: readonly string[]): Problem[] {
  const place = `${prop}.exportedVariables`;
  return names.flatMap((name, i) => [
    ...checkVariableName(place, name),
    ...(name.startsWith('AWS_')
      ? [
          problem(
            place,
            "have names that do not start with 'AWS_'",
            name,
            'these are not exported; rename the variable',
          ),
        ]
      : []),
    ...(secrets.includes(name)
      ? [
          problem(
            place,
            'hold no secrets',
            name,
            'whoever may look at a run would read it; give the secret to each step that needs it',
          ),
        ]
      : []),
    ...(names.indexOf(name) < i ? [problem(place, 'name every variable once', name, 'remove one of them')] : []),
  ]);
}

/** The names of further artifacts. */
export const checkOutputNames = (prop: string, names: readonly string[]): Problem[] =>
  names
    .filter((name) => !STEP_NAME.pattern.test(name))
    .map((name) => problem(prop, `have names of ${STEP_NAME.words}`, name, 'rename the output'));

function checkVariableName(prop: string, name: string): Problem[] {
  const { pattern, maxLength, words } = BUILD_VARIABLE_NAME;
  if (!pattern.test(name)) return [problem(prop, `have names of ${words}`, name, 'rename the variable')];
  if (name.length > maxLength)
    return [problem(prop, `have names of at most ${maxLength} characters`, name, 'rename the variable')];
  if (name.startsWith('CODEBUILD_'))
    return [
      problem(
        prop,
        "have names that do not start with 'CODEBUILD_'",
        name,
        'these belong to the service; rename the variable',
      ),
    ];
  return [];
}
