import type { aws_ecr as ecr } from 'aws-cdk-lib';
import { BuildCompute, BuildSize } from '../build/build-compute';
import { buildCommands, describeCommands, EXPORTS, indexCommands, OUTPUT } from './docker-commands';
import type { DockerImageOptions } from './docker-options';
import type { BuiltImage } from './built-image';
import type { EcrBuildAndPublishOptions } from '../other-options';
import { planBuild } from '../build/plan-build';
import { planCommands } from '../plan-managed';
import { planOrigins } from './plan-origins';
import { IMAGE_PLATFORMS, WITHOUT_LOCAL_CACHE, type Architecture } from '../../aws/builds';
import type { PushedImage, StepPlan } from '../../pipeline/pipeline-plan';
import type { CommandsSpec } from '../commands/commands-spec';
import { variableOf } from '../../pipeline/variables';
import type { StepContext } from '../step-context';

/** A build of one platform, by the end of its name and tag. */
interface PlatformBuild {
  readonly architecture: Architecture;
  readonly suffix: string;
}

/** The platforms that are built each by a step of its own; none where the step itself builds. */
const platformsOf = ({ platforms = [] }: DockerImageOptions): PlatformBuild[] =>
  platforms.length < 2 ? [] : [...new Set(platforms)].flatMap((one) => IMAGE_PLATFORMS[one] ?? []);

const partName = (stepName: string, { suffix }: PlatformBuild) => `${stepName}-${suffix}`;

/** The machine that builds for a processor. */
const machineOf = ({ compute = BuildCompute.x86(BuildSize.SMALL) }: DockerImageOptions, architecture: Architecture) =>
  compute._on(architecture);

/** The processor of an image of one platform. */
function architectureOf({ platforms, compute }: DockerImageOptions): Architecture {
  const [platform] = platforms ?? [];
  // A machine with another processor has been refused before.
  return (
    compute?._architecture ?? (platform === undefined ? undefined : IMAGE_PLATFORMS[platform]?.architecture) ?? 'x86'
  );
}

/** The main step: it builds and pushes, or makes one image of those of several platforms. */
export function planDockerImage(
  stepName: string,
  repository: ecr.IRepository,
  options: DockerImageOptions,
  context: StepContext,
): StepPlan {
  const parts = platformsOf(options);
  const plan =
    parts.length === 0
      ? planImage({ stepName, repository, options, architecture: architectureOf(options) }, context)
      : planIndex(stepName, repository, options, parts, context);
  return { ...plan, image: pushedBy(madeByDocker(stepName, repository, options)) };
}

/** What the plan of a step says of its image. */
const pushedBy = ({ repository, parts }: BuiltImage): PushedImage => ({
  repository,
  architectures: parts.map(({ architecture }) => architecture),
});

/** All of them. */
export const planDockerImages = (
  stepName: string,
  repository: ecr.IRepository,
  options: DockerImageOptions,
  context: StepContext,
): StepPlan[] => [
  ...platformsOf(options).map((part) =>
    planImage(
      { stepName: partName(stepName, part), repository, options, architecture: part.architecture, suffix: part.suffix },
      context,
    ),
  ),
  planDockerImage(stepName, repository, options, context),
];

/** What they push. */
export function madeByDocker(stepName: string, repository: ecr.IRepository, options: DockerImageOptions): BuiltImage {
  const parts = platformsOf(options);
  const tag = variableOf(stepName, 'IMAGE_TAG');
  return {
    step: stepName,
    artifact: stepName,
    repository,
    tag,
    tags: options.tags ?? [`the revision of ${options.inputs?.[0]?.artifactName ?? 'the source'}`],
    digest: variableOf(stepName, 'IMAGE_DIGEST'),
    parts:
      parts.length === 0
        ? [{ architecture: architectureOf(options), tag }]
        : parts.map((part) => ({
            name: part.suffix,
            architecture: part.architecture,
            tag: variableOf(partName(stepName, part), 'IMAGE_TAG'),
          })),
  };
}

interface ImageRequest {
  readonly stepName: string;
  readonly repository: ecr.IRepository;
  readonly options: DockerImageOptions;
  readonly architecture: Architecture;
  /** What its tag ends in, where it is one of several. */
  readonly suffix?: string;
}

