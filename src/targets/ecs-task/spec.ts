import type { aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { ActionSpec } from '../../pipeline/pipeline-plan';
import type { CapacityProviderSpec, TaskDefinitionSpec } from '../ecs/task-definition-spec';

/** Runs a task to its end. */
export interface RunTaskSpec extends ActionSpec {
  readonly kind: 'run-task';
  readonly environment: string;
  /** Identifies the task in its environment. */
  readonly deploymentId: string;
  readonly cluster: ecs.ICluster;
  /** A token only in the account and Region of the pipeline. */
  readonly clusterName: string;
  readonly definition: TaskDefinitionSpec;
  /** Container that runs the command, and whose exit code counts. */
  readonly containerName: string;
  readonly command?: readonly string[];
  readonly environmentVariables: Readonly<Record<string, string>>;
  /** None where containers share the network of their instance. */
  readonly network?: TaskNetworkSpec;
  readonly capacity: TaskCapacitySpec;
  /** File with the revision that was registered. */
  readonly file: string;
  readonly timeoutMinutes: number;
}

/** The network interface of a task. */
export interface TaskNetworkSpec {
  readonly subnets: readonly ec2.ISubnet[];
  readonly securityGroups: readonly ec2.ISecurityGroup[];
  readonly assignPublicIp: boolean;
}

/** What a task runs on. */
export type TaskCapacitySpec =
  | { readonly launchType: LaunchType }
  | { readonly launchType?: undefined; readonly strategies: readonly CapacityProviderSpec[] };

export type LaunchType = 'EC2' | 'FARGATE' | 'EXTERNAL';
