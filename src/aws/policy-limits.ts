/**
 * Lists the maximum sizes of policies in characters. IAM does not count spaces.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html
 */
export const POLICY_LIMITS = {
  /** All inline policies of a role together. */
  inlinePolicies: 10_240,
  managedPolicy: 6144,
  /** Managed policies of a role; a higher quota can be requested. */
  managedPoliciesPerRole: 10,
  /** A trust policy; a quota of 4,096 can be requested. */
  trustPolicy: 2048,
  bucketPolicy: 20 * 1024,
  keyPolicy: 32 * 1024,
  /** The policy of an event bus; a higher quota can be requested. */
  eventBusPolicy: 10_240,
  repositoryPolicy: 10_240,
} as const;
