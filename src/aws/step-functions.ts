/**
 * Quotas of Step Functions for standard workflows.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */

/** The maximum length of the execution history. A longer execution fails. */
export const HISTORY_EVENTS = 25_000;

/**
 * The maximum duration of a Step Functions action, in seconds.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
 */
export const STATE_MACHINE_ACTION_SECONDS = 7 * 24 * 60 * 60;

/**
 * Lists the errors of Amazon ECS that a retry does not resolve, with their names in AWS SDK integrations.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html#API_UpdateService_Errors
 */
export const NON_RETRYABLE_ECS_ERRORS: readonly string[] = [
  'AccessDeniedException',
  'ClusterNotFoundException',
  'InvalidParameterException',
  'NamespaceNotFoundException',
  'PlatformTaskDefinitionIncompatibilityException',
  'PlatformUnknownException',
  'ServiceNotActiveException',
  'ServiceNotFoundException',
  'UnsupportedFeatureException',
].map((name) => `Ecs.${name}`);
