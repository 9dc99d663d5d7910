import type { aws_appconfig as appconfig } from 'aws-cdk-lib';
import type { ActionSpec } from '../../pipeline/pipeline-plan';

/** Identifies what is deployed where. The ids of resources of this app are tokens. */
export interface ConfigurationIds {
  readonly applicationId: string;
  readonly environmentId: string;
  readonly profileId: string;
  readonly strategyId: string;
}

/** What all actions of AppConfig have. */
interface AppConfigActionSpec extends ActionSpec {
  readonly environment: string;
  readonly appConfigEnvironment: appconfig.IEnvironment;
  readonly strategy: appconfig.IDeploymentStrategy;
  readonly ids: ConfigurationIds;
}

/** What the actions of a hosted profile have. */
export interface HostedConfigurationSpec extends AppConfigActionSpec {
  /** Identifies the deployment in its environment. */
  readonly deploymentId: string;
  readonly configurationPath: string;
  readonly contentType: string;
}

/** Runs the validators of a hosted profile. */
export interface ValidateConfigurationSpec extends HostedConfigurationSpec {
  readonly kind: 'validate-configuration';
}

/** Deploys a version of a hosted profile. */
export interface DeployHostedConfigurationSpec extends HostedConfigurationSpec {
  readonly kind: 'deploy-hosted-configuration';
}

/** Deploys a configuration of a profile that receives it from the pipeline. */
export interface DeployPipelineConfigurationSpec extends AppConfigActionSpec {
  readonly kind: 'deploy-pipeline-configuration';
  /** Location of the profile, if it is known: a token if it names a pipeline that has no name yet. */
  readonly location?: string;
}
