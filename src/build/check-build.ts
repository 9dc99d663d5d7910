import { Token } from 'aws-cdk-lib';
import type { Language } from '../facts/languages';
import { BUILD_LIMITS } from '../facts/limits';
import type { BuildPlan } from '../plan/build-plan';
import type { StepPlan } from '../plan/pipeline-plan';
import { checkRange, problem, type Problem } from '../plan/problems';

/** What is wrong with a step that builds or tests. */
export function checkBuildStep(prop: string, step: StepPlan, language?: Language): Problem[] {
  return step.work.kind === 'build' ? checkBuild(prop, step.work, language) : [];
}

/** What is wrong with a build in a project of ours. */
function checkBuild(prop: string, build: BuildPlan, language?: Language): Problem[] {
  const [main, ...further] = build.outputs;
  return [
    ...checkFolder(`${prop}.directory`, build.directory),
    ...(main ? checkFolder(`${prop}.outputDirectory`, main.folder) : []),
    ...further.flatMap(({ artifact, folder }) => checkFolder(`${prop}.outputs.${artifact}`, folder)),
    ...build.reports.flatMap(({ name, files }) => files.flatMap((path, i) => checkFolder(`${prop}.${name === 'tests' ? 'testReports' : 'coverageReports'}[${i}]`, path))),
    ...checkVersion(prop, build, language),
    ...checkRange(`${prop}.timeout`, build.timeoutMinutes, BUILD_LIMITS.timeoutMinutes, 'minutes'),
    ...Object.keys(build.environmentVariables).flatMap((name) => checkVariableName(`${prop}.environmentVariables`, name)),
    ...(build.phases.build.length > 0 ? [] : [problem(`${prop}.buildCommands`, 'hold at least one command', [], 'say what fills the output folder')]),
    ...[...build.phases.install, ...build.phases.build].filter((command) => command.trim() === '')
      .map((command) => problem(prop, 'hold commands that are not empty', command, 'remove the empty command')),
  ];
}

function checkVersion(prop: string, { runtimes }: BuildPlan, language?: Language): Problem[] {
  if (!language) return [];
  const version = runtimes[language.runtime].slice(language.versionPrefix?.length ?? 0);
  const word = language.runtime === 'nodejs' ? 'nodeVersion' : `${language.runtime}Version`;
  return language.versions.includes(version)
    ? [] : [problem(`${prop}.${word}`, `be one of ${language.versions.map((one) => `'${one}'`).join(', ')}`, version, 'the build image carries no other')];
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
