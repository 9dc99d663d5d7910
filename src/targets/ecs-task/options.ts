import type { aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, Duration } from 'aws-cdk-lib';
import type { PipelineStep } from '../../steps/pipeline-step';
import type { DeploymentNameOptions } from '../deploy-request';

/** Options of {@link DeployTarget.ecsTask}. */
export interface EcsTaskOptions extends DeploymentNameOptions {
  /**
   * What the container runs instead of the command of its task definition, a word each, as in
   * `['npm', 'run', 'migrate']`. No shell reads it.
   *
   * @default - the command of the task definition or of the image
   */
  readonly command?: string[];

  /**
   * Environment variables of the container, besides those of its task definition. Everybody who may see the pipeline or
   * the task sees them: secrets belong into the task definition.
   *
   * @default - none
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * The container that runs the command, gets the image, and must end with exit code 0.
   *
   * @default - the default container of the task definition. One that was looked up must say it
   */
  readonly containerName?: string;

  /**
   * The images of containers: what a step built, or an ECR source, by the name of the container.
   *
   * @default - what is released, for the container `containerName`
   */
  readonly images?: { [containerName: string]: PipelineStep };

  /**
   * The family of task definitions. The task is made of its newest revision, so what a deployment of its stack changed
   * is in it.
   *
   * @default - that of the task definition. One that was looked up must say it
   */
  readonly family?: string;

  /**
   * The roles in the task definition: that of the task and that of its execution. The environment may pass on these and
   * no others.
   *
   * @default - those of the task definition. One that was looked up must say them
   */
  readonly taskRoles?: iam.IRole[];

  /**
   * The subnets of the task, 1 to 16. Only with the network mode `awsvpc`, which Fargate has.
   *
   * @default - private subnets of the VPC of the cluster, with a way out; public ones with `assignPublicIp`
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * The security groups of the task, 1 to 5. What the task talks to must let them in, a database say. Must be given
   * with the network mode `awsvpc`, which Fargate has; those of the service will often do:
   * `service.connections.securityGroups`.
   *
   * @default - none; enough for other network modes
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether the task gets a public address, without which it cannot reach the internet from a public subnet. Fargate
   * only.
   *
   * @default false
   */
  readonly assignPublicIp?: boolean;

  /**
   * What the task runs on.
   *
   * @default - Fargate where the task definition allows it, otherwise instances of the cluster
   */
  readonly capacityProviderStrategies?: ecs.CapacityProviderStrategy[];

  /**
   * How long the task may take, 1 to 50 whole minutes, from the moment that ECS took it. Then it is stopped and the
   * release fails.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;
}
