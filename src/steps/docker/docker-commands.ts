import type { DockerImageOptions } from './options';
import { IMAGE_PLATFORMS } from '../../aws/builds';
import { IMAGE_TAG } from '../../aws/limits';
import { compact } from '../../common/compact';
import { describeImage, describeInto, loginCommands } from '../ecr-commands';

/*
 * Docker commands in POSIX shell syntax. Values are passed in environment variables, and no command has a secret as an
 * argument. All commands are in one phase, because later phases also run after a failure.
 */

/** Folder of the file that describes the image. It is created after Docker has read the build context. */
export const OUTPUT = 'image-detail';

/** Exported variables, whose values contain only characters of ids. */
export const EXPORTS: readonly string[] = ['IMAGE_URI', 'IMAGE_DIGEST', 'IMAGE_TAG'];

/** Length of the tag suffix of a platform. */
export const SUFFIX_LENGTH = Math.max(...Object.values(IMAGE_PLATFORMS).map(({ suffix }) => suffix.length + 1));

/** Length of the build number that is appended to a tag that already exists. */
const NUMBER_LENGTH = '-9999999'.length;

/** Describes a build of an image, in addition to its options. */
export interface DockerBuild {
  /** Suffix of the tags, if each platform is built separately. */
  readonly suffix?: string;
  /** Whether the image has base images in ECR. */
  readonly hasEcrBaseImages: boolean;
  /** Names of the variables that contain the domains of registries that require a login. */
  readonly registries: readonly string[];
  /** Whether the build uses a proxy. */
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
  const { suffix, hasEcrBaseImages, registries } = build;
  const cacheTag = cacheTagOf(options, build);
  const pushed = compact(['$IMAGE_TAGS', cacheTag]).join(' ');
  const commands: string[] = [];
  if (suffix === undefined) commands.push(...tagCommands(0));
  else commands.push(...tagCommands(SUFFIX_LENGTH), `IMAGE_TAGS="\${IMAGE_TAGS%% *}-${suffix}"`);
  commands.push(...loginCommands(), ...freeTagCommands(options));
  if (hasEcrBaseImages) commands.push(BASE_IMAGES_LOGIN);
  commands.push(
    ...registries.map(registryLogin),
    // Runs in a subshell, because it changes the arguments of the shell.
    `(set -- ${buildArgumentsOf(options, build).join(' ')}; for tag in $IMAGE_TAGS; do set -- "$@" --tag ` +
      '"$IMAGE_REPOSITORY:$tag"; done; docker build "$@" .)',
    `(for tag in ${pushed}; do docker push "$IMAGE_REPOSITORY:$tag" || exit 1; done)`,
    'IMAGE_DIGEST="$(docker image inspect --format "{{range .RepoDigests}}{{println .}}{{end}}" ' +
      '"$IMAGE_REPOSITORY:${IMAGE_TAGS%% *}" | sed -n "s|^$IMAGE_REPOSITORY@||p" | tail -n 1)"',
    'test -n "$IMAGE_DIGEST" || { echo "Could not determine the digest of the pushed image" >&2; false; }',
    EXPORT,
  );
  if (suffix === undefined) commands.push(...DESCRIBE);
  return commands;
}

/** Returns the cache tag. Each platform has a separate one, because layers depend on the CPU architecture. */
function cacheTagOf({ cacheTag }: CommandOptions, { suffix }: DockerBuild): string | undefined {
  if (cacheTag === undefined) return undefined;
  return compact([cacheTag, suffix]).join('-');
}

/** Returns the arguments of `docker build`. */
function buildArgumentsOf(options: CommandOptions, build: DockerBuild): string[] {
  const { dockerfile = 'Dockerfile', target, buildArguments = {}, secrets = {} } = options;
  const argumentNames = Object.keys(buildArguments);
  if (build.hasProxy) argumentNames.unshift('HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY');
  const cacheTag = cacheTagOf(options, build);
  const words = [`--file "${dockerfile}"`];
  if (target !== undefined) words.push(`--target ${target}`);
  // For an argument without a value, Docker uses the environment variable.
  words.push(...argumentNames.map((name) => `--build-arg ${name}`));
  words.push(...Object.keys(secrets).map((name) => `--secret id=${name},env=${name}`));
  if (cacheTag !== undefined) {
    const cache = `"$IMAGE_REPOSITORY:${cacheTag}"`;
    words.push(`--cache-from ${cache}`, '--cache-to type=inline', `--tag ${cache}`);
  }
  return words;
}

/**
 * Returns commands that create an index (an image of several platforms) of images in the repository. The registry
 * creates it without a Docker daemon.
 *
 * The digest is read by the tag. If another execution has moved the tag in the meantime, the commands fail, because the
 * index does not contain the images.
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
    '(for part in $IMAGE_PARTS; do case "$IMAGE_INDEX" in *"$part"*) ;; *) echo "The image $IMAGE_TAG does not ' +
      'contain $part: another execution has moved the tag" >&2; exit 1 ;; esac; done)',
    ...DESCRIBE,
  ];
}

const EXPORT = 'export IMAGE_DIGEST IMAGE_URI="$IMAGE_REPOSITORY@$IMAGE_DIGEST" IMAGE_TAG="${IMAGE_TAGS%% *}"';

const DESCRIBE: readonly string[] = [`mkdir -p ${OUTPUT}`, describeInto(`${OUTPUT}/imageDetail.json`)];

/**
 * Returns commands that set the tags.
 *
 * @param suffixLength number of characters that are appended to the tags
 */
function tagCommands(suffixLength: number): string[] {
  const length = IMAGE_TAG.maxLength - NUMBER_LENGTH - suffixLength;
  return [
    // The revision of an S3 object or of an image can contain characters that are invalid in a tag.
    `IMAGE_TAGS="\${IMAGE_TAGS:-$(printf %s "$CODEBUILD_RESOLVED_SOURCE_VERSION" | tr -c A-Za-z0-9_.- _ | sed ` +
      `"s/^[.-]/_/" | cut -c 1-${length})}"`,
    'test -n "$IMAGE_TAGS" || { echo "The input has no revision to use as a tag; set the tags of the step" ' +
      '>&2; false; }',
  ];
}

/**
 * Returns commands that choose an unused tag. An earlier or retried execution may have built the same commit. That
 * image keeps its tag, because many repositories have immutable tags. Configured tags are used unchanged.
 */
function freeTagCommands({ tags }: CommandOptions): string[] {
  if (tags) return [];
  return [
    `if ${describeImage('imageTag=$IMAGE_TAGS')} > /dev/null 2>&1; then ` +
      'IMAGE_TAGS="$IMAGE_TAGS-$CODEBUILD_BUILD_NUMBER"; echo "An image of this revision exists; the tag of the ' +
      'new image is $IMAGE_TAGS"; fi',
  ];
}

/** Logs Docker in to other ECR registries. */
const BASE_IMAGES_LOGIN =
  '(for image in $BASE_IMAGES; do registry="${image%%/*}"; test "$registry" != "$IMAGE_REGISTRY" || ' +
  'continue; region="${registry#*.dkr.ecr.}";' +
  ' aws ecr get-login-password --region "${region%%.*}" | docker login --username AWS --password-stdin ' +
  '"$registry" || exit 1; done)';

function registryLogin(name: string): string {
  return `printf %s "$${name}_PASSWORD" | docker login --username "$${name}_USERNAME" --password-stdin "$${name}"`;
}
