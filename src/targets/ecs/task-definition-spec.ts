import type { aws_iam as iam } from 'aws-cdk-lib';
import type { Architecture } from '../../aws/builds';
import type { PullingTaskDefinition } from '../../pipeline/pipeline-plan';

/** Describes the task definition of a release: the latest revision of a family, with new images. */
export interface TaskDefinitionSpec {
  readonly family: string;
  /** Task role and execution role: the only roles that may be passed to ECS. */
  readonly roles: readonly TaskRole[];
  /** Architecture of its tasks, if it is known. */
  readonly architecture?: Architecture;
  /** Containers that receive a new image. */
  readonly containers: readonly ContainerSpec[];
  /** Names of fields that an old AWS CLI does not know, separated by spaces; undefined if they are unknown. */
  readonly newerFields?: string;
  /** Task definition of this app, if its execution role pulls the images. */
  readonly pulling?: PullingTaskDefinition;
}

/** A role of a task definition, and the property that it comes from. */
export interface TaskRole {
  readonly prop: string;
  readonly role: iam.IRole;
}

/** A container, and the artifact with the `imageDetail.json` of its new image. */
export interface ContainerSpec {
  readonly name: string;
  readonly artifact: string;
}

/** A capacity provider that tasks run on. */
export interface CapacityProviderSpec {
  readonly name: string;
  readonly base?: number;
  readonly weight?: number;
}
