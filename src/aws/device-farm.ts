/**
 * Limits of a run on devices.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-DeviceFarm.html
 */
export const DEVICE_FARM = {
  fuzzEvents: { min: 1, max: 10_000 },
  /** Milliseconds between two events. */
  fuzzThrottle: { min: 1, max: 1000 },
  /** A test action ends after 8 hours. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html */
  jobMinutes: { min: 1, max: 480 },
} as const;

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsdevicefarm.html */
export const DEVICE_FARM_PROJECT_ARN = /^arn:aws:devicefarm:us-west-2:\d{12}:project:([A-Za-z0-9-]+)$/;

/** Matches the ARN of a device pool. The pools of AWS have no account. */
export const DEVICE_FARM_POOL_ARN = /^arn:aws:devicefarm:us-west-2:(\d{12})?:devicepool:[A-Za-z0-9/-]+$/;
