import type { aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { ActionSpec } from '../../pipeline/pipeline-plan';
import type { CapacityProviderSpec, TaskDefinitionSpec } from '../ecs/task-definition-spec';

/** Runs a task to completion. */
export interface RunTaskSpec extends ActionSpec {
  readonly kind: 'run-task';
  readonly environment: string;
  /** Identifies the task in its environment. */
  readonly deploymentId: string;
  readonly cluster: ecs.ICluster;
  /** A token is only valid in the account and Region of the pipeline. */
  readonly clusterName: string;
  readonly definition: TaskDefinitionSpec;
  /** Container that runs the command and determines the exit code. */
  readonly containerName: string;
  readonly command?: readonly string[];
  readonly environmentVariables: Readonly<Record<string, string>>;
  /** Undefined if containers share the network of their instance. */
  readonly network?: TaskNetworkSpec;
  readonly capacity: TaskCapacitySpec;
  /** File with the registered revision. */
  readonly file: string;
  readonly timeoutMinutes: number;
}

/** Network interface of a task. */
export interface TaskNetworkSpec {
  readonly subnets: readonly ec2.ISubnet[];
  readonly securityGroups: readonly ec2.ISecurityGroup[];
  readonly assignPublicIp: boolean;
}

/** Launch type or capacity providers of a task. */
export type TaskCapacitySpec =
  | { readonly launchType: LaunchType }
  | { readonly launchType?: undefined; readonly strategies: readonly CapacityProviderSpec[] };

export type LaunchType = 'EC2' | 'FARGATE' | 'EXTERNAL';
