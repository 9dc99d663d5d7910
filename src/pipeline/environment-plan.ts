import type { Environment } from './env';

/** Describes an environment that releases are deployed to. */
export interface EnvironmentPlan {
  readonly name: string;
  /** Property that the environment comes from, as the user writes it, such as `environments[1]`. */
  readonly path: string;
  /** Account and Region, as far as the user configures them; otherwise those of the pipeline. */
  readonly env: Environment;
  /** Whether its roles were created by a `DeploymentAccess`. */
  readonly existingAccess: boolean;
}
