import type { Duration, Environment } from 'aws-cdk-lib';
import type { DeploymentEnvironment } from '../../environments/deployment-environment';

/** What a {@link DeploymentAccess} is made of. All but the retention of logs is required, and must be what the pipeline says. */
export interface DeploymentAccessProps {
  /** Name of the pipeline, as its `pipelineName` says. */
  readonly pipelineName: string;

  /** Account and region of the pipeline: both, and concrete. */
  readonly pipelineEnv: Environment;

  /**
   * The environments of the pipeline that are in this account and region, with their names and targets as the pipeline has them. Everything else
   * of them is the
   * pipeline's and is not looked at here. At least one.
   */
  readonly environments: DeploymentEnvironment[];

  /**
   * How long the logs of deployments are kept: a number of days that CloudWatch Logs knows, e.g. 30, 90, 365.
   *
   * @default Duration.days(90)
   */
  readonly logRetention?: Duration;
}
