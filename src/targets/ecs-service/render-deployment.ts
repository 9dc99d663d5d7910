import type { EcsServiceSpec, DeploymentKind, DeploymentSpecs } from './spec';
import type { ReferencedResource, RequiredName } from '../../render/action-kind';
import type { EnvironmentContext } from '../../render/environment-context';
import type { EnvironmentScope } from '../../render/environment-scope';
import type { Statement } from '../../render/grants';
import type { RenderedEnvironment } from '../../render/rendered';

/** Renders the parts of a deployment that depend on the deployment controller of the service. */
export interface DeploymentRenderer<Kind extends DeploymentKind> {
  /** Creates the resources of a deployment, and returns the permissions that the action role requires. */
  renderResources(target: ServiceDeployment, deployment: DeploymentSpecs[Kind]): DeploymentResources;
  /** Returns the action configuration that references these resources, which may be in another account or Region. */
  configuration(
    context: EnvironmentContext,
    deploymentId: string,
    deployment: DeploymentSpecs[Kind],
  ): Record<string, string>;
  /** Returns the resources of the user that must be in the account of the environment. */
  referencedResources(deployment: DeploymentSpecs[Kind]): readonly ReferencedResource[];
  /** Returns the names that must be explicit if the environment is in another account or Region. */
  requiredNames(deployment: DeploymentSpecs[Kind]): readonly RequiredName[];
}

/** Describes the deployment of a service in an environment. */
export interface ServiceDeployment {
  readonly environmentScope: EnvironmentScope;
  readonly deploymentId: string;
  readonly service: EcsServiceSpec;
}

/** Resources and permissions of a deployment. */
export interface DeploymentResources extends Pick<RenderedEnvironment, 'deploymentGroup'> {
  readonly statements: readonly Statement[];
}
