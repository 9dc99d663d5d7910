import type { DockerImageOptions } from './options';
import { IMAGE_PLATFORMS } from '../../aws/builds';
import { IMAGE_TAG } from '../../aws/limits';
import { describeImage, describeInto, loginCommands } from '../ecr-commands';

/*
 * Plain Docker, in the syntax that every shell has. Values come by environment variables, and secrets stand in no
 * argument. All of it is in one phase: a later one would run after a failure, too.
 */

/** Folder of the file that describes the image. It is created after Docker has read its context. */
export const OUTPUT = 'image-detail';

/** Variables that are exported. Their values have no other characters than ids. */
export const EXPORTS: readonly string[] = ['IMAGE_URI', 'IMAGE_DIGEST', 'IMAGE_TAG'];

/** Length of the suffixes of tags of several platforms. */
export const SUFFIX_LENGTH = Math.max(...Object.values(IMAGE_PLATFORMS).map(({ suffix }) => suffix.length + 1));

/** Length of the number of a build behind a tag that is taken. */
const NUMBER_LENGTH = '-9999999'.length;

/** Describes a build of an image, as far as the options do not. */
export interface DockerBuild {
  /** Suffix of the tags, where each platform is built by itself. */
  readonly suffix?: string;
  /** Whether it is based on images of ECR. */
  readonly onEcr: boolean;
  /** Names of the variables that hold the domains of registries to log in to. */
  readonly registries: readonly string[];
  /** Whether the build has a proxy. */
  readonly hasProxy?: boolean;
}

type CommandOptions = Pick<
  DockerImageOptions,
  'dockerfile' | 'target' | 'buildArguments' | 'secrets' | 'cacheTag' | 'tags'
>;

/**
 * Returns commands that build and push an image.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/docker-push-ecr-image.html
 */
export function buildCommands(options: CommandOptions, build: DockerBuild): string[] {
  const { suffix, onEcr, registries } = build;
  const cacheTag = cacheTagOf(options, build);
  const pushed = cacheTag === undefined ? '$IMAGE_TAGS' : `$IMAGE_TAGS ${cacheTag}`;
  const commands = [...tagCommands(suffix === undefined ? 0 : SUFFIX_LENGTH)];
  if (suffix !== undefined) commands.push(`IMAGE_TAGS="\${IMAGE_TAGS%% *}-${suffix}"`);
  commands.push(...loginCommands(), ...freeTagCommands(options));
  if (onEcr) commands.push(ORIGINS_LOGIN);
  commands.push(
    ...registries.map(registryLogin),
    // In a shell of its own, whose arguments may be changed.
    `(set -- ${buildArgumentsOf(options, build).join(' ')}; for tag in $IMAGE_TAGS; do set -- "$@" --tag ` +
      '"$IMAGE_REPOSITORY:$tag"; done; docker build "$@" .)',
    `(for tag in ${pushed}; do docker push "$IMAGE_REPOSITORY:$tag" || exit 1; done)`,
    'IMAGE_DIGEST="$(docker image inspect --format "{{range .RepoDigests}}{{println .}}{{end}}" ' +
      '"$IMAGE_REPOSITORY:${IMAGE_TAGS%% *}" | sed -n "s|^$IMAGE_REPOSITORY@||p" | tail -n 1)"',
    'test -n "$IMAGE_DIGEST" || { echo "Docker tells no digest of the image that it pushed" >&2; false; }',
    EXPORT,
  );
  if (suffix === undefined) commands.push(...DESCRIBE);
  return commands;
}

/** Layers of one CPU type are of no use to another. */
function cacheTagOf({ cacheTag }: CommandOptions, { suffix }: DockerBuild): string | undefined {
  return cacheTag === undefined || suffix === undefined ? cacheTag : `${cacheTag}-${suffix}`;
}

/** Returns the arguments of `docker build`. */
function buildArgumentsOf(options: CommandOptions, build: DockerBuild): string[] {
  const { dockerfile = 'Dockerfile', target, buildArguments = {}, secrets = {} } = options;
  const proxy = build.hasProxy ? ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] : [];
  const cacheTag = cacheTagOf(options, build);
  const words = [`--file "${dockerfile}"`];
  if (target !== undefined) words.push(`--target ${target}`);
  // Without a value, Docker takes that of the environment.
  words.push(...[...proxy, ...Object.keys(buildArguments)].map((name) => `--build-arg ${name}`));
  words.push(...Object.keys(secrets).map((name) => `--secret id=${name},env=${name}`));
  if (cacheTag !== undefined) {
    const cache = `"$IMAGE_REPOSITORY:${cacheTag}"`;
    words.push(`--cache-from ${cache}`, '--cache-to type=inline', `--tag ${cache}`);
  }
  return words;
}

