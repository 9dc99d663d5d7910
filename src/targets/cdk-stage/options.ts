import type { CfnOutput } from 'aws-cdk-lib';
import type { BuildCompute } from '../../steps/build/build-compute';
import type { BuildNetwork } from '../../steps/build-network';

/** Options of {@link DeployTarget.cdkStage}. */
export interface CdkStageOptions {
  /**
   * Outputs of the stacks that shell tests of the environment receive as environment variables, named by the logical
   * ids of the outputs. Each test reads them from the stacks before its first command, under its own role, and fails if
   * one is missing or empty. They may contain any text.
   *
   * @default - no outputs
   */
  readonly outputs?: CfnOutput[];

  /**
   * Exact version of the npm package cdk-assets, which publishes files and images. It must support the asset manifests
   * of your aws-cdk-lib version. Only the default version is validated at synth time.
   *
   * @default '4.7.3'
   * @see https://www.npmjs.com/package/cdk-assets
   */
  readonly cdkAssetsVersion?: string;

  /**
   * Compute of the build that publishes. Images for ARM build fastest on ARM.
   *
   * @default BuildCompute.x86(BuildSize.SMALL)
   */
  readonly compute?: BuildCompute;

  /**
   * VPC of the build that publishes. It must provide access to the npm registry, S3, STS and, for images, ECR.
   *
   * @default - no VPC: the build has internet access
   */
  readonly network?: BuildNetwork;
}
