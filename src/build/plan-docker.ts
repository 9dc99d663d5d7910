import type { aws_ecr as ecr } from 'aws-cdk-lib';
import { checkFolder } from './check-names';
import type { DockerImageOptions } from './docker-options';
import { planBuild } from './plan-build';
import { WITHOUT_LOCAL_CACHE } from '../facts/builds';
import { IMAGE_TAG } from '../facts/limits';
import type { StepPlan } from '../plan/pipeline-plan';
import { checkName, problem, type Problem } from '../plan/problems';
import { holdsVariable } from '../plan/variables';
import type { StepContext } from '../step/step-context';

/** The folder with what describes the image. Docker has read its context when it is made. */
const OUTPUT = 'image-detail';

/** What later steps may use: made of a digest and of the name of the repository by the commands below. */
const IMAGE_VARIABLES = ['IMAGE_URI', 'IMAGE_DIGEST'];

/** Variables of the commands below. */
const OWN_VARIABLES: readonly string[] = ['IMAGE_REPOSITORY', 'IMAGE_TAGS', 'IMAGE_REGISTRY', 'IMAGE_REGION', 'IMAGE_DIGEST', 'IMAGE_URI'];

/** An image that is built and pushed. */
export function planDockerImage(stepName: string, repository: ecr.IRepository, options: DockerImageOptions, context: StepContext): StepPlan {
  // Local caches are not kept in a network of yours.
  const layerCache = options.network === undefined && !WITHOUT_LOCAL_CACHE.includes(options.compute?._plan().computeType ?? '');
  const step = planBuild({
    provider: 'codeBuild',
    stepName,
    options,
    phases: { install: options.installCommands ?? [], build: dockerCommands(options), postBuild: [] },
    outputDirectory: OUTPUT,
    reports: [
      { name: 'tests', files: options.testReports ?? [], format: 'JUNITXML' },
      { name: 'coverage', files: options.coverageReports ?? [], format: 'CLOVERXML' },
    ],
    more: {
      docker: true,
      layerCache,
      pushesTo: repository,
      environmentVariables: { ...options.tags && { IMAGE_TAGS: options.tags.join(' ') }, ...options.buildArguments },
      exportedVariables: IMAGE_VARIABLES,
    },
  }, context);
  return { ...step, safeExports: IMAGE_VARIABLES };
}

/** What is wrong with what only images have. Arguments are environment variables, and checked with them. */
export function checkDockerImage(prop: string, options: DockerImageOptions): Problem[] {
  const { dockerfile, tags, buildArguments = {}, environmentVariables = {}, secrets = {}, cacheTag, target } = options;
  const given = [buildArguments, environmentVariables, secrets].flatMap((names) => Object.keys(names));
  return [
    ...(dockerfile === undefined ? [] : checkFolder(`${prop}.dockerfile`, dockerfile)),
    ...checkTags(`${prop}.tags`, tags),
    ...(cacheTag === undefined ? [] : checkName(`${prop}.cacheTag`, cacheTag, IMAGE_TAG, 'choose another tag')),
    ...(target === undefined ? [] : checkName(`${prop}.target`, target, IMAGE_TAG, 'rename the stage of the Dockerfile')),
    ...Object.keys(buildArguments).filter((name) => name in environmentVariables)
      .map((name) => problem(`${prop}.buildArguments`, 'name nothing that environmentVariables name too', name, 'arguments are environment variables already; remove it there')),
    ...given.filter((name) => OWN_VARIABLES.includes(name))
      .map((name) => problem(prop, `leave ${OWN_VARIABLES.join(', ')} to the step`, name, 'rename the variable')),
  ];
}

/** Tags of an image, as far as they are known. */
export function checkTags(prop: string, tags: readonly string[] | undefined): Problem[] {
  if (tags === undefined) return [];
  if (tags.length === 0) return [problem(prop, 'hold at least one tag', tags, 'leave it out for the default')];
  return tags.flatMap((tag, i) => holdsVariable(tag) ? [] : checkName(`${prop}[${i}]`, tag, IMAGE_TAG, 'choose another tag'));
}