/** An image that is built and pushed. */
function planImage(
  { stepName, repository, options, architecture, suffix }: ImageRequest,
  context: StepContext,
): StepPlan {
  const compute = machineOf(options, architecture);
  const origins = planOrigins(options.baseImages);
  // Local caches are not kept in a network of yours.
  const layerCache = options.network === undefined && !WITHOUT_LOCAL_CACHE.includes(compute._plan().computeType);
  return planBuild(
    {
      provider: 'codeBuild',
      stepName,
      options: { ...options, compute, secrets: { ...options.secrets, ...origins.secrets } },
      phases: {
        install: options.installCommands ?? [],
        build: buildCommands(options, { suffix, onEcr: origins.baseImages.length > 0, registries: origins.registries }),
        postBuild: [],
      },
      // One of several is not described: nobody releases it.
      outputDirectory: suffix === undefined ? OUTPUT : undefined,
      reports: [
        { name: 'tests', files: options.testReports ?? [], format: 'JUNITXML' },
        { name: 'coverage', files: options.coverageReports ?? [], format: 'CLOVERXML' },
      ],
      more: {
        docker: true,
        layerCache,
        pushesTo: repository,
        baseImages: origins.baseImages,
        buildArguments: Object.keys(options.buildArguments ?? {}),
        environmentVariables: {
          ...WITHOUT_ATTESTATIONS,
          ...tagsOf(options),
          ...origins.environmentVariables,
          ...options.buildArguments,
        },
        exportedVariables: EXPORTS,
      },
      safeExports: EXPORTS,
    },
    context,
  );
}

const tagsOf = ({ tags }: DockerImageOptions): Readonly<Record<string, string>> =>
  tags ? { IMAGE_TAGS: tags.join(' ') } : {};

/**
 * Newer versions of Docker add how an image was built as a second image beside it, and push both as an index, which Lambda does not take and by
 * which an image of one platform looks like one of several.
 *
 * @see https://docs.docker.com/build/building/variables/#buildx_no_default_attestations
 */
const WITHOUT_ATTESTATIONS = { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' };

/** One image of several platforms. It is made of digests: what another run pushes under the same tags does not get into it. */
function planIndex(
  stepName: string,
  repository: ecr.IRepository,
  options: DockerImageOptions,
  parts: readonly PlatformBuild[],
  context: StepContext,
): StepPlan {
  const { inputs, after, network } = options;
  return planBuild(
    {
      provider: 'codeBuild',
      stepName,
      options: { inputs, after, network },
      phases: { install: [], build: indexCommands(options), postBuild: [] },
      outputDirectory: OUTPUT,
      reports: [],
      more: {
        pushesTo: repository,
        environmentVariables: {
          ...tagsOf(options),
          IMAGE_PARTS: parts.map((part) => variableOf(partName(stepName, part), 'IMAGE_DIGEST')).join(' '),
        },
        exportedVariables: EXPORTS,
      },
      safeExports: EXPORTS,
    },
    context,
  );
}

/** The name of the step that describes an image which CodePipeline has built; its artifact is named like it. */
export const detailName = (stepName: string) => `${stepName}-Detail`;

/** The image that CodePipeline has built and pushed is described, so that it can be released by its digest. */
export function planImageDetail(
  stepName: string,
  repository: ecr.IRepository,
  options: EcrBuildAndPublishOptions,
  context: StepContext,
): StepPlan<CommandsSpec> {
  const name = detailName(stepName);
  const plan = planCommands(
    name,
    describeCommands(),
    {
      inputs: options.inputs,
      environmentVariables: { IMAGE_DIGEST: variableOf(stepName, 'ECRImageDigestId') },
    },
    context,
  );
  return {
    ...plan,
    outputs: [name],
    files: ['imageDetail.json'],
    image: pushedBy(madeByPipeline(stepName, repository, options)),
    spec: { kind: 'commands', secrets: {}, describes: repository },
  };
}

/** What CodePipeline pushes. */
export const madeByPipeline = (
  stepName: string,
  repository: ecr.IRepository,
  { tags = ['latest'] }: EcrBuildAndPublishOptions,
): BuiltImage => ({
  step: stepName,
  artifact: detailName(stepName),
  repository,
  tag: tags[0],
  tags,
  digest: variableOf(stepName, 'ECRImageDigestId'),
  parts: [{ architecture: 'x86', tag: tags[0] }],
});
