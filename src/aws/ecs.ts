import type { Architecture } from './builds';

/**
 * What a description of a task definition holds that nobody may say when one is registered.
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
 * What may be said when a task definition is registered. @see
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
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
 * The file by which the ECS action learns of images. @see
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/file-reference.html
 */
export const IMAGE_DEFINITIONS = 'imagedefinitions.json';

/** The file in which an image is described, in the artifact of what made it. */
export const IMAGE_DETAIL = 'imageDetail.json';

/**
 * Minutes that the ECS action may wait. @see
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html
 */
export const ECS_ACTION_TIMEOUT = { min: 1, max: 60 };

/**
 * Minutes that we let a task run: Commands, which waits for it, ends after 55. @see
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
 */
export const TASK_TIMEOUT = { min: 1, max: 50 };
export const DEFAULT_TASK_TIMEOUT = 30;

/**
 * Processors of task definitions. Fargate takes x86 where none is said.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html
 */
export const TASK_PROCESSORS: Readonly<Record<string, Architecture>> = { X86_64: 'x86', ARM64: 'arm' };

/** Characters of what a task is told besides its definition, as JSON: it travels in one command. */
export const TASK_OVERRIDES_LENGTH = 900;

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html */
export const TASK_NETWORK_LIMITS = { subnets: { min: 1, max: 16 }, securityGroups: { min: 1, max: 5 } };
/**
 * How a deployment of a service can end. What else it may be (`PENDING`, `IN_PROGRESS`, `STOP_REQUESTED`,
 * `ROLLBACK_REQUESTED`, `ROLLBACK_IN_PROGRESS`) goes over.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html
 */
export const DEPLOYMENT_SUCCEEDED = 'SUCCESSFUL';
export const DEPLOYMENT_FAILED: readonly string[] = ['STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'];

/**
 * What ECS itself does when a service does not say it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CanaryConfiguration.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinearConfiguration.html
 */
export const NATIVE_CANARY = { percentage: 5, minutes: 10 };
export const NATIVE_LINEAR = { percentage: 10, minutes: 6 };
