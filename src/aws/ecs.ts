import type { Architecture } from './builds';

/**
 * Lists the read-only fields of a task definition, which must not be set in a registration.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export const READ_ONLY_FIELDS: readonly string[] = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
];

/**
 * Lists the fields of a task definition that can be registered.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export const REGISTRABLE_FIELDS: readonly string[] = [
  'containerDefinitions',
  'cpu',
  'enableFaultInjection',
  'ephemeralStorage',
  'executionRoleArn',
  'family',
  'inferenceAccelerators',
  'ipcMode',
  'memory',
  'networkMode',
  'pidMode',
  'placementConstraints',
  'proxyConfiguration',
  'requiresCompatibilities',
  'runtimePlatform',
  'tags',
  'taskRoleArn',
  'trustedExecutionConfiguration',
  'volumes',
];

/**
 * The file with the images for the ECS action.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/file-reference.html
 */
export const IMAGE_DEFINITIONS = 'imagedefinitions.json';

/** The file that describes an image, in the artifact of the action that produces the image. */
export const IMAGE_DETAIL = 'imageDetail.json';

/**
 * Limits the timeout of the ECS action, in minutes.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html
 */
export const ECS_ACTION_TIMEOUT = { min: 1, max: 60 };

/**
 * Limits the duration of a task, in minutes. The Commands action that waits for the task ends after 55 minutes.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
 */
export const TASK_TIMEOUT = { min: 1, max: 50 };
export const DEFAULT_TASK_TIMEOUT = 30;

/**
 * Maps the CPU architectures of task definitions. The default of Fargate is x86.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html
 */
export const TASK_ARCHITECTURES: Readonly<Record<string, Architecture>> = { X86_64: 'x86', ARM64: 'arm' };

/** The maximum length of the overrides of a task as JSON, because they are part of one command. */
export const TASK_OVERRIDES_LENGTH = 900;

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html */
export const TASK_NETWORK_LIMITS = { subnets: { min: 1, max: 16 }, securityGroups: { min: 1, max: 5 } };
/**
 * Lists the final states of a service deployment. The other states are `PENDING`, `IN_PROGRESS`, `STOP_REQUESTED`,
 * `ROLLBACK_REQUESTED` and `ROLLBACK_IN_PROGRESS`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html
 */
export const DEPLOYMENT_SUCCEEDED = 'SUCCESSFUL';
export const DEPLOYMENT_FAILED: readonly string[] = ['STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'];

/**
 * The defaults of Amazon ECS for canary and linear deployments.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CanaryConfiguration.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinearConfiguration.html
 */
export const NATIVE_CANARY = { percentage: 5, minutes: 10 };
export const NATIVE_LINEAR = { percentage: 10, minutes: 6 };
