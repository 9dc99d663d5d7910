import type { DeploymentControllerPlan } from './plan-deployment-controller';
import type { ServiceFacts } from './read-service';
import type { DeploymentSpec, EcsServiceSpec } from './spec';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import type { RolloutPlan } from '../rollout/plan';

/**
 * Plans deployments of a service by ECS or CodeDeploy. Which one depends on the deployment controller of the service.
 */
export interface ServiceDeployer {
  /** Returns the names of further required options that neither the user nor the service provides. */
  missingOptions?(facts: ServiceFacts, options: DeploymentOptions): string[];
  /** Plans a deployment, and reports invalid options; undefined if nothing can be planned. */
  plan(request: DeploymentRequest): PlannedDeployment | undefined;
}

/** Options for the deployment. */
export interface DeploymentOptions {
  readonly deploymentController?: DeploymentControllerPlan;
  readonly rollout?: RolloutPlan;
  readonly containerPort?: number;
  readonly timeoutMinutes?: number;
}

/** Describes a deployment of a service, and collects its problems. */
export interface DeploymentRequest {
  readonly facts: ServiceFacts;
  readonly service: EcsServiceSpec;
  /** Container that receives the traffic. */
  readonly containerName: string;
  readonly options: DeploymentOptions;
  /** Names of the step that prepares the deployment, and of the step that deploys. */
  readonly prepareStep: string;
  readonly deployStep: string;
  /** Collector of the target. */
  readonly problems: Problems;
}

export interface PlannedDeployment {
  readonly deployment: DeploymentSpec;
  /** Files that the first step produces, and the commands that write them. */
  readonly files: readonly string[];
  readonly commands: readonly string[];
  /** Action of the second step. */
  readonly action: Pick<StepPlan, 'provider' | 'inputs' | 'configuration' | 'propNames' | 'warnings'>;
}
