import type { DockerImageOptions } from './docker-options';
import { IMAGE_PLATFORMS } from '../../aws/builds';
import { IMAGE_TAG } from '../../aws/limits';

/*
 * Plain Docker, in the syntax that every shell has. Values come by environment variables, and secrets stand in no argument. All of it is in one
 * phase:
 * a later one would run after a failure, too.
 */

/** The folder with what describes the image. Docker has read its context when it is made. */
export const OUTPUT = 'image-detail';

/** Variables of the commands below. */
export const OWN_VARIABLES: readonly string[] = [
  'IMAGE_REPOSITORY',
  'IMAGE_TAGS',
  'IMAGE_REGISTRY',
  'IMAGE_REGION',
  'IMAGE_DIGEST',
  'IMAGE_URI',
  'IMAGE_TAG',
  'IMAGE_ORIGINS',
  'IMAGE_PARTS',
  'IMAGE_INDEX',
];

/** What they export: no more than the characters of ids. */
export const EXPORTS: readonly string[] = ['IMAGE_URI', 'IMAGE_DIGEST', 'IMAGE_TAG'];

/** Room for what the tags of several platforms end in. */
export const SUFFIX_LENGTH = Math.max(...Object.values(IMAGE_PLATFORMS).map(({ suffix }) => suffix.length + 1));

/** Room for the number of a build behind a tag that is taken. */
const NUMBER_LENGTH = '-9999999'.length;

/** What the kind of a build adds to what the user says. */
export interface DockerBuild {
  /** What the tags end in, where each platform is built by itself. */
  readonly suffix?: string;
  /** It is based on images of ECR. */
  readonly onEcr: boolean;
  /** Names of the variables that hold the domains of registries to log in to. */
  readonly registries: readonly string[];
}

/**
 * An image is built and pushed.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/docker-push-ecr-image.html
 */
export function buildCommands(
  {
    dockerfile = 'Dockerfile',
    target,
    buildArguments = {},
    secrets = {},
    network,
    cacheTag: givenCache,
    tags,
  }: DockerImageOptions,
  { suffix, onEcr, registries }: DockerBuild,
): string[] {
  const proxy = network?._plan().proxy ? ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] : [];
  // Layers of one processor are of no use to another.
  const cacheTag = givenCache === undefined || suffix === undefined ? givenCache : `${givenCache}-${suffix}`;
  const cache = cacheTag === undefined ? undefined : `"$IMAGE_REPOSITORY:${cacheTag}"`;
  const words = [
    `--file "${dockerfile}"`,
    ...(target === undefined ? [] : [`--target ${target}`]),
    // Without a value, Docker takes that of the environment.
    ...[...proxy, ...Object.keys(buildArguments)].map((name) => `--build-arg ${name}`),
    ...Object.keys(secrets).map((name) => `--secret id=${name},env=${name}`),
    ...(cache === undefined ? [] : [`--cache-from ${cache}`, '--cache-to type=inline', `--tag ${cache}`]),
  ];
  return [
    ...tagCommands(suffix === undefined ? 0 : SUFFIX_LENGTH),
    ...(suffix === undefined ? [] : [`IMAGE_TAGS="\${IMAGE_TAGS%% *}-${suffix}"`]),
    ...loginCommands(),
    ...freeTagCommands(tags),
    ...(onEcr ? [ORIGINS_LOGIN] : []),
    ...registries.map(registryLogin),
    // In a shell of its own, whose arguments may be changed.
    `(set -- ${words.join(' ')}; for tag in $IMAGE_TAGS; do set -- "$@" --tag "$IMAGE_REPOSITORY:$tag"; done; docker build "$@" .)`,
    `(for tag in $IMAGE_TAGS${cacheTag === undefined ? '' : ` ${cacheTag}`}; do docker push "$IMAGE_REPOSITORY:$tag" || exit 1; done)`,
    'IMAGE_DIGEST="$(docker image inspect --format "{{range .RepoDigests}}{{println .}}{{end}}" "$IMAGE_REPOSITORY:${IMAGE_TAGS%% *}" | sed -n "s|^$IMAGE_REPOSITORY@||p" | tail -n 1)"',
    'test -n "$IMAGE_DIGEST" || { echo "Docker tells no digest of the image that it pushed" >&2; false; }',
    EXPORT,
    ...(suffix === undefined ? detailCommands(OUTPUT) : []),
  ];
}

/**
 * Images that lie in the repository become one, of several platforms. The registry is asked for it and no daemon is needed.
 *
 * Its digest is that of what the tag names; should another run have moved the tag in the meantime, the parts are not in there.
 *
 * @see https://docs.docker.com/reference/cli/docker/buildx/imagetools/create/
 */
