import type { aws_iam as iam, aws_ssm as ssm, Duration } from 'aws-cdk-lib';
import type { ServiceDeploymentController } from './service-deployment-controller';
import type { PipelineStep } from '../../steps/pipeline-step';
import type { DeploymentNameOptions } from '../deploy-request';
import type { Rollout } from '../rollout/rollout';

/** Options of {@link DeployTarget.ecsService}. */
export interface EcsServiceOptions extends DeploymentNameOptions {
  /**
   * Deployment strategy.
   *
   * @default - with CodeDeploy a canary of 10 % for 5 minutes, or all at once behind a Network Load Balancer; otherwise
   * the strategy that is configured on the service, which is a rolling update by default
   */
  readonly rollout?: Rollout;

  /**
   * Service that shifts the traffic, and its resources.
   *
   * @default - ECS; required for a service with the deployment controller `CODE_DEPLOY`
   */
  readonly deploymentController?: ServiceDeploymentController;

  /**
   * Steps or ECR sources that provide the images of containers, by container name.
   *
   * @default - the released image, for the container `containerName`
   */
  readonly images?: { [containerName: string]: PipelineStep };

  /**
   * Parameters that record the deployed images, as {@link ServiceImage} creates them, by container name. An image is
   * recorded before traffic shifts. If a release is rolled back, the previous release records its own image.
   *
   * @default - images are not recorded: a deployment of the stack of the service restores the image in the stack
   */
  readonly imageParameters?: { [containerName: string]: ssm.IStringParameter };

  /**
   * Name of the container that receives the image and the traffic.
   *
   * @default - the default container of the task definition; required for an imported service
   */
  readonly containerName?: string;

  /**
   * Port of the container that receives the traffic. Only used with CodeDeploy.
   *
   * @default - the first port of the container; required for an imported service
   */
  readonly containerPort?: number;

  /**
   * Family of the task definition. A release is based on its latest revision, so it includes the changes that a
   * deployment of the stack of the service has made.
   *
   * @default - the family of the service; required for an imported service
   */
  readonly family?: string;

  /**
   * Task role and task execution role of the task definition. The environment may pass these roles only.
   *
   * @default - the roles of the service; required for an imported service
   */
  readonly taskRoles?: iam.IRole[];

  /**
   * Timeout of a rolling update until the service is stable: 1 to 60 whole minutes.
   *
   * @default Duration.minutes(60)
   */
  readonly deploymentTimeout?: Duration;
}
