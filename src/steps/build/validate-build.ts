import { Token } from 'aws-cdk-lib';
import type { BuildRequest, LanguageRequest, PlannedOutput } from './build-request';
import type { BuildVariable } from './build-variables';
import type { ProjectOptions } from './options';
import type { BuildSpec, MatrixPlan } from './spec';
import { ENVIRONMENT_TYPES } from '../../aws/builds';
import { BUILD_LIMITS } from '../../aws/limits';
import { atLeastOne, NON_EMPTY_STRING, type Problems } from '../../pipeline/problems';
import { TEXT } from '../../pipeline/read-options';
import {
  validateExports,
  validateFolder,
  validateOutputNames,
  validateUnique,
  validateVariableNames,
} from '../validate-names';
import { oneOf } from '../../pipeline/rules';

/** Describes a planned build, with its request and options. */
interface PlannedBuild {
  readonly spec: BuildSpec;
  readonly variables: readonly BuildVariable[];
  readonly outputs: readonly PlannedOutput[];
  readonly options: ProjectOptions;
  readonly request: BuildRequest;
}

/**
 * Validates a build in a separate project. Commands, secrets, machine and network are validated when they are planned.
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
    if (path.trim() === '') problems.index(i).add(NON_EMPTY_STRING, path, "use e.g. '/root/.cache/tool/**/*'");
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
    const got = Token.isUnresolved(version) ? 'a token' : version;
    at.add(oneOf(choices), got, 'choose a version that the build images contain');
  } else if (image && image.kind !== 'standard') {
    at.add('not be set with a custom image', version, 'remove it; the image determines the version');
  }
}

function validateVariables({ spec, variables, options }: PlannedBuild, problems: Problems): void {
  const secrets = Object.keys(spec.secrets);

  function isArgument({ prop }: BuildVariable) {
    return prop === 'buildArguments';
  }

  const environmentVariables = variables.filter((variable) => !isArgument(variable)).map(({ name }) => name);
  const buildArguments = variables.filter(isArgument).map(({ name }) => name);
  const matrixVariables = Object.keys(spec.matrix?.variables ?? {});
  validateVariableNames({ environmentVariables, secrets, variables: matrixVariables }, problems);
  if (buildArguments.length > 0) validateVariableNames({ buildArguments, secrets }, problems);
  validateExports(spec.exportedVariables, Object.keys(options.secrets ?? {}), problems.at('exportedVariables'));
}

const NOT_ON_LAMBDA = 'not be set for a build on Lambda';
export const OTHER_COMPUTE = 'use BuildCompute.x86 or BuildCompute.arm';

/** Validates that a build on Lambda has no options that Lambda does not support. */
function validateLambda({ spec, options }: PlannedBuild, problems: Problems): void {
  const { compute, timeoutMinutes, cachePaths, docker } = spec;
  if (compute.image === undefined && !options.compute?._hasImage) {
    const rule = 'be set for a build on Lambda without a language, or with a version that has no image';
    const fix =
      "use e.g. BuildImage.fromCodeBuild('aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs22'), or choose " +
      'another version';
    problems.at('compute.image').add(rule, undefined, fix);
  }
  if (timeoutMinutes !== undefined) {
    const fix = `remove it, or ${OTHER_COMPUTE}; builds on Lambda end after 15 minutes`;
    problems.at('timeout').add(NOT_ON_LAMBDA, `${timeoutMinutes} minutes`, fix);
  }
  if (options.network) problems.at('network').add(NOT_ON_LAMBDA, 'a VPC', OTHER_COMPUTE);
  if (cachePaths.length > 0) {
    const fix = `remove it, or ${OTHER_COMPUTE}; builds on Lambda have no cache`;
    problems.at('cachePaths').add(NOT_ON_LAMBDA, cachePaths, fix);
  }
  if (docker) {
    const rule = 'not be Lambda for an image build';
    problems.at('compute').add(rule, compute.computeType, `${OTHER_COMPUTE}; Lambda has no Docker daemon`);
  }
}

const NOT_FOR_MATRIX = 'not be set for a matrix';

function validateMatrix({ variables }: MatrixPlan, { spec, options }: PlannedBuild, problems: Problems): void {
  const at = problems.at('variables');
  const lists = Object.entries(variables);
  if (lists.length === 0) at.add(atLeastOne('variable'), {}, 'use BuildStep.shell for a single build');
  for (const [name, values] of lists) {
    if (values.length === 0) at.at(name).add(atLeastOne('value'), [], 'add values, or remove the variable');
    validateUnique(values, at.at(name));
  }
  const builds = lists.reduce((product, [, values]) => product * values.length, 1);
  if (builds > BUILD_LIMITS.matrixBuilds) {
    const rule = `have at most ${BUILD_LIMITS.matrixBuilds} combinations`;
    at.add(rule, builds, 'use fewer values or several steps');
  }
  if (spec.exportedVariables.length > 0) {
    const fix = 'write the values to a file of the artifact; each build has different ones';
    problems.at('exportedVariables').add(NOT_FOR_MATRIX, spec.exportedVariables, fix);
  }
  const outputCount = Object.keys(options.outputs ?? {}).length;
  if (outputCount > 0) {
    const fix = "use 'outputDirectory'; the files of all builds become one artifact";
    problems.at('outputs').add(NOT_FOR_MATRIX, outputCount, fix);
  }
}