export const indexCommands = ({ tags }: DockerImageOptions): string[] => [
  ...tagCommands(SUFFIX_LENGTH),
  ...loginCommands(),
  ...freeTagCommands(tags),
  '(set --; for tag in $IMAGE_TAGS; do set -- "$@" --tag "$IMAGE_REPOSITORY:$tag"; done; for part in $IMAGE_PARTS; do set -- "$@" "$IMAGE_REPOSITORY@$part"; done; docker buildx imagetools create "$@")',
  `IMAGE_DIGEST="$(${describe('imageTag=${IMAGE_TAGS%% *}')} --output text --query "imageDetails[0].imageDigest")"`,
  EXPORT,
  'IMAGE_INDEX="$(docker buildx imagetools inspect --raw "$IMAGE_URI")"',
  '(for part in $IMAGE_PARTS; do case "$IMAGE_INDEX" in *"$part"*) ;; *) echo "The image $IMAGE_TAG is not made of $part: another run has moved the tag" >&2; exit 1 ;; esac; done)',
  ...detailCommands(OUTPUT),
];

/** Docker logs in to ECR, and pulls the image of an earlier step. */
export const pullCommands = (): string[] => [...digestCommands(), ...loginCommands(), 'docker pull "$IMAGE_URI"'];

/** An image that CodePipeline has pushed is described as the other ones are. */
export const describeCommands = (): string[] => [...digestCommands(), ...PLACE, ...detailCommands('.')];

/** Is the digest given with its algorithm? AWS does not say. */
const digestCommands = () => [
  'IMAGE_DIGEST="sha256:${IMAGE_DIGEST#sha256:}"',
  'export IMAGE_DIGEST IMAGE_URI="$IMAGE_REPOSITORY@$IMAGE_DIGEST"',
];

const EXPORT = 'export IMAGE_DIGEST IMAGE_URI="$IMAGE_REPOSITORY@$IMAGE_DIGEST" IMAGE_TAG="${IMAGE_TAGS%% *}"';

/** @param room for what the tag ends in */
const tagCommands = (environmentScope: number): string[] => [
  // The revision of an S3 object or of an image has characters that a tag may not have.
  `IMAGE_TAGS="\${IMAGE_TAGS:-$(printf %s "$CODEBUILD_RESOLVED_SOURCE_VERSION" | tr -c A-Za-z0-9_.- _ | sed "s/^[.-]/_/" | cut -c 1-${IMAGE_TAG.maxLength - NUMBER_LENGTH - environmentScope})}"`,
  'test -n "$IMAGE_TAGS" || { echo "The input has no revision that could be a tag; give tags to the step" >&2; false; }',
];

/**
 * The commit may have been built before, by a run that was started or retried for it. What was pushed then stays under its tag, which in many
 * repositories cannot be moved. Tags that were given are meant as they are.
 */
const freeTagCommands = (given?: readonly string[]): string[] =>
  given
    ? []
    : [
        `if ${describe('imageTag=$IMAGE_TAGS')} > /dev/null 2>&1; then IMAGE_TAGS="$IMAGE_TAGS-$CODEBUILD_BUILD_NUMBER"; echo "There is an image of this revision: the new one is $IMAGE_TAGS"; fi`,
      ];

/** The registry and its region, from the URI of the repository. */
const PLACE: readonly string[] = [
  'IMAGE_REGISTRY="${IMAGE_REPOSITORY%%/*}"',
  'IMAGE_REGION="${IMAGE_REGISTRY#*.dkr.ecr.}" && IMAGE_REGION="${IMAGE_REGION%%.*}"',
];

const loginCommands = (): string[] => [
  ...PLACE,
  'aws ecr get-login-password --region "$IMAGE_REGION" | docker login --username AWS --password-stdin "$IMAGE_REGISTRY"',
];

/** Other registries of ECR. */
const ORIGINS_LOGIN =
  '(for origin in $IMAGE_ORIGINS; do registry="${origin%%/*}"; test "$registry" != "$IMAGE_REGISTRY" || continue; region="${registry#*.dkr.ecr.}";' +
  ' aws ecr get-login-password --region "${region%%.*}" | docker login --username AWS --password-stdin "$registry" || exit 1; done)';

const registryLogin = (name: string) =>
  `printf %s "$${name}_PASSWORD" | docker login --username "$${name}_USERNAME" --password-stdin "$${name}"`;

/** The answer of ECR about an image. */
const describe = (id: string) =>
  `aws ecr describe-images --region "$IMAGE_REGION" --registry-id "\${IMAGE_REGISTRY%%.*}" --repository-name "\${IMAGE_REPOSITORY#*/}" --image-ids "${id}"`;

/** What the ECR source would hand on. */
const detailCommands = (folder: string): string[] => [
  ...(folder === '.' ? [] : [`mkdir -p ${folder}`]),
  `${describe('imageDigest=$IMAGE_DIGEST')} --output json --query "${IMAGE_DETAIL}" > ${folder === '.' ? '' : `${folder}/`}imageDetail.json`,
];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/file-reference.html#file-reference-ecs-bluegreen */
const IMAGE_DETAIL =
  "imageDetails[0].{ImageSizeInBytes: imageSizeInBytes, ImageDigest: imageDigest, Version: '1.0', ImagePushedAt: imagePushedAt," +
  " RegistryId: registryId, RepositoryName: repositoryName, ImageURI: '$IMAGE_URI', ImageTags: imageTags}";
