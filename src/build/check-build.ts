import { Token } from 'aws-cdk-lib';
import { NODE_VERSIONS } from '../facts/builds';
import { BUILD_LIMITS } from '../facts/limits';
import type { BuildPlan } from '../plan/pipeline-plan';
import { checkRange, problem, type Problem } from '../plan/problems';

/** What is wrong with a build. */
export function checkBuild(prop: string, build: BuildPlan): Problem[] {
  const { nodejs } = build.runtimes;
  return [
    ...checkFolder(`${prop}.directory`, build.directory),
    ...checkFolder(`${prop}.outputDirectory`, build.outputDirectory),
    ...build.testReports.flatMap((path, i) => checkFolder(`${prop}.testReports[${i}]`, path)),
    ...build.coverageReports.flatMap((path, i) => checkFolder(`${prop}.coverageReports[${i}]`, path)),
    ...(nodejs === undefined || (NODE_VERSIONS as readonly string[]).includes(nodejs)
      ? [] : [problem(`${prop}.nodeVersion`, `be one of ${NODE_VERSIONS.map((version) => `'${version}'`).join(', ')}`, nodejs, 'the build image carries no other')]),
    ...checkRange(`${prop}.timeout`, build.timeoutMinutes, BUILD_LIMITS.timeoutMinutes, 'minutes'),
    ...Object.keys(build.environmentVariables).flatMap((name) => checkVariableName(`${prop}.environmentVariables`, name)),
    ...(build.phases.build.length > 0 ? [] : [problem(`${prop}.buildCommands`, 'hold at least one command', [], 'say what fills the output folder')]),
    ...[...build.phases.install, ...build.phases.build].filter((command) => command.trim() === '')
      .map((command) => problem(prop, 'hold commands that are not empty', command, 'remove the empty command')),
  ];
}

/** A path below the place it is relative to. */
function checkFolder(prop: string, path: string): Problem[] {
  const fix = "name it as in 'dist' or 'apps/web/dist'";
  if (path === '' || Token.isUnresolved(path)) return [problem(prop, 'be a concrete path', path === '' ? path : 'a token', fix)];
  if (/^([/\\~]|[A-Za-z]:)/.test(path)) return [problem(prop, 'be relative', path, fix)];
  if (path.split(/[/\\]/).includes('..')) return [problem(prop, "stay inside, without '..'", path, fix)];
  // The path stands inside quotes in a command of the buildspec.
  if (/[\u0000-\u001f"'`$\\]/.test(path)) return [problem(prop, "be free of quotes, '$', '\\' and control characters", path, 'rename the folder')]; // eslint-disable-line no-control-regex
  return [];
}

function checkVariableName(prop: string, name: string): Problem[] {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return [problem(prop, "have names of letters, digits and '_'", name, 'rename the variable')];
  if (name.startsWith('CODEBUILD_')) return [problem(prop, "have names that do not start with 'CODEBUILD_'", name, 'these belong to the service; rename the variable')];
  return [];
}
