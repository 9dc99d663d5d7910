/** How long things are kept, in days, where nobody says otherwise. */
export const RETENTION_DAYS = {
  artifacts: 365,
  cache: 14,
  incompleteUploads: 1,
  logs: 90,
  /** Who was let through a release freeze. */
  freezeRecord: 365,
  /** An artifact must outlive the longest wait for an approval by this much, or a rollback finds nothing to read. */
  artifactsBeyondApproval: 90,
  /** Versions of site files that were overwritten or deleted. */
  oldSiteVersions: 30,
} as const;

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const LOG_RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
