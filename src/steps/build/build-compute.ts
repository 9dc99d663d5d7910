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
import { FLAG, type OptionTypes, readOptions, TEXT, typeOf } from '../../pipeline/read-options';

/** How large a build machine is. */
export enum BuildSize {
  /** 2 vCPUs, 4 GiB. */
  SMALL = 'BUILD_GENERAL1_SMALL',
  /** 4 vCPUs, 8 GiB. */
  MEDIUM = 'BUILD_GENERAL1_MEDIUM',
  /** 8 vCPUs, 16 GiB. */
  LARGE = 'BUILD_GENERAL1_LARGE',
  /** 36 vCPUs, 72 GiB; with ARM 32 and 64. */
  XLARGE = 'BUILD_GENERAL1_XLARGE',
  /** 72 vCPUs, 144 GiB; with ARM 48 and 96. */
  XXLARGE = 'BUILD_GENERAL1_2XLARGE',
}

/** How much memory a build on Lambda has. */
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
   * What the machine is made from. An image of yours must hold what the commands need: versions of languages are chosen
   * in images of CodeBuild only.
   *
   * @default - the newest standard image of CodeBuild for Amazon Linux that carries the version of the language
   */
  readonly image?: BuildImage;
}

/** Options of {@link BuildCompute.awsLambda}. */
export interface LambdaComputeOptions extends BuildComputeOptions {
  /**
   * The build runs on ARM instead of x86.
   *
   * @default false
   */
  readonly arm?: boolean;
}

/**
 * The machine that a build runs on.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-compute-types.html
 *
 * @example
 * BuildStep.nodeJs({ compute: BuildCompute.arm(BuildSize.LARGE) });
 */
export class BuildCompute {
  /** Linux on Intel or AMD. $0.005 a minute for SMALL, $0.010 for MEDIUM, $0.020 for LARGE (us-east-1). */
  public static x86(size: BuildSize, options: BuildComputeOptions = {}): BuildCompute {
    return new BuildCompute('LINUX_CONTAINER', size, options);
  }

  /** Linux on ARM. Not available in every region, and its largest sizes in few. */
  public static arm(size: BuildSize, options: BuildComputeOptions = {}): BuildCompute {
    return new BuildCompute('ARM_CONTAINER', size, options);
  }

  /**
   * Lambda: starts in seconds instead of half a minute and is paid by the second, but ends after 15 minutes. A build on
   * it has no limit of its own, no cache, no VPC, no Docker and no root, and writes below `/tmp` and in the folder of
   * its source only. Plain commands must say an image. Not available in every region.
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
   * Its CPU type.
   *
   * @internal
   */
  public get _architecture(): Architecture {
    return ENVIRONMENT_TYPES[this.environmentType].architecture;
  }

  /**
   * Its size, as CodeBuild names it.
   *
   * @internal
   */
  public get _computeType(): string {
    return this.computeType;
  }

  /**
   * A machine with that CPU type: this one, or one of its size. An image is made for one CPU type and does not go
   * along.
   *
   * @internal
   */
  public _on(architecture: Architecture): BuildCompute {
    if (architecture === this._architecture) return this;
    return new BuildCompute(architecture === 'arm' ? 'ARM_CONTAINER' : 'LINUX_CONTAINER', this.computeType);
  }

  /**
   * Returns whether the user configured an image.
   *
   * @internal
   */
  public get _hasImage(): boolean {
    return this.options?.image !== undefined;
  }

  /**
   * Plans the machine, and reports what is wrong with it.
   *
   * @param version version of the language that its image must carry
   * @internal
   */
  public _plan(problems: Problems, version?: LanguageVersion): ComputePlan {
    const { environmentType, computeType } = this;
    const { image } = readOptions(this.options, COMPUTE_OPTIONS, problems);
    const { lambda } = ENVIRONMENT_TYPES[environmentType];
    TEXT(computeType, problems.at(lambda ? 'memory' : 'size'));
    return {
      environmentType,
      computeType,
      image: image ? image._plan(environmentType, problems.at('image')) : curatedImage(environmentType, version),
    };
  }
}

const COMPUTE_OPTIONS: OptionTypes<LambdaComputeOptions> = {
  image: typeOf(
    'a BuildImage',
    'use BuildImage.fromEcr, fromRegistry or fromCodeBuild',
    (value) => value instanceof BuildImage,
  ),
  arm: FLAG,
};

/** Returns the image of CodeBuild that carries a version of a language. */
function curatedImage(environmentType: EnvironmentType, version?: LanguageVersion): ImageReferencePlan | undefined {
  const { architecture, lambda } = ENVIRONMENT_TYPES[environmentType];
  if (!lambda) return { kind: 'standard', id: STANDARD_IMAGES[architecture][version?.image ?? 'newest'] };
  if (version?.lambda === undefined) return undefined;
  return { kind: 'standard', id: LAMBDA_IMAGE_PREFIX[architecture] + version.lambda };
}
