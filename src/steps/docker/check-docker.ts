import { checkFolder } from '../build/check-names';
import { EXPORTS, OWN_VARIABLES, SUFFIX_LENGTH } from './docker-commands';
import type { DockerImageOptions } from './docker-options';
import { planOrigins } from './plan-origins';
import { IMAGE_PLATFORMS } from '../../aws/builds';
import { IMAGE_TAG } from '../../aws/limits';
import { checkName, problem, type Problem } from '../../pipeline/problems';
import { duplicates } from '../../pipeline/duplicates';
import { holdsVariable } from '../../pipeline/variables';

/** What is wrong with what only images have. Arguments are environment variables, and checked with them. */
export function checkDockerImage(prop: string, options: DockerImageOptions): Problem[] {
  const { dockerfile, tags, buildArguments = {}, environmentVariables = {}, secrets = {}, cacheTag, target } = options;
  const { baseImages = [], platforms = [] } = options;
  const given = [buildArguments, environmentVariables, secrets].flatMap((names) => Object.keys(names));
  const origins = planOrigins(baseImages);
  const own = [...OWN_VARIABLES, ...Object.keys(origins.environmentVariables), ...Object.keys(origins.secrets)];
  const environmentScope = platforms.length > 1 ? SUFFIX_LENGTH : 0;
  return [
    ...(dockerfile === undefined ? [] : checkFolder(`${prop}.dockerfile`, dockerfile)),
    ...checkTags(`${prop}.tags`, tags, environmentScope),
    ...(cacheTag === undefined ? [] : checkTag(`${prop}.cacheTag`, cacheTag, environmentScope)),
    ...(target === undefined
      ? []
      : checkName(`${prop}.target`, target, IMAGE_TAG, 'rename the stage of the Dockerfile')),
    ...Object.keys(buildArguments)
      .filter((name) => name in environmentVariables)
      .map((name) =>
        problem(
          `${prop}.buildArguments`,
          'name nothing that environmentVariables name too',
          name,
          'arguments are environment variables already; remove it there',
        ),
      ),
    ...given
      .filter((name) => own.includes(name))
      .map((name) => problem(prop, `leave ${own.join(', ')} to the step`, name, 'rename the variable')),
    ...(options.exportedVariables ?? [])
      .filter((name) => EXPORTS.includes(name))
      .map((name) =>
        problem(
          `${prop}.exportedVariables`,
          `not name ${EXPORTS.join(', ')}`,
          name,
          'the step exports them anyway; remove it',
        ),
      ),
    ...baseImages.flatMap((origin, i) => origin._check(`${prop}.baseImages[${i}]`)),
    // Docker keeps one login for each registry.
    ...duplicates(origins.domains).map((domain) =>
      problem(
        `${prop}.baseImages`,
        'name every registry once',
        domain,
        'one login must do for all of its images; remove the other one',
      ),
    ),
    ...checkPlatforms(prop, options),
  ];
}

/** Tags of an image, as far as they are known. */
export function checkTags(prop: string, tags: readonly string[] | undefined, environmentScope = 0): Problem[] {
  if (tags === undefined) return [];
  if (tags.length === 0) return [problem(prop, 'hold at least one tag', tags, 'leave it out for the default')];
  return tags.flatMap((tag, i) => (holdsVariable(tag) ? [] : checkTag(`${prop}[${i}]`, tag, environmentScope)));
}

const checkTag = (prop: string, tag: string, environmentScope: number) =>
  checkName(prop, tag, { ...IMAGE_TAG, maxLength: IMAGE_TAG.maxLength - environmentScope }, 'choose another tag');

function checkPlatforms(
  prop: string,
  { platforms, compute, outputs = {}, exportedVariables = [] }: DockerImageOptions,
): Problem[] {
  if (platforms === undefined) return [];
  const where = `${prop}.platforms`;
  const known = Object.keys(IMAGE_PLATFORMS);
  const architectures = platforms.filter((one) => known.includes(one)).map((one) => IMAGE_PLATFORMS[one].architecture);
  const several = platforms.length > 1;
  return [
    ...(platforms.length > 0
      ? []
      : [problem(where, 'hold at least one platform', [], 'leave it out for that of the machine')]),
    ...platforms
      .filter((one) => !known.includes(one))
      .map((one) => problem(where, `hold ${known.join(' and ')} only`, one, 'use ImagePlatform')),
    ...duplicates(platforms).map((one) => problem(where, 'name every platform once', one, 'remove one of them')),
    ...(compute !== undefined && !several && architectures.some((one) => one !== compute._architecture)
      ? [
          problem(
            `${prop}.compute`,
            `have the processor of ${platforms.join()}, since images are built without emulation`,
            compute._architecture === 'arm' ? 'ARM' : 'x86',
            'leave compute out, or choose the other machine',
          ),
        ]
      : []),
    ...(several && compute?._hasImage
      ? [
          problem(
            `${prop}.compute.image`,
            'not be given for several platforms',
            'an image',
            'one image fits one processor; leave it out',
          ),
        ]
      : []),
    ...(several && Object.keys(outputs).length > 0
      ? [
          problem(
            `${prop}.outputs`,
            'not be given for several platforms',
            Object.keys(outputs),
            'each is built by itself; make these files in a step of their own',
          ),
        ]
      : []),
    ...(several && exportedVariables.length > 0
      ? [
          problem(
            `${prop}.exportedVariables`,
            'not be given for several platforms',
            exportedVariables,
            'each is built by itself; export them from a step of their own',
          ),
        ]
      : []),
  ];
}
