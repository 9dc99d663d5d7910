import type { aws_appconfig as appconfig } from 'aws-cdk-lib';
import type { DeploymentNameOptions } from '../deploy-request';

/** Options of {@link DeployTarget.appConfig}. */
export interface AppConfigOptions extends DeploymentNameOptions {
  /**
   * The configuration, as a path of a file relative to the artifact that is released, or to the first source if that is
   * an image: `flags.json`.
   */
  readonly configurationPath: string;

  /**
   * How fast AppConfig deploys the configuration, and how long it watches the alarms of the environment afterwards. AWS
   * does not document a default. Predefined strategies are imported:
   * `appconfig.DeploymentStrategy.fromDeploymentStrategyId(this, 'Canary', appconfig.DeploymentStrategyId.CANARY_10_PERCENT_20_MINUTES)`.
   *
   * For a hosted profile, deployment and bake time together must be shorter than 50 minutes, since a Commands action
   * waits for them.
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
   * Media type of the configuration, such as `application/json`. A version of the same content that exists is used as
   * it is, whatever its media type.
   *
   * @default - by the name of the file: `application/json` for `.json`, `application/x-yaml` for `.yaml` and `.yml`,
   * otherwise `text/plain`
   */
  readonly contentType?: string;
}
