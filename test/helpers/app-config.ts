import { aws_appconfig as appconfig, aws_codepipeline as codepipeline, type Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AppConfigProfile, type AppConfigOptions, DeployTarget, type HostedProfileOptions } from '../../src';

/** Returns a construct of a stack, which is created if it does not exist. */
function once<T extends Construct>(stack: Stack, id: string, create: () => T): T {
  return (stack.node.tryFindChild(id) as T | undefined) ?? create();
}

/** Returns the application that the environments and profiles of a stack share. */
export function applicationIn(stack: Stack): appconfig.Application {
  return once(stack, 'Application', () => new appconfig.Application(stack, 'Application'));
}

/** Returns an environment of AppConfig. */
export function environmentIn(stack: Stack, id = 'Live'): appconfig.Environment {
  return once(stack, id, () => new appconfig.Environment(stack, id, { application: applicationIn(stack) }));
}

/** Returns a profile of feature flags, whose configurations AppConfig stores. */
export function flagsIn(stack: Stack): appconfig.HostedConfiguration {
  return once(
    stack,
    'Flags',
    () =>
      new appconfig.HostedConfiguration(stack, 'Flags', {
        application: applicationIn(stack),
        type: appconfig.ConfigurationType.FEATURE_FLAGS,
        content: appconfig.ConfigurationContent.fromInlineJson('{"version":"1"}'),
      }),
  );
}

/** Returns a profile that names a pipeline. */
export function pipelineProfileIn(stack: Stack, pipelineName: string): appconfig.SourcedConfiguration {
  return once(stack, 'Text', () => {
    const pipeline = codepipeline.Pipeline.fromPipelineArn(
      stack,
      'Self',
      stack.formatArn({ service: 'codepipeline', resource: pipelineName }),
    );
    return new appconfig.SourcedConfiguration(stack, 'Text', {
      application: applicationIn(stack),
      location: appconfig.ConfigurationSource.fromPipeline(pipeline),
    });
  });
}

/** Returns a profile at a location of the user's choice. */
export function profileAt(stack: Stack, locationUri: string): appconfig.CfnConfigurationProfile {
  const { applicationId } = applicationIn(stack);
  return new appconfig.CfnConfigurationProfile(stack, 'Profile', { applicationId, locationUri, name: 'profile' });
}

/** Returns a strategy that AWS has predefined. */
export function predefined(
  stack: Stack,
  id = appconfig.DeploymentStrategyId.ALL_AT_ONCE,
): appconfig.IDeploymentStrategy {
  const name = `Strategy-${id.id}`;
  return once(
    stack,
    name,
    () => appconfig.DeploymentStrategy.fromDeploymentStrategyId(stack, name, id) as appconfig.DeploymentStrategy,
  );
}

/** Resources of another app, whose ids are literals. */
export const IMPORTED = {
  environment: (stack: Stack) =>
    appconfig.Environment.fromEnvironmentArn(
      stack,
      'Imported',
      'arn:aws:appconfig:eu-west-1:111111111111:application/app1234/environment/env1234',
    ),
  profileId: 'pro1234',
} as const;

/** Returns a deployment to a hosted profile. */
export function hostedTarget(
  stack: Stack,
  profileOptions: HostedProfileOptions = {},
  options: Partial<AppConfigOptions> = {},
): DeployTarget {
  return DeployTarget.appConfig(environmentIn(stack), AppConfigProfile.hosted(flagsIn(stack), profileOptions), {
    configurationPath: 'flags.json',
    deploymentStrategy: predefined(stack),
    ...options,
  });
}

/** Returns a deployment to a profile that names a pipeline. */
export function pipelineTarget(
  stack: Stack,
  pipelineName: string,
  options: Partial<AppConfigOptions> = {},
): DeployTarget {
  return DeployTarget.appConfig(
    environmentIn(stack),
    AppConfigProfile.pipeline(pipelineProfileIn(stack, pipelineName)),
    {
      configurationPath: 'text/live.txt',
      deploymentStrategy: predefined(stack),
      ...options,
    },
  );
}
