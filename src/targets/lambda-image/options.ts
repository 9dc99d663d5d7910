import type { aws_ecr as ecr } from 'aws-cdk-lib';
import type { PipelineStep } from '../../steps/pipeline-step';
import type { DeploymentNameOptions } from '../deployment-name';

/** Options of {@link DeployTarget.lambdaImage}. */
export interface LambdaImageOptions extends DeploymentNameOptions {
  /**
   * The alias that is moved to the version which is published: 1 to 128 letters, digits, `_` and `-`, not of digits alone. It must exist; without it
   * the release fails before anything is changed.
   *
   * @default 'live'
   */
  readonly alias?: string;

  /**
   * The step whose image the function gets: {@link BuildStep.dockerImage}, or a source in ECR.
   *
   * @default - what is released
   */
  readonly image?: PipelineStep;

  /**
   * The repository of the image. Needed when it belongs to another account than the function: the role of the environment then gets to read it. It
   * must have a name that is known here, and its policy must let in the account of the function and the service Lambda.
   *
   * @default - one of the account of the function, where the role needs nothing
   * @see https://repost.aws/knowledge-center/lambda-ecr-image
   */
  readonly repository?: ecr.IRepository;
}
