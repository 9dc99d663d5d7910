/** Lists the default retention periods, in days. */
export const RETENTION_DAYS = {
  artifacts: 365,
  cache: 14,
  incompleteUploads: 1,
  logs: 90,
  /** The log of break-glass overrides. */
  freezeRecord: 365,
  /** The period that artifacts are kept after the longest approval timeout, so that a rollback can read them. */
  artifactsBeyondApproval: 90,
  /** Overwritten and deleted versions of site files. */
  oldSiteVersions: 30,
} as const;

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const LOG_RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
