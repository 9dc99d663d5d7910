import type { aws_iam as iam, aws_ssm as ssm, Duration } from 'aws-cdk-lib';
import type { ServiceDeploymentController } from './service-deployment-controller';
import type { PipelineStep } from '../../steps/pipeline-step';
import type { DeploymentNameOptions } from '../deploy-request';
import type { Rollout } from '../rollout/rollout';

/** Options of {@link DeployTarget.ecsService}. */
export interface EcsServiceOptions extends DeploymentNameOptions {
  /**
   * How traffic moves to the new tasks.
   *
   * @default - what the service can do: with CodeDeploy a canary of 10 % for 5 minutes, all at once behind a Network
   * Load Balancer; where ECS moves traffic itself, as the service says; otherwise rolling
   */
  readonly rollout?: Rollout;

  /**
   * Who moves the traffic, and with what.
   *
   * @default - ECS; a service with the deployment controller `CODE_DEPLOY` must say it
   */
  readonly deploymentController?: ServiceDeploymentController;

  /**
   * The images of containers: what a step built, or an ECR source, by the name of the container.
   *
   * @default - what is released, for the container `containerName`
   */
  readonly images?: { [containerName: string]: PipelineStep };

  /**
   * Where the image of a container is written down that is live, as {@link ServiceImage} makes it, by the name of the
   * container. It is written before traffic moves; a release that is taken back is followed by the one before, which
   * writes its own.
   *
   * @default - nowhere: a deployment of the stack of the service puts back the image that the stack says
   */
  readonly imageParameters?: { [containerName: string]: ssm.IStringParameter };

  /**
   * The container that gets the image, and the traffic.
   *
   * @default - the default container of the task definition. A service that was looked up must say it
   */
  readonly containerName?: string;

  /**
   * The port of that container which gets the traffic; asked for where CodeDeploy moves it.
   *
   * @default - the first port of the container. A service that was looked up must say it
   */
  readonly containerPort?: number;

  /**
   * The family of task definitions. A release is made of its newest revision, so what a deployment of the stack of the
   * service changed is in it.
   *
   * @default - that of the service. A service that was looked up must say it
   */
  readonly family?: string;

  /**
   * The roles in the task definition: that of the task and that of its execution. The environment may pass on these and
   * no others.
   *
   * @default - those of the service. A service that was looked up must say them
   */
  readonly taskRoles?: iam.IRole[];

  /**
   * How long a rolling deployment may take until the service is stable: 1 to 60 whole minutes.
   *
   * @default Duration.minutes(60)
   */
  readonly deploymentTimeout?: Duration;
}
