import { EXPORTS, SUFFIX_LENGTH } from './docker-commands';
import type { DockerImageOptions } from './options';
import type { BaseImagesPlan } from './plan-base-images';
import { knownPlatforms } from './platforms';
import { IMAGE_PLATFORMS } from '../../aws/builds';
import { IMAGE_TAG } from '../../aws/limits';
import { atLeastOne, type Problems } from '../../pipeline/problems';
import { validateTag, validateTags } from '../built-image';
import { ARCHITECTURE_LABEL } from '../build/build-image';
import { RESERVED_VARIABLES } from '../ecr-commands';
import { notContainNamesOf, validateFolder, validateReservedNames, validateUnique } from '../validate-names';

/** Validates the options that only builds of images have. */
export function validateDockerImage(options: DockerImageOptions, baseImages: BaseImagesPlan, problems: Problems): void {
  const { dockerfile, tags, cacheTag, target, platforms } = options;
  const suffixLength = platforms !== undefined && platforms.length > 1 ? SUFFIX_LENGTH : 0;
  if (dockerfile !== undefined) validateFolder(dockerfile, problems.at('dockerfile'));
  validateTags(tags, problems.at('tags'), suffixLength);
  if (cacheTag !== undefined) validateTag(cacheTag, problems.at('cacheTag'), suffixLength);
  if (target !== undefined) problems.at('target').name(target, IMAGE_TAG, 'rename the stage of the Dockerfile');
  validateVariables(options, baseImages, problems);
  if (platforms) validatePlatforms(platforms, options, problems);
}

function validateVariables(options: DockerImageOptions, baseImages: BaseImagesPlan, problems: Problems): void {
  const { buildArguments = {}, environmentVariables = {}, secrets = {}, exportedVariables = [] } = options;
  for (const name of Object.keys(buildArguments).filter((argument) => argument in environmentVariables)) {
    const fix = 'remove it from environmentVariables; build arguments are environment variables, too';
    problems.at('buildArguments').add(notContainNamesOf('environmentVariables'), name, fix);
  }
  const names = {
    buildArguments: Object.keys(buildArguments),
    environmentVariables: Object.keys(environmentVariables),
    secrets: Object.keys(secrets),
  };
  const loginVariables = [...Object.keys(baseImages.environmentVariables), ...Object.keys(baseImages.secrets)];
  validateReservedNames(names, [...RESERVED_VARIABLES, ...loginVariables], problems);
  for (const name of exportedVariables.filter((variable) => EXPORTS.includes(variable))) {
    const fix = 'remove it; the step always exports these variables';
    problems.at('exportedVariables').add(`not contain ${EXPORTS.join(', ')}`, name, fix);
  }
}

const VALID_PLATFORMS = Object.keys(IMAGE_PLATFORMS);

/** Rule of the platforms of an image. */
export const SUPPORTED_PLATFORMS = `contain only ${VALID_PLATFORMS.join(' and ')}`;

function validatePlatforms(platforms: readonly string[], options: DockerImageOptions, problems: Problems): void {
  const at = problems.at('platforms');
  if (platforms.length === 0) at.add(atLeastOne('platform'), [], 'remove it to use the platform of the machine');
  for (const platform of platforms.filter((item) => !VALID_PLATFORMS.includes(item))) {
    at.add(SUPPORTED_PLATFORMS, platform, 'use ImagePlatform');
  }
  validateUnique(platforms, at);
  if (platforms.length > 1) {
    validateSeveralPlatforms(options, problems);
  } else {
    validateMachine(options, problems);
  }
}

/** Validates that the machine has the CPU architecture of the platform. */
function validateMachine({ platforms = [], compute }: DockerImageOptions, problems: Problems): void {
  const architectures = knownPlatforms(platforms).map(({ architecture }) => architecture);
  if (compute === undefined || architectures.every((architecture) => architecture === compute._architecture)) return;
  const rule = `have the CPU architecture of ${platforms.join()}, because images are built without emulation`;
  const got = ARCHITECTURE_LABEL[compute._architecture];
  problems.at('compute').add(rule, got, 'remove it, or choose a machine with that architecture');
}

/** Validates that no option is set that would apply to each of several builds. */
function validateSeveralPlatforms(options: DockerImageOptions, problems: Problems): void {
  const { compute, outputs = {}, exportedVariables = [] } = options;
  const rule = 'not be set for several platforms';
  if (compute?._hasImage) {
    problems.at('compute.image').add(rule, 'an image', 'remove it; a build image has one CPU architecture');
  }
  if (Object.keys(outputs).length > 0) {
    const fix = 'create these files in a separate step; each platform is built separately';
    problems.at('outputs').add(rule, Object.keys(outputs), fix);
  }
  if (exportedVariables.length > 0) {
    const fix = 'export them from a separate step; each platform is built separately';
    problems.at('exportedVariables').add(rule, exportedVariables, fix);
  }
}
