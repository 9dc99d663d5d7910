import type { aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, Duration } from 'aws-cdk-lib';
import type { PipelineStep } from '../../steps/pipeline-step';
import type { DeploymentNameOptions } from '../deploy-request';

/** Options of {@link DeployTarget.ecsTask}. */
export interface EcsTaskOptions extends DeploymentNameOptions {
  /**
   * Command of the container as a list of arguments, as in `['npm', 'run', 'migrate']`. It is not run by a shell.
   *
   * @default - the command of the task definition or of the image
   */
  readonly command?: string[];

  /**
   * Environment variables of the container, in addition to those of its task definition. They are visible to everyone
   * who can view the pipeline or the task: define secrets in the task definition.
   *
   * @default - no additional variables
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * Name of the container that runs the command, receives the image, and must exit with code 0.
   *
   * @default - the default container of the task definition; required for an imported task definition
   */
  readonly containerName?: string;

  /**
   * Steps or ECR sources that provide the images of containers, by container name.
   *
   * @default - the released image, for the container `containerName`
   */
  readonly images?: { [containerName: string]: PipelineStep };

  /**
   * Family of the task definition. The task is based on its latest revision, so it includes the changes that a
   * deployment of its stack has made.
   *
   * @default - the family of the task definition; required for an imported task definition
   */
  readonly family?: string;

  /**
   * Task role and task execution role of the task definition. The environment may pass these roles only.
   *
   * @default - the roles of the task definition; required for an imported task definition
   */
  readonly taskRoles?: iam.IRole[];

  /**
   * Subnets of the task, 1 to 16. Requires the network mode `awsvpc`, which Fargate uses.
   *
   * @default - the private subnets with egress of the VPC of the cluster, or its public subnets with `assignPublicIp`
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * Security groups of the task, 1 to 5. The resources that the task connects to, such as a database, must allow them.
   * Required with the network mode `awsvpc`, which Fargate uses. The security groups of the service are often
   * sufficient: `service.connections.securityGroups`.
   *
   * @default - no security groups, which is only valid with other network modes
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether the task has a public IP address, which internet access from a public subnet requires. Only supported on
   * Fargate.
   *
   * @default false
   */
  readonly assignPublicIp?: boolean;

  /**
   * Capacity providers that run the task.
   *
   * @default - Fargate if the task definition is compatible with it, or else container instances of the cluster
   */
  readonly capacityProviderStrategies?: ecs.CapacityProviderStrategy[];

  /**
   * Timeout of the task since its start request: 1 to 50 whole minutes. After the timeout, the task is stopped and the
   * release fails.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;
}
