/**
 * What Step Functions counts, for standard workflows.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */

/** An execution whose history grows beyond this fails. */
export const HISTORY_EVENTS = 25_000;

/**
 * Seconds that an action of CodePipeline waits for an execution. @see
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
 */
export const STATE_MACHINE_ACTION_SECONDS = 7 * 24 * 60 * 60;

/**
 * Errors of Amazon ECS that trying again does not mend, as an integration of the AWS SDK names them.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html#API_UpdateService_Errors
 */
export const LASTING_ECS_ERRORS: readonly string[] = [
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
