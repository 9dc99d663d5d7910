import { aws_appconfig as appconfig, Reference, Token, Tokenization } from 'aws-cdk-lib';
import type { ProfileReference } from './app-config-profile';

/** What is known of a configuration profile at synth time. */
export interface ProfileFacts {
  readonly profileId: string;
  /** Application that the profile belongs to; unknown of an imported profile. */
  readonly applicationId?: string;
  /** Where its configurations are stored; unknown of an imported profile. */
  readonly location?: string;
}

/** Reads a profile. An id that refers to a resource of this app leads to it. */
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

/** Returns whether two ids are certainly different. An id of this app may be the same as a literal one. */
export function areDifferentIds(one: string, other: string): boolean {
  return one !== other && Token.isUnresolved(one) === Token.isUnresolved(other);
}

/** Returns the literal text that another text starts with, if it does not start with a token. */
export function literalStart(text: string): string | undefined {
  const start: unknown = Tokenization.reverseString(text).firstValue;
  return typeof start === 'string' ? start : undefined;
}
