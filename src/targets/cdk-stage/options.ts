import type { CfnOutput } from 'aws-cdk-lib';
import type { BuildCompute } from '../../steps/build/build-compute';
import type { BuildNetwork } from '../../steps/build-network';

/** Options of {@link DeployTarget.cdkStage}. */
export interface CdkStageOptions {
  /**
   * Outputs of the stacks that shell tests of the environment find in environment variables, each under the logical id
   * of the output. Each test reads them from the stacks before its first command, under its own role; an output that is
   * missing or empty fails the test. They may hold any text.
   *
   * @default - none
   */
  readonly outputs?: CfnOutput[];

  /**
   * The exact version of the npm package cdk-assets that publishes files and images. It must know the asset manifests
   * that your aws-cdk-lib writes; for a version of yours nobody checks that before a run.
   *
   * @default '4.7.3'
   * @see https://www.npmjs.com/package/cdk-assets
   */
  readonly cdkAssetsVersion?: string;

  /**
   * The machine that publishes. Images for ARM are built fastest on ARM.
   *
   * @default BuildCompute.x86(BuildSize.SMALL)
   */
  readonly compute?: BuildCompute;

  /**
   * The VPC in which the machine is that publishes. It must reach the registry of npm, S3, STS, and for images ECR.
   *
   * @default - none: it has the internet
   */
  readonly network?: BuildNetwork;
}
