import type { EcsServiceSpec, DeploymentKind, DeploymentSpecs } from './spec';
import type { ReferencedResource, RequiredName } from '../../render/action-kind';
import type { EnvironmentContext } from '../../render/environment-context';
import type { EnvironmentScope } from '../../render/environment-scope';
import type { Statement } from '../../render/grants';
import type { RenderedEnvironment } from '../../render/rendered';

/**
 * Renders what depends on the deployment controller of a service. Every member is required, so that none is forgotten.
 */
export interface DeploymentRenderer<Kind extends DeploymentKind> {
  /**
   * Creates what a deployment needs in the environment, and returns what the role of the environment must be allowed.
   */
  renderResources(target: ServiceDeployment, deployment: DeploymentSpecs[Kind]): DeploymentResources;
  /** Returns configuration of the action that names these resources. They may be in another account or Region. */
  configuration(
    context: EnvironmentContext,
    deploymentId: string,
    deployment: DeploymentSpecs[Kind],
  ): Record<string, string>;
  /** Returns what the user passes that must be in the account of the environment. */
  referencedResources(deployment: DeploymentSpecs[Kind]): readonly ReferencedResource[];
  /** Returns the names that the pipeline must know when the environment is in another account or Region. */
  requiredNames(deployment: DeploymentSpecs[Kind]): readonly RequiredName[];
}

/** Describes the deployment of a service in an environment. */
export interface ServiceDeployment {
  readonly environmentScope: EnvironmentScope;
  readonly deploymentId: string;
  readonly service: EcsServiceSpec;
}

/** What a deployment needs in its environment. */
export interface DeploymentResources extends Pick<RenderedEnvironment, 'deploymentGroup'> {
  readonly statements: readonly Statement[];
}
