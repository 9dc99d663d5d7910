import { aws_appconfig as appconfig, type Stack } from 'aws-cdk-lib';
import { AppConfigProfile, type AppConfigOptions, DeployTarget, type HostedProfileOptions } from '../../src';

/** Returns an environment of AppConfig with its application. */
export function environmentIn(stack: Stack, id = 'Live'): appconfig.Environment {
  return new appconfig.Environment(stack, id, { application: applicationIn(stack) });
}

/** Returns the application that the environments and profiles of a stack share. */
export function applicationIn(stack: Stack): appconfig.Application {
  return (stack.node.tryFindChild('Application') as appconfig.Application | undefined) ?? new appconfig.Application(stack, 'Application');
}

/** Returns a profile of feature flags, whose configurations AppConfig stores. */
export function flagsIn(stack: Stack, id = 'Flags'): appconfig.HostedConfiguration {
  return new appconfig.HostedConfiguration(stack, id, {
    application: applicationIn(stack),
    type: appconfig.ConfigurationType.FEATURE_FLAGS,
    content: appconfig.ConfigurationContent.fromInlineJson('{"version":"1"}'),
  });
}

/** Returns a profile at a location of the user's choice. */
export function profileAt(stack: Stack, locationUri: string, id = 'Profile'): appconfig.CfnConfigurationProfile {
  const { applicationId } = applicationIn(stack);
  return new appconfig.CfnConfigurationProfile(stack, id, { applicationId, locationUri, name: id });
}

/** Returns a strategy that AWS has predefined. */
export function predefined(stack: Stack, id = appconfig.DeploymentStrategyId.ALL_AT_ONCE): appconfig.IDeploymentStrategy {
  const name = `Strategy-${id.id}`;
  const existing = stack.node.tryFindChild(name) as appconfig.IDeploymentStrategy | undefined;
  return existing ?? appconfig.DeploymentStrategy.fromDeploymentStrategyId(stack, name, id);
}

/** Returns the resources of another account or Region, as another stack finds them: their ids are literals. */
export const IMPORTED = {
  environment: (stack: Stack, id = 'Imported') =>
    appconfig.Environment.fromEnvironmentArn(stack, id, 'arn:aws:appconfig:eu-west-1:111111111111:application/app1234/environment/env1234'),
  profileId: 'pro1234',
} as const;

/** Returns a deployment to a hosted profile. */
export function hostedTarget(stack: Stack, profileOptions: HostedProfileOptions = {}, options: Partial<AppConfigOptions> = {}): DeployTarget {
  return DeployTarget.appConfig(environmentIn(stack), AppConfigProfile.hosted(flagsIn(stack), profileOptions), {
    configurationPath: 'flags.json', deploymentStrategy: predefined(stack), ...options,
  });
}
