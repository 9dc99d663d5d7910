import type { Environment } from './env';

/** Where releases go. */
export interface EnvironmentPlan {
  readonly name: string;
  /** Account and region, as far as somebody said; otherwise those of the pipeline. */
  readonly place: Environment;
  /** What it needs was made there by a `DeploymentAccess`. */
  readonly existingAccess: boolean;
}
