/** The severity of a finding of {@link PipelineCheck}. */
export enum CheckSeverity {
  /** AWS rejects the pipeline, or denies a call that it documents. */
  ERROR = 'error',
  /** The pipeline likely does not work as intended, or AWS likely denies a call. */
  WARNING = 'warning',
  /** A fact that may matter, e.g. a permission that depends on information outside of the templates. */
  INFO = 'info',
}

/** The severities, from the lowest to the highest. */
export const SEVERITIES: readonly CheckSeverity[] = [CheckSeverity.INFO, CheckSeverity.WARNING, CheckSeverity.ERROR];

/** Returns whether a severity is the same as another one, or higher. */
export function isAtLeast(severity: string, lowest: CheckSeverity): boolean {
  return SEVERITIES.indexOf(severity as CheckSeverity) >= SEVERITIES.indexOf(lowest);
}
