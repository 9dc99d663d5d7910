import type { aws_appconfig as appconfig } from 'aws-cdk-lib';
import type { DeploymentNameOptions } from '../deploy-request';

/** Options of {@link DeployTarget.appConfig}. */
export interface AppConfigOptions extends DeploymentNameOptions {
  /**
   * Path of the file with the configuration, relative to the root of the released artifact, or of the first source if
   * the release is an image: `flags.json`.
   */
  readonly configurationPath: string;

  /**
   * Deployment strategy: the speed of the deployment, and the time for which AppConfig monitors the alarms of the
   * environment afterwards. AWS does not document a default. Import a predefined strategy with
   * `appconfig.DeploymentStrategy.fromDeploymentStrategyId` and an `appconfig.DeploymentStrategyId`, such as
   * `CANARY_10_PERCENT_20_MINUTES`.
   *
   * For a hosted profile, the deployment including its bake time must take less than 50 minutes, since a Commands
   * action waits for it.
   */
  readonly deploymentStrategy: appconfig.IDeploymentStrategy;
}

/** Options of {@link AppConfigProfile.hosted}. */
export interface HostedProfileOptions {
  /**
   * Whether the validators of the profile run before the approval of the environment, in a stage
   * `<environment>-Validate`. They run again when the deployment starts.
   *
   * @default true
   */
  readonly validateBeforeApproval?: boolean;

  /**
   * Media type of the configuration, such as `application/json`. If a version with the same content exists, it is used
   * with its own media type.
   *
   * @default - derived from the file name: `application/json` for `.json`, `application/x-yaml` for `.yaml` and `.yml`,
   * or else `text/plain`
   */
  readonly contentType?: string;
}
