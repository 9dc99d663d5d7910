import type { BuildImage } from './build-image';
import { STANDARD_IMAGE } from '../facts/builds';
import type { ComputePlan } from '../plan/build-plan';

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
   * What the machine is made from.
   *
   * @default - the newest standard image of CodeBuild for Amazon Linux
   */
  readonly image?: BuildImage;
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
    return new BuildCompute({
      environmentType: 'LINUX_CONTAINER', computeType: size, image: options.image?._plan() ?? { kind: 'standard', id: STANDARD_IMAGE.x86 },
    });
  }

  /** Linux on ARM. Not available in every region. */
  public static arm(size: BuildSize, options: BuildComputeOptions = {}): BuildCompute {
    return new BuildCompute({
      environmentType: 'ARM_CONTAINER', computeType: size, image: options.image?._plan() ?? { kind: 'standard', id: STANDARD_IMAGE.arm },
    });
  }

  private constructor(private readonly plan: ComputePlan) {}

  /** @internal */
  public _plan(): ComputePlan {
    return this.plan;
  }
}
