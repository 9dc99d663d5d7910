import { aws_appconfig as appconfig, Reference, Token, Tokenization } from 'aws-cdk-lib';
import type { HostedProfileOptions } from './options';

/** A profile as the user passes it, not yet validated. */
export type ProfileChoice =
  | { readonly kind: 'hosted'; readonly profile: ProfileReference; readonly options: HostedProfileOptions }
  | { readonly kind: 'pipeline'; readonly profile: ProfileReference };

/** A configuration profile: a construct, or its id. */
export type ProfileReference = appconfig.IConfiguration | string;

/**
 * Configuration profile that a release is deployed to. The location of the profile determines the deployment method.
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
   * Deploys to a hosted profile, for feature flags or a freeform configuration. Its location is `hosted`.
   *
   * @param profile a profile of the application of the environment, e.g. an `appconfig.HostedConfiguration`
   */
  public static hosted(profile: appconfig.IConfiguration, options: HostedProfileOptions = {}): AppConfigProfile {
    return new AppConfigProfile({ kind: 'hosted', profile, options });
  }

  /**
   * Deploys to an imported hosted profile, or to one that is an `appconfig.CfnConfigurationProfile`.
   *
   * @param configurationProfileId id of a profile of the application of the environment: a literal, or the `ref` of the
   * `CfnConfigurationProfile`
   */
  public static hostedById(configurationProfileId: string, options: HostedProfileOptions = {}): AppConfigProfile {
    return new AppConfigProfile({ kind: 'hosted', profile: configurationProfileId, options });
  }

  /**
   * Deploys to a profile whose source is this pipeline, with the AppConfig action of CodePipeline. Its location is
   * `codepipeline://<pipeline name>`, so the pipeline requires a `pipelineName`.
   *
   * @param profile a profile of the application of the environment: an `appconfig.SourcedConfiguration` with
   * `appconfig.ConfigurationSource.fromPipeline`
   */
  public static pipeline(profile: appconfig.IConfiguration): AppConfigProfile {
    return new AppConfigProfile({ kind: 'pipeline', profile });
  }

  /**
   * Deploys to an imported profile whose source is this pipeline, or to one that is an
   * `appconfig.CfnConfigurationProfile`.
   *
   * @param configurationProfileId id of a profile of the application of the environment: a literal, or the `ref` of the
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

/** Properties of a configuration profile at synth time. */
export interface ProfileFacts {
  readonly profileId: string;
  /** Application that the profile belongs to; undefined if the profile is imported. */
  readonly applicationId?: string;
  /** Location of its configurations; undefined if the profile is imported. */
  readonly location?: string;
}

/** Reads a profile. An id that references a resource of this app is resolved to the resource. */
export function readProfile(profile: ProfileReference): ProfileFacts {
  const profileId = typeof profile === 'string' ? profile : profile.configurationProfileId;
  const resource = resourceOf(profileId);
  return { profileId, applicationId: resource?.applicationId, location: resource?.locationUri };
}

function resourceOf(profileId: string): appconfig.CfnConfigurationProfile | undefined {
  const token = Tokenization.reverseString(profileId).firstToken;
  if (!Reference.isReference(token)) return undefined;
  const { target } = token;
  return appconfig.CfnConfigurationProfile.isCfnConfigurationProfile(target) ? target : undefined;
}

/** Returns whether two ids are certainly different. The id of a resource of this app may equal a literal one. */
export function areDifferentIds(id: string, other: string): boolean {
  return id !== other && Token.isUnresolved(id) === Token.isUnresolved(other);
}

/** Returns the literal start of a string; undefined if the string starts with a token. */
export function literalStart(text: string): string | undefined {
  const start: unknown = Tokenization.reverseString(text).firstValue;
  return typeof start === 'string' ? start : undefined;
}