/**
 * Plain Docker, in the syntax that every shell has. All of it is in one phase: a later one would run after a failure, too.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/docker-push-ecr-image.html
 */
function dockerCommands({ dockerfile = 'Dockerfile', target, buildArguments = {}, secrets = {}, network, cacheTag }: DockerImageOptions): string[] {
  const proxy = network?._plan().proxy ? ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] : [];
  const cache = cacheTag === undefined ? undefined : `"$IMAGE_REPOSITORY:${cacheTag}"`;
  const words = [
    `--file "${dockerfile}"`,
    ...target === undefined ? [] : [`--target ${target}`],
    // Without a value, Docker takes that of the environment.
    ...[...proxy, ...Object.keys(buildArguments)].map((name) => `--build-arg ${name}`),
    ...Object.keys(secrets).map((name) => `--secret id=${name},env=${name}`),
    ...cache === undefined ? [] : [`--cache-from ${cache}`, '--cache-to type=inline', `--tag ${cache}`],
  ];
  return [
    // The revision of an S3 object or of an image has characters that a tag may not have.
    'IMAGE_TAGS="${IMAGE_TAGS:-$(printf %s "$CODEBUILD_RESOLVED_SOURCE_VERSION" | tr -c A-Za-z0-9_.- _ | sed "s/^[.-]/_/" | cut -c 1-128)}"',
    'test -n "$IMAGE_TAGS" || { echo "The input has no revision that could be a tag; give tags to the step" >&2; false; }',
    'IMAGE_REGISTRY="${IMAGE_REPOSITORY%%/*}"',
    'IMAGE_REGION="${IMAGE_REGISTRY#*.dkr.ecr.}" && IMAGE_REGION="${IMAGE_REGION%%.*}"',
    'aws ecr get-login-password --region "$IMAGE_REGION" | docker login --username AWS --password-stdin "$IMAGE_REGISTRY"',
    // In a shell of its own, whose arguments may be changed.
    `(set -- ${words.join(' ')}; for tag in $IMAGE_TAGS; do set -- "$@" --tag "$IMAGE_REPOSITORY:$tag"; done; docker build "$@" .)`,
    `(for tag in $IMAGE_TAGS${cacheTag === undefined ? '' : ` ${cacheTag}`}; do docker push "$IMAGE_REPOSITORY:$tag" || exit 1; done)`,
    'IMAGE_DIGEST="$(docker image inspect --format "{{range .RepoDigests}}{{println .}}{{end}}" "$IMAGE_REPOSITORY:${IMAGE_TAGS%% *}" | sed -n "s|^$IMAGE_REPOSITORY@||p" | tail -n 1)"',
    'test -n "$IMAGE_DIGEST" || { echo "Docker tells no digest of the image that it pushed" >&2; false; }',
    'export IMAGE_DIGEST IMAGE_URI="$IMAGE_REPOSITORY@$IMAGE_DIGEST"',
    `mkdir -p ${OUTPUT}`,
    'aws ecr describe-images --region "$IMAGE_REGION" --registry-id "${IMAGE_REGISTRY%%.*}" --repository-name "${IMAGE_REPOSITORY#*/}" --image-ids "imageDigest=$IMAGE_DIGEST"'
    + ` --output json --query "${IMAGE_DETAIL}" > ${OUTPUT}/imageDetail.json`,
  ];
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/file-reference.html#file-reference-ecs-bluegreen */
const IMAGE_DETAIL = 'imageDetails[0].{ImageSizeInBytes: imageSizeInBytes, ImageDigest: imageDigest, Version: \'1.0\', ImagePushedAt: imagePushedAt,'
  + ' RegistryId: registryId, RepositoryName: repositoryName, ImageURI: \'$IMAGE_URI\', ImageTags: imageTags}';
