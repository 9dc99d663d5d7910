import { Token } from 'aws-cdk-lib';
import type { BuildRequest, LanguageRequest, PlannedOutput } from './build-request';
import type { BuildVariable } from './build-variables';
import type { ProjectOptions } from './options';
import type { BuildSpec, MatrixPlan } from './spec';
import { ENVIRONMENT_TYPES } from '../../aws/builds';
import { BUILD_LIMITS } from '../../aws/limits';
import type { Problems } from '../../pipeline/problems';
import { TEXT } from '../../pipeline/read-options';
import { validateExports, validateFolder, validateOutputNames, validateVariableNames } from '../validate-names';

/** Describes a build that is planned, with what it is planned from. */
interface PlannedBuild {
  readonly spec: BuildSpec;
  readonly variables: readonly BuildVariable[];
  readonly outputs: readonly PlannedOutput[];
  readonly options: ProjectOptions;
  readonly request: BuildRequest;
}

/**
 * Validates a build in a project of its own. Its commands, secrets, machine and network are validated where they are
 * planned.
 */
export function validateBuild(build: PlannedBuild, problems: Problems): void {
  const { spec, outputs, options, request } = build;
  const { testTimeoutMinutes, timeoutMinutes } = BUILD_LIMITS;
  validateFolder(spec.directory, problems.at(request.directoryProp ?? 'directory'));
  for (const { prop, folder } of outputs) validateFolder(folder, problems.at(prop));
  validateOutputNames(Object.keys(options.outputs ?? {}), problems.at('outputs'));
  validateFolders(options.testReports, problems.at('testReports'));
  validateFolders(options.coverageReports, problems.at('coverageReports'));
  validateCachePaths(spec.cachePaths, problems.at('cachePaths'));
  if (request.language) validateVersion(request.language, spec, problems);
  const limits = request.provider === 'codeBuildTest' ? testTimeoutMinutes : timeoutMinutes;
  problems.at('timeout').range(spec.timeoutMinutes, limits, 'minutes');
  validateVariables(build, problems);
  if (ENVIRONMENT_TYPES[spec.compute.environmentType].lambda) validateLambda(build, problems);
  if (spec.matrix) validateMatrix(spec.matrix, build, problems);
}

function validateFolders(paths: readonly string[] = [], problems: Problems): void {
  for (const [i, path] of paths.entries()) validateFolder(path, problems.index(i));
}

function validateCachePaths(paths: readonly string[], problems: Problems): void {
  for (const [i, path] of paths.entries()) {
    if (path.trim() === '') problems.index(i).add('name files', path, "write it as in '/root/.cache/tool/**/*'");
  }
}

function validateVersion(
  { language: { versionProp, versions }, version }: LanguageRequest,
  { compute: { image } }: BuildSpec,
  problems: Problems,
): void {
  const at = problems.at(versionProp);
  if (version === undefined || version === null || !TEXT(version, at)) return;
  const choices = Object.keys(versions);
  if (!choices.includes(version)) {
    choices.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    const rule = `be one of ${choices.map((choice) => `'${choice}'`).join(', ')}`;
    at.add(rule, Token.isUnresolved(version) ? 'a token' : version, 'the build images carry no other');
  } else if (image && image.kind !== 'standard') {
    at.add('not be given with an image of yours', version, 'the image decides; remove it');
  }
}

function validateVariables({ spec, variables, options }: PlannedBuild, problems: Problems): void {
  const secrets = Object.keys(spec.secrets);

  function isArgument({ prop }: BuildVariable) {
    return prop === 'buildArguments';
  }

  const environmentVariables = variables.filter((variable) => !isArgument(variable)).map(({ name }) => name);
  const buildArguments = variables.filter(isArgument).map(({ name }) => name);
  const ofMatrix = Object.keys(spec.matrix?.variables ?? {});
  validateVariableNames({ environmentVariables, secrets, variables: ofMatrix }, problems);
  if (buildArguments.length > 0) validateVariableNames({ buildArguments, secrets }, problems);
  validateExports(spec.exportedVariables, Object.keys(options.secrets ?? {}), problems.at('exportedVariables'));
}

/** Validates what builds on Lambda have not. */
function validateLambda({ spec, options }: PlannedBuild, problems: Problems): void {
  const { compute, timeoutMinutes, cachePaths, docker } = spec;
  const fix = 'use BuildCompute.x86 or BuildCompute.arm';
  if (compute.image === undefined && !options.compute?._hasImage) {
    problems
      .at('compute.image')
      .add(
        'be given for a build on Lambda of no language, or of a version without an image',
        'nothing',
        'name an image, e.g. ' +
          "BuildImage.fromCodeBuild('aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs22'), or choose " +
          'another version',
      );
  }
  if (timeoutMinutes !== undefined) {
    const got = `${timeoutMinutes} minutes`;
    problems
      .at('timeout')
      .add('not be given for a build on Lambda', got, `it ends after 15 minutes; remove it, or ${fix}`);
  }
  if (options.network) problems.at('network').add('not be given for a build on Lambda', 'a VPC', fix);
  if (cachePaths.length > 0) {
    const remove = `it has no cache; remove them, or ${fix}`;
    problems.at('cachePaths').add('not be given for a build on Lambda', cachePaths, remove);
  }
  if (docker) {
    const rule = 'not be Lambda for a build of an image';
    problems.at('compute').add(rule, compute.computeType, `it has no Docker; ${fix}`);
  }
}

function validateMatrix({ variables }: MatrixPlan, { spec, options }: PlannedBuild, problems: Problems): void {
  const at = problems.at('variables');
  const lists = Object.entries(variables);
  if (lists.length === 0) at.add('hold at least one variable', {}, 'use BuildStep.shell for a single build');
  for (const [name, values] of lists) {
    if (values.length === 0) at.at(name).add('have at least one value', [], 'say the values, or remove the variable');
    if (new Set(values).size < values.length) {
      at.at(name).add('have every value once', values, 'remove the repeated value');
    }
  }
  const builds = lists.reduce((product, [, values]) => product * values.length, 1);
  if (builds > BUILD_LIMITS.matrixBuilds) {
    const rule = `give at most ${BUILD_LIMITS.matrixBuilds} combinations`;
    at.add(rule, builds, 'use fewer values, or several steps');
  }
  if (spec.exportedVariables.length > 0) {
    const fix = 'each build has a value of its own; hand it on in a file';
    problems.at('exportedVariables').add('not be given for a matrix', spec.exportedVariables, fix);
  }
  const further = Object.keys(options.outputs ?? {}).length;
  if (further > 0) {
    const fix = "the files of all builds become one artifact; use 'outputDirectory'";
    problems.at('outputs').add('not be given for a matrix', further, fix);
  }
}
