import type { ConfigurationIds } from './spec';
import { allow, arnOf, type Statement } from '../../render/grants';

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsappconfig.html */
function arnsOf({ applicationId, environmentId, profileId, strategyId }: ConfigurationIds) {
  const application = `application/${applicationId}`;
  const environment = `${application}/environment/${environmentId}`;
  return {
    application: arnOf('appconfig', application),
    environment: arnOf('appconfig', environment),
    profile: arnOf('appconfig', `${application}/configurationprofile/${profileId}`),
    deployments: arnOf('appconfig', `${environment}/deployment/*`),
    strategy: arnOf('appconfig', `deploymentstrategy/${strategyId}`),
  };
}

/**
 * For the role under which a configuration is deployed: it may start deployments of one profile to one environment by
 * one strategy, and watch and stop them.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-AppConfig.html
 */
export function deployConfigurationStatements(ids: ConfigurationIds): Statement[] {
  const { application, environment, profile, deployments, strategy } = arnsOf(ids);
  return [
    allow(['appconfig:StartDeployment'], [application, environment, profile, strategy]),
    allow(['appconfig:GetDeployment', 'appconfig:StopDeployment'], [application, environment, deployments]),
  ];
}

/** For the role under which versions of a hosted profile are found, or created. */
export function hostVersionStatements(ids: ConfigurationIds): Statement[] {
  const { application, profile } = arnsOf(ids);
  return [
    allow(
      ['appconfig:ListHostedConfigurationVersions', 'appconfig:CreateHostedConfigurationVersion'],
      [application, profile],
    ),
  ];
}

/** For the role under which a version is validated. */
export function validateConfigurationStatements(ids: ConfigurationIds): Statement[] {
  const { application, profile } = arnsOf(ids);
  return [allow(['appconfig:ValidateConfiguration'], [application, profile])];
}
