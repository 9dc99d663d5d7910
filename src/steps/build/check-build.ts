import { Token } from 'aws-cdk-lib';
import { checkCompute, checkNetwork } from './check-compute';
import { checkExports, checkFolder, checkOutputNames, checkVariableNames } from './check-names';
import type { LanguageRequest } from './plan-build';
import { BUILD_LIMITS } from '../../aws/limits';
import type { BuildPlan, MatrixPlan } from './build-spec';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { checkRange, problem, type Problem } from '../../pipeline/problems';

/** What is wrong with a step that builds or tests. */
export function checkBuildStep(prop: string, step: StepPlan, language?: LanguageRequest): Problem[] {
  return step.spec.kind === 'build' ? checkBuild(prop, step, step.spec as BuildPlan, language) : [];
}

/** What is wrong with a build in a project of ours. */
function checkBuild(prop: string, step: StepPlan, build: BuildPlan, language?: LanguageRequest): Problem[] {
  const own = build.outputs.filter(({ artifact }) => artifact === step.name);
  const further = build.outputs
    .filter(({ artifact }) => artifact !== step.name)
    .map(({ artifact, folder }) => ({ name: artifact.slice(step.name.length + 1), folder }));
  const commands = [...build.phases.install, ...build.phases.build];
  const timeout = step.provider === 'codeBuildTest' ? BUILD_LIMITS.testTimeoutMinutes : BUILD_LIMITS.timeoutMinutes;
  return [
    ...checkFolder(`${prop}.directory`, build.directory),
    ...own.flatMap(({ folder }) => checkFolder(`${prop}.outputDirectory`, folder)),
    ...checkOutputNames(
      `${prop}.outputs`,
      further.map(({ name }) => name),
    ),
    ...further.flatMap(({ name, folder }) => checkFolder(`${prop}.outputs.${name}`, folder)),
    ...build.reports.flatMap(({ name, files }) =>
      files.flatMap((path, i) =>
        checkFolder(`${prop}.${name === 'tests' ? 'testReports' : 'coverageReports'}[${i}]`, path),
      ),
    ),
    ...build.cachePaths.flatMap((path, i) =>
      path.trim() === ''
        ? [problem(`${prop}.cachePaths[${i}]`, 'name files', path, "write it as in '/root/.cache/tool/**/*'")]
        : [],
    ),
    ...checkVersion(prop, build, language),
    ...checkRange(`${prop}.timeout`, build.timeoutMinutes, timeout, 'minutes'),
    ...checkVariableNames(prop, {
      environmentVariables: Object.keys(build.environmentVariables),
      secrets: Object.keys(build.secrets),
      variables: Object.keys(build.matrix?.variables ?? {}),
    }),
    ...checkExports(prop, build.exportedVariables, Object.keys(build.secrets)),
    ...(build.phases.build.length > 0
      ? []
      : [problem(`${prop}.buildCommands`, 'hold at least one command', [], 'say what fills the output folder')]),
    ...commands
      .filter((command) => command.trim() === '')
      .map((command) => problem(prop, 'hold commands that are not empty', command, 'remove the empty command')),
    ...checkCompute(prop, build),
    ...checkNetwork(`${prop}.network`, build.network),
    ...(build.matrix ? checkMatrix(prop, build.matrix, build, further.length) : []),
  ];
}

function checkVersion(prop: string, { compute }: BuildPlan, request?: LanguageRequest): Problem[] {
  if (!request) return [];
  const {
    language: { versionProp, versions },
    version,
  } = request;
  if (version === undefined) return [];
  if (!(version in versions)) {
    const choices = Object.keys(versions)
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map((one) => `'${one}'`)
      .join(', ');
    return [
      problem(
        `${prop}.${versionProp}`,
        `be one of ${choices}`,
        Token.isUnresolved(version) ? 'a token' : version,
        'the build images carry no other',
      ),
    ];
  }
  return compute.image && compute.image.kind !== 'standard'
    ? [
        problem(
          `${prop}.${versionProp}`,
          'not be given with an image of yours',
          version,
          'the image decides; remove it',
        ),
      ]
    : [];
}

function checkMatrix(
  prop: string,
  { variables }: MatrixPlan,
  { exportedVariables }: BuildPlan,
  further: number,
): Problem[] {
  const lists = Object.entries(variables);
  const builds = lists.reduce((product, [, values]) => product * values.length, 1);
  return [
    ...(lists.length > 0
      ? []
      : [problem(`${prop}.variables`, 'hold at least one variable', {}, 'use BuildStep.shell for a single build')]),
    ...lists
      .filter(([, values]) => values.length === 0)
      .map(([name]) =>
        problem(`${prop}.variables.${name}`, 'have at least one value', [], 'say the values, or remove the variable'),
      ),
    ...lists
      .filter(([, values]) => new Set(values).size < values.length)
      .map(([name, values]) =>
        problem(`${prop}.variables.${name}`, 'have every value once', values, 'remove the repeated value'),
      ),
    ...(builds <= BUILD_LIMITS.matrixBuilds
      ? []
      : [
          problem(
            `${prop}.variables`,
            `give at most ${BUILD_LIMITS.matrixBuilds} combinations`,
            builds,
            'use fewer values, or several steps',
          ),
        ]),
    ...(exportedVariables.length > 0
      ? [
          problem(
            `${prop}.exportedVariables`,
            'not be given for a matrix',
            exportedVariables,
            'each build has a value of its own; hand it on in a file',
          ),
        ]
      : []),
    ...(further > 0
      ? [
          problem(
            `${prop}.outputs`,
            'not be given for a matrix',
            further,
            "the files of all builds become one artifact; use 'outputDirectory'",
          ),
        ]
      : []),
  ];
}