/**
 * Returns commands that make an index, an image of several platforms, of images in the repository. The registry makes
 * it, without a daemon.
 *
 * Its digest is that of what the tag names; should another run have moved the tag in the meantime, the parts are not in
 * there.
 *
 * @see https://docs.docker.com/reference/cli/docker/buildx/imagetools/create/
 */
export function indexCommands(options: CommandOptions): string[] {
  return [
    ...tagCommands(SUFFIX_LENGTH),
    ...loginCommands(),
    ...freeTagCommands(options),
    '(set --; for tag in $IMAGE_TAGS; do set -- "$@" --tag "$IMAGE_REPOSITORY:$tag"; done; for part in ' +
      '$IMAGE_PARTS; do set -- "$@" "$IMAGE_REPOSITORY@$part"; done; docker buildx imagetools create "$@")',
    `IMAGE_DIGEST="$(${describeImage('imageTag=${IMAGE_TAGS%% *}')} --output text --query ` +
      '"imageDetails[0].imageDigest")"',
    EXPORT,
    'IMAGE_INDEX="$(docker buildx imagetools inspect --raw "$IMAGE_URI")"',
    '(for part in $IMAGE_PARTS; do case "$IMAGE_INDEX" in *"$part"*) ;; *) echo "The image $IMAGE_TAG is not ' +
      'made of $part: another run has moved the tag" >&2; exit 1 ;; esac; done)',
    ...DESCRIBE,
  ];
}

const EXPORT = 'export IMAGE_DIGEST IMAGE_URI="$IMAGE_REPOSITORY@$IMAGE_DIGEST" IMAGE_TAG="${IMAGE_TAGS%% *}"';

const DESCRIBE: readonly string[] = [`mkdir -p ${OUTPUT}`, describeInto(`${OUTPUT}/imageDetail.json`)];

/**
 * Returns commands that set the tags.
 *
 * @param suffixLength number of characters that are added to them
 */
function tagCommands(suffixLength: number): string[] {
  const length = IMAGE_TAG.maxLength - NUMBER_LENGTH - suffixLength;
  return [
    // The revision of an S3 object or of an image has characters that a tag may not have.
    `IMAGE_TAGS="\${IMAGE_TAGS:-$(printf %s "$CODEBUILD_RESOLVED_SOURCE_VERSION" | tr -c A-Za-z0-9_.- _ | sed ` +
      `"s/^[.-]/_/" | cut -c 1-${length})}"`,
    'test -n "$IMAGE_TAGS" || { echo "The input has no revision that could be a tag; give tags to the step" >&2; ' +
      'false; }',
  ];
}

/**
 * Returns commands that choose a free tag. The commit may have been built before, by an execution that was started or
 * retried for it. What was pushed then stays under its tag, which in many repositories cannot be moved. Configured tags
 * are used as they are.
 */
function freeTagCommands({ tags }: CommandOptions): string[] {
  if (tags) return [];
  return [
    `if ${describeImage('imageTag=$IMAGE_TAGS')} > /dev/null 2>&1; then ` +
      'IMAGE_TAGS="$IMAGE_TAGS-$CODEBUILD_BUILD_NUMBER"; echo "There is an image of this revision: the new one is ' +
      '$IMAGE_TAGS"; fi',
  ];
}

/** Logs Docker in to other registries of ECR. */
const ORIGINS_LOGIN =
  '(for origin in $IMAGE_ORIGINS; do registry="${origin%%/*}"; test "$registry" != "$IMAGE_REGISTRY" || ' +
  'continue; region="${registry#*.dkr.ecr.}";' +
  ' aws ecr get-login-password --region "${region%%.*}" | docker login --username AWS --password-stdin ' +
  '"$registry" || exit 1; done)';

function registryLogin(name: string): string {
  return `printf %s "$${name}_PASSWORD" | docker login --username "$${name}_USERNAME" --password-stdin "$${name}"`;
}
