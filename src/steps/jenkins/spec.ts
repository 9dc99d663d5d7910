import type { ActionSpec } from '../../pipeline/action-spec';

/** Describes a job of Jenkins. Its plugin polls for work, so the action needs no permission. */
export interface JenkinsSpec extends ActionSpec {
  readonly kind: 'jenkins';
}
