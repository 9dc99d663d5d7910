import { BuildImage } from './build-image';
import type { ComputePlan, ImageReferencePlan } from './spec';
import {
  ENVIRONMENT_TYPES,
  LAMBDA_IMAGE_PREFIX,
  STANDARD_IMAGES,
  type Architecture,
  type EnvironmentType,
} from '../../aws/builds';
import type { LanguageVersion } from '../../aws/languages';
import type { Problems } from '../../pipeline/problems';
import { FLAG, instanceOf, type OptionTypes, readOptions, typeOf } from '../../pipeline/read-options';

/** Size of a build machine. */
export enum BuildSize {
  /** 2 vCPUs, 4 GiB. */
  SMALL = 'BUILD_GENERAL1_SMALL',
  /** 4 vCPUs, 8 GiB. */
  MEDIUM = 'BUILD_GENERAL1_MEDIUM',
  /** 8 vCPUs, 16 GiB. */
  LARGE = 'BUILD_GENERAL1_LARGE',
  /** 36 vCPUs, 72 GiB; on ARM 32 vCPUs, 64 GiB. */
  XLARGE = 'BUILD_GENERAL1_XLARGE',
  /** 72 vCPUs, 144 GiB; on ARM 48 vCPUs, 96 GiB. */
  XXLARGE = 'BUILD_GENERAL1_2XLARGE',
}

/** Memory of a build on Lambda. */
export enum BuildMemory {
  /** 1 GB. */
  GB_1 = 'BUILD_LAMBDA_1GB',
  /** 2 GB. */
  GB_2 = 'BUILD_LAMBDA_2GB',
  /** 4 GB. */
  GB_4 = 'BUILD_LAMBDA_4GB',
  /** 8 GB. */
  GB_8 = 'BUILD_LAMBDA_8GB',
  /** 10 GB. */
  GB_10 = 'BUILD_LAMBDA_10GB',
}

/** Options of {@link BuildCompute.x86} and {@link BuildCompute.arm}. */
export interface BuildComputeOptions {
  /**
   * Image of the build machine. A custom image must contain the tools that the commands use. A language version can be
   * selected only for images of CodeBuild.
   *
   * @default - the newest standard image of CodeBuild for Amazon Linux that contains the language version
   */
  readonly image?: BuildImage;
}

/** Options of {@link BuildCompute.awsLambda}. */
export interface LambdaComputeOptions extends BuildComputeOptions {
  /**
   * Runs the build on ARM instead of x86.
   *
   * @default false
   */
  readonly arm?: boolean;
}

/**
 * The machine of a build.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-compute-types.html
 *
 * @example
 * BuildStep.nodeJs({ compute: BuildCompute.arm(BuildSize.LARGE) });
 */
export class BuildCompute {
  /** Runs builds on Linux on x86: $0.005 per minute for SMALL, $0.010 for MEDIUM, $0.020 for LARGE (us-east-1). */
  public static x86(size: BuildSize, options: BuildComputeOptions = {}): BuildCompute {
    return new BuildCompute('LINUX_CONTAINER', size, options);
  }

  /** Runs builds on Linux on ARM. Not available in all Regions; the largest sizes are available in few. */
  public static arm(size: BuildSize, options: BuildComputeOptions = {}): BuildCompute {
    return new BuildCompute('ARM_CONTAINER', size, options);
  }

  /**
   * Runs builds on Lambda compute. They start in seconds, are charged per second, and end after 15 minutes. They have
   * no configurable timeout, cache, VPC, Docker daemon or root access, and can write only to `/tmp` and the source
   * folder. Builds without a language need an `image`. Not available in all Regions.
   *
   * @see https://docs.aws.amazon.com/codebuild/latest/userguide/lambda.html
   */
  public static awsLambda(memory: BuildMemory, options: LambdaComputeOptions = {}): BuildCompute {
    return new BuildCompute(options?.arm ? 'ARM_LAMBDA_CONTAINER' : 'LINUX_LAMBDA_CONTAINER', memory, options);
  }

  private constructor(
    private readonly environmentType: EnvironmentType,
    private readonly computeType: string,
    private readonly options: LambdaComputeOptions = {},
  ) {}

  /**
   * Returns the CPU architecture.
   *
   * @internal
   */
  public get _architecture(): Architecture {
    return ENVIRONMENT_TYPES[this.environmentType].architecture;
  }

  /**
   * Returns the size in the terms of CodeBuild.
   *
   * @internal
   */
  public get _computeType(): string {
    return this.computeType;
  }

  /**
   * Returns a machine with a CPU architecture: this one, or one of the same size. An image is not copied,
   * because it has one architecture.
   *
   * @internal
   */
  public _withArchitecture(architecture: Architecture): BuildCompute {
    if (architecture === this._architecture) return this;
    return new BuildCompute(architecture === 'arm' ? 'ARM_CONTAINER' : 'LINUX_CONTAINER', this.computeType);
  }

  /**
   * Returns whether an image is configured.
   *
   * @internal
   */
  public get _hasImage(): boolean {
    return this.options?.image !== undefined;
  }

  /**
   * Plans the machine, and validates it.
   *
   * @param version language version that the image must contain
   * @internal
   */
  public _plan(problems: Problems, version?: LanguageVersion): ComputePlan {
    const { environmentType, computeType } = this;
    const { lambda } = ENVIRONMENT_TYPES[environmentType];
    const { image } = lambda
      ? readOptions(this.options, LAMBDA_OPTIONS, problems)
      : readOptions(this.options, COMPUTE_OPTIONS, problems);
    if (lambda) MEMORY(computeType, problems.at('memory'));
    else SIZE(computeType, problems.at('size'));
    return {
      environmentType,
      computeType,
      image: image ? image._plan(environmentType, problems.at('image')) : curatedImage(environmentType, version),
    };
  }
}

const COMPUTE_OPTIONS: OptionTypes<BuildComputeOptions> = {
  image: instanceOf(BuildImage, 'use BuildImage.fromEcr, fromRegistry or fromCodeBuild'),
};
const LAMBDA_OPTIONS: OptionTypes<LambdaComputeOptions> = { ...COMPUTE_OPTIONS, arm: FLAG };
const SIZE = typeOf('a BuildSize', 'use e.g. BuildSize.SMALL', isMemberOf(BuildSize));
const MEMORY = typeOf('a BuildMemory', 'use e.g. BuildMemory.GB_1', isMemberOf(BuildMemory));

function isMemberOf(members: Readonly<Record<string, string>>): (value: unknown) => boolean {
  const values: readonly unknown[] = Object.values(members);
  return (value) => values.includes(value);
}

/** Returns the image of CodeBuild that contains a language version, or undefined if there is none. */
function curatedImage(environmentType: EnvironmentType, version?: LanguageVersion): ImageReferencePlan | undefined {
  const { architecture, lambda } = ENVIRONMENT_TYPES[environmentType];
  if (!lambda) return { kind: 'standard', id: STANDARD_IMAGES[architecture][version?.image ?? 'newest'] };
  if (version?.lambda === undefined) return undefined;
  return { kind: 'standard', id: LAMBDA_IMAGE_PREFIX[architecture] + version.lambda };
}
