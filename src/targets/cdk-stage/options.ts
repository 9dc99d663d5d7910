import type { CfnOutput } from 'aws-cdk-lib';
import type { BuildCompute } from '../../steps/build/build-compute';
import type { BuildNetwork } from '../../steps/build-network';

/** Options of {@link DeployTarget.cdkStage}. */
export interface CdkStageOptions {
  /**
   * Outputs of the stacks that shell tests of the environment receive as environment variables, named by the logical
   * ids of the outputs. The deployment of a stack writes all its outputs to an artifact, which is an additional input
   * of each test. The test reads them before its first command, and fails if one is missing or empty. CodePipeline does
   * not substitute them, so they may contain any text. The image of the test requires `jq`, which all CodeBuild images
   * contain.
   *
   * @default - no outputs
   */
  readonly outputs?: CfnOutput[];

  /**
   * Exact version of the CDK CLI (`aws-cdk`), which publishes files and images. It must have `cdk publish-assets`
   * (2.1116.0 or newer), and be able to read assemblies of your aws-cdk-lib version.
   *
   * @default '2.1148.1'
   * @see https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-publish-assets.html
   */
  readonly cliVersion?: string;

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
