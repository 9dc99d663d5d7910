import type { aws_appconfig as appconfig } from 'aws-cdk-lib';
import type { ActionSpec } from '../../pipeline/pipeline-plan';

/** Ids of the resources of a deployment. The ids of resources of this app are tokens. */
export interface ConfigurationIds {
  readonly applicationId: string;
  readonly environmentId: string;
  readonly profileId: string;
  readonly strategyId: string;
}

/** Common properties of all AppConfig actions. */
interface AppConfigActionSpec extends ActionSpec {
  readonly environment: string;
  readonly appConfigEnvironment: appconfig.IEnvironment;
  readonly strategy: appconfig.IDeploymentStrategy;
  readonly ids: ConfigurationIds;
}

/** Common properties of the actions of a hosted profile. */
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

/** Deploys a configuration to a profile whose source is the pipeline. */
export interface DeployPipelineConfigurationSpec extends AppConfigActionSpec {
  readonly kind: 'deploy-pipeline-configuration';
  /** Location of the profile, if it is known. A token if the name of the pipeline is generated. */
  readonly location?: string;
}
