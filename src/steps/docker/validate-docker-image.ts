import { EXPORTS, SUFFIX_LENGTH } from './docker-commands';
import type { DockerImageOptions } from './options';
import type { OriginsPlan } from './plan-base-images';
import { knownPlatforms } from './platforms';
import { IMAGE_PLATFORMS } from '../../aws/builds';
import { IMAGE_TAG } from '../../aws/limits';
import { duplicates } from '../../pipeline/read-options';
import type { Problems } from '../../pipeline/problems';
import { validateTag, validateTags } from '../built-image';
import { OWN_VARIABLES } from '../ecr-commands';
import { validateFolder } from '../validate-names';

/** Validates what only builds of images have. */
export function validateDockerImage(options: DockerImageOptions, origins: OriginsPlan, problems: Problems): void {
  const { dockerfile, tags, cacheTag, target, platforms } = options;
  const suffixLength = platforms !== undefined && platforms.length > 1 ? SUFFIX_LENGTH : 0;
  if (dockerfile !== undefined) validateFolder(dockerfile, problems.at('dockerfile'));
  validateTags(tags, problems.at('tags'), suffixLength);
  if (cacheTag !== undefined) validateTag(cacheTag, problems.at('cacheTag'), suffixLength);
  if (target !== undefined) problems.at('target').name(target, IMAGE_TAG, 'rename the stage of the Dockerfile');
  validateVariables(options, origins, problems);
  if (platforms) validatePlatforms(platforms, options, problems);
}

function validateVariables(options: DockerImageOptions, origins: OriginsPlan, problems: Problems): void {
  const { buildArguments = {}, environmentVariables = {}, secrets = {}, exportedVariables = [] } = options;
  for (const name of Object.keys(buildArguments).filter((argument) => argument in environmentVariables)) {
    const fix = 'arguments are environment variables already; remove it there';
    problems.at('buildArguments').add('name nothing that environmentVariables name too', name, fix);
  }
  const own = [...OWN_VARIABLES, ...Object.keys(origins.environmentVariables), ...Object.keys(origins.secrets)];
  for (const [prop, values] of Object.entries({ buildArguments, environmentVariables, secrets })) {
    for (const name of Object.keys(values).filter((each) => own.includes(each))) {
      problems.at(prop).add(`leave ${own.join(', ')} to the step`, name, 'rename the variable');
    }
  }
  for (const name of exportedVariables.filter((each) => EXPORTS.includes(each))) {
    const fix = 'the step exports them anyway; remove it';
    problems.at('exportedVariables').add(`not name ${EXPORTS.join(', ')}`, name, fix);
  }
}

function validatePlatforms(platforms: readonly string[], options: DockerImageOptions, problems: Problems): void {
  const at = problems.at('platforms');
  const known = Object.keys(IMAGE_PLATFORMS);
  if (platforms.length === 0) at.add('hold at least one platform', [], 'leave it out for that of the machine');
  for (const platform of platforms.filter((each) => !known.includes(each))) {
    at.add(`hold ${known.join(' and ')} only`, platform, 'use ImagePlatform');
  }
  for (const platform of duplicates(platforms)) at.add('name every platform once', platform, 'remove one of them');
  if (platforms.length > 1) validateSeveralPlatforms(options, problems);
  else validateMachine(options, problems);
}

/** Validates that a machine has the CPU type of the platform. */
function validateMachine({ platforms = [], compute }: DockerImageOptions, problems: Problems): void {
  const architectures = knownPlatforms(platforms).map(({ architecture }) => architecture);
  if (compute === undefined || architectures.every((architecture) => architecture === compute._architecture)) return;
  const rule = `have the processor of ${platforms.join()}, since images are built without emulation`;
  const got = compute._architecture === 'arm' ? 'ARM' : 'x86';
  problems.at('compute').add(rule, got, 'leave compute out, or choose the other machine');
}

/** Validates that nothing is configured that each of several builds would have for itself. */
function validateSeveralPlatforms(options: DockerImageOptions, problems: Problems): void {
  const { compute, outputs = {}, exportedVariables = [] } = options;
  const rule = 'not be given for several platforms';
  if (compute?._hasImage) {
    problems.at('compute.image').add(rule, 'an image', 'one image fits one processor; leave it out');
  }
  if (Object.keys(outputs).length > 0) {
    const fix = 'each is built by itself; make these files in a step of their own';
    problems.at('outputs').add(rule, Object.keys(outputs), fix);
  }
  if (exportedVariables.length > 0) {
    const fix = 'each is built by itself; export them from a step of their own';
    problems.at('exportedVariables').add(rule, exportedVariables, fix);
  }
}
