import type { aws_ecr as ecr } from 'aws-cdk-lib';
import { buildCommands, EXPORTS, indexCommands, OUTPUT } from './docker-commands';
import { BaseImageSource } from './base-image-source';
import type { DockerImageOptions } from './options';
import { type BaseImagesPlan, planBaseImages } from './plan-base-images';
import { architectureOf, type PlatformBuild, separateBuilds } from './platforms';
import { validateDockerImage } from './validate-docker-image';
import { WITHOUT_LOCAL_CACHE, type Architecture } from '../../aws/builds';
import { compact, definedValues } from '../../common/compact';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { Problems } from '../../pipeline/problems';
import {
  ANY,
  instanceOf,
  listOf,
  type OptionTypes,
  readOptions,
  TEXT,
  TEXT_RECORD,
  TEXTS,
} from '../../pipeline/read-options';
import { variableOf } from '../../pipeline/variables';
import { BuildCompute, BuildSize } from '../build/build-compute';
import { PROJECT_OPTIONS } from '../build/option-types';
import { planBuild } from '../build/plan';
import type { BuildPlanner } from '../step-planner';
import { type BuiltImage, IMAGE, pushedImage, REPOSITORY } from '../built-image';
import type { StepContext } from '../step-context';

const BASE_IMAGE_SOURCE = instanceOf(BaseImageSource, 'use e.g. BaseImageSource.ecr');

const OPTIONS: OptionTypes<DockerImageOptions> = {
  ...PROJECT_OPTIONS,
  dockerfile: TEXT,
  target: TEXT,
  platforms: TEXTS,
  baseImages: listOf(BASE_IMAGE_SOURCE, 'pass a list, e.g. [BaseImageSource.ecr(repository)]'),
  tags: TEXTS,
  buildArguments: TEXT_RECORD,
  // Validated with the other commands.
  installCommands: ANY,
  cacheTag: TEXT,
};

/**
 * Disables the default attestations of Docker. An image with attestations is pushed as an index, which Lambda does not
 * support, and which cannot be distinguished from an image of several platforms.
 *
 * @see https://docs.docker.com/build/building/variables/#buildx_no_default_attestations
 */
const WITHOUT_ATTESTATIONS = { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' };

/**
 * Plans an image that Docker builds and pushes: in one action, or in an action per platform and one that creates an
 * index.
 */
export class DockerImageBuild implements BuildPlanner {
  public readonly stepName: string;
  public readonly image: BuiltImage;
  public readonly exportedVariables = EXPORTS;

  public constructor(
    private readonly repository: ecr.IRepository,
    private readonly options: DockerImageOptions,
  ) {
    this.stepName = options?.stepName ?? IMAGE;
    this.image = this.imageOf(readOptions(options, OPTIONS, new Problems()));
  }

  public plan(context: StepContext): StepPlan[] {
    const { problems } = context;
    const options = readOptions(this.options, OPTIONS, problems);
    const baseImages = planBaseImages(options.baseImages ?? [], problems.at('baseImages'));
    validateDockerImage(options, baseImages, problems);
    if (!REPOSITORY(this.repository, problems.at('repository'))) return [];
    const request = { options, baseImages };
    const platforms = separateBuilds(options);
    const parts = platforms.map((platform) =>
      this.planImage(this.partName(platform), { ...request, ...platform }, context),
    );
    const image = pushedImage(this.image);
    if (parts.length > 0) return [...parts, { ...this.planIndex(options, platforms, context), image }];
    const main = this.planImage(this.stepName, { ...request, architecture: architectureOf(options) }, context);
    return [{ ...main, image }];
  }

  private partName({ suffix }: PlatformBuild): string {
    return `${this.stepName}-${suffix}`;
  }

  private imageOf(options: DockerImageOptions): BuiltImage {
    const { stepName, repository } = this;
    const tag = variableOf(stepName, 'IMAGE_TAG');
    const parts = separateBuilds(options).map((part) => ({
      name: part.suffix,
      architecture: part.architecture,
      tag: variableOf(this.partName(part), 'IMAGE_TAG'),
    }));
    return {
      step: stepName,
      artifact: stepName,
      repository,
      tag,
      tags: options.tags ?? [`the revision of ${options.inputs?.[0]?.artifactName ?? 'the source'}`],
      digest: variableOf(stepName, 'IMAGE_DIGEST'),
      parts: parts.length > 0 ? parts : [{ architecture: architectureOf(options), tag }],
    };
  }

  /** Plans an action that builds and pushes an image. */
  private planImage(
    stepName: string,
    { options, baseImages, architecture, suffix }: ImageRequest,
    context: StepContext,
  ): StepPlan {
    const { network, buildArguments = {}, secrets, installCommands, dockerfile } = options;
    const compute = (options.compute ?? BuildCompute.x86(BuildSize.SMALL))._withArchitecture(architecture);
    const commands = buildCommands(options, {
      suffix,
      hasEcrBaseImages: baseImages.ecr.length > 0,
      registries: baseImages.registries,
      hasProxy: network?._hasProxy,
    });
    return planBuild(
      {
        provider: 'codeBuild',
        stepName,
        options: { ...options, compute, secrets: { ...secrets, ...baseImages.secrets } },
        phases: { install: [{ prop: 'installCommands', commands: installCommands }], build: [{ commands }] },
        // The image of a single platform is not released, so it is not described.
        outputDirectory: suffix === undefined ? OUTPUT : undefined,
        extra: {
          docker: true,
          // Builds in a VPC have no local cache.
          layerCache: network === undefined && !WITHOUT_LOCAL_CACHE.includes(compute._computeType),
          pushesTo: this.repository,
          baseImages: baseImages.ecr,
          environmentVariables: WITHOUT_ATTESTATIONS,
          variablesOfProps: { tags: tagsOf(options), baseImages: baseImages.environmentVariables, buildArguments },
          exportedVariables: EXPORTS,
          texts: compact([dockerfile !== undefined && { prop: 'dockerfile', text: dockerfile }]),
        },
        safeExports: EXPORTS,
      },
      context,
    );
  }

  /**
   * Plans an action that creates an index of several platforms. It refers to the images by digest, so that it does not
   * contain images that another execution pushes under the same tags.
   */
  private planIndex(options: DockerImageOptions, platforms: readonly PlatformBuild[], context: StepContext): StepPlan {
    const { inputs, after, network } = options;
    const digests = platforms.map((platform) => variableOf(this.partName(platform), 'IMAGE_DIGEST'));
    return planBuild(
      {
        provider: 'codeBuild',
        stepName: this.stepName,
        options: { inputs, after, network },
        phases: { build: [{ commands: indexCommands(options) }] },
        outputDirectory: OUTPUT,
        extra: {
          pushesTo: this.repository,
          variablesOfProps: { tags: tagsOf(options), platforms: { IMAGE_PARTS: digests.join(' ') } },
          exportedVariables: EXPORTS,
        },
        safeExports: EXPORTS,
      },
      context,
    );
  }
}

/** Describes an image to build. */
interface ImageRequest {
  readonly options: DockerImageOptions;
  readonly baseImages: BaseImagesPlan;
  readonly architecture: Architecture;
  /** Suffix of the tag, if the image is one of several platforms. */
  readonly suffix?: string;
}

function tagsOf({ tags }: DockerImageOptions): Readonly<Record<string, string>> {
  return definedValues({ IMAGE_TAGS: tags?.join(' ') });
}
