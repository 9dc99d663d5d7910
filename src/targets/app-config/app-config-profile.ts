import type { aws_appconfig as appconfig } from 'aws-cdk-lib';
import type { HostedProfileOptions } from './options';

/** A profile as the user passes it, not yet validated. */
export type ProfileChoice =
  | { readonly kind: 'hosted'; readonly profile: ProfileReference; readonly options: HostedProfileOptions }
  | { readonly kind: 'pipeline'; readonly profile: ProfileReference };

/** A configuration profile: a construct, or its id. */
export type ProfileReference = appconfig.IConfiguration | string;

/**
 * Configuration profile that a release is deployed from. Where the profile stores its configurations decides how they
 * are deployed.
 *
 * @example
 * declare const flags: appconfig.HostedConfiguration;
 * declare const environment: appconfig.Environment;
 * declare const strategy: appconfig.IDeploymentStrategy;
 * DeployTarget.appConfig(environment, AppConfigProfile.hosted(flags), {
 *   configurationPath: 'flags.json',
 *   deploymentStrategy: strategy,
 * });
 */
export class AppConfigProfile {
  /**
   * Deploys to a profile whose configurations AppConfig stores: feature flags, or a freeform configuration. Its
   * location is `hosted`.
   *
   * @param profile of the application of the environment, e.g. an `appconfig.HostedConfiguration`
   */
  public static hosted(profile: appconfig.IConfiguration, options: HostedProfileOptions = {}): AppConfigProfile {
    return new AppConfigProfile({ kind: 'hosted', profile, options });
  }

  /**
   * Deploys to an imported hosted profile, or to one that is an `appconfig.CfnConfigurationProfile`.
   *
   * @param configurationProfileId its id, of the application of the environment: a literal, or the `ref` of the
   * `CfnConfigurationProfile`
   */
  public static hostedById(configurationProfileId: string, options: HostedProfileOptions = {}): AppConfigProfile {
    return new AppConfigProfile({ kind: 'hosted', profile: configurationProfileId, options });
  }

  /**
   * Deploys to a profile whose configurations come from this pipeline, by the AppConfig action of CodePipeline. Its
   * location is `codepipeline://<pipeline name>`, so the pipeline needs a `pipelineName`.
   *
   * @param profile of the application of the environment: an `appconfig.SourcedConfiguration` with
   * `appconfig.ConfigurationSource.fromPipeline`
   */
  public static pipeline(profile: appconfig.IConfiguration): AppConfigProfile {
    return new AppConfigProfile({ kind: 'pipeline', profile });
  }

  /**
   * Deploys to an imported profile whose configurations come from this pipeline, or to one that is an
   * `appconfig.CfnConfigurationProfile`.
   *
   * @param configurationProfileId its id, of the application of the environment: a literal, or the `ref` of the
   * `CfnConfigurationProfile`
   */
  public static pipelineById(configurationProfileId: string): AppConfigProfile {
    return new AppConfigProfile({ kind: 'pipeline', profile: configurationProfileId });
  }

  /** @internal */
  public readonly _choice: ProfileChoice;

  private constructor(choice: ProfileChoice) {
    this._choice = choice;
  }
}
