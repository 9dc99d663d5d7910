import { CODE_DEPLOY_RENDERER } from './code-deploy/render';
import { recordImagesStatements } from './grants';
import { NATIVE_RENDERER } from './native/render';
import type { DeploymentRenderer } from './render-deployment';
import { serviceImageFix } from './service-image-fix';
import { ROLLING_RENDERER } from './rolling/render';
import type { DeploymentKind, DeployServiceSpec, PrepareServiceSpec } from './spec';
import type { ActionKind, ReferencedResource, RequiredName, TargetKind } from '../../render/action-kind';
import { renderActionRole, type EnvironmentScope } from '../../render/environment-scope';
import { artifactReadStatements, artifactWriteStatements } from '../../render/grants';
import type { RenderContext, RenderedAction, RenderedEnvironment } from '../../render/rendered';
import { RESOURCE } from '../../pipeline/rules';

const RENDERERS: { readonly [Kind in DeploymentKind]: DeploymentRenderer<Kind> } = {
  rolling: ROLLING_RENDERER,
  'code-deploy': CODE_DEPLOY_RENDERER,
  native: NATIVE_RENDERER,
};

function rendererOf<Kind extends DeploymentKind>({ kind }: { readonly kind: Kind }): DeploymentRenderer<Kind> {
  return RENDERERS[kind];
}

/** Renders the action that prepares files for the deployment, and the resources of both actions. */
export const PREPARE_SERVICE: TargetKind<PrepareServiceSpec> = {
  kind: 'prepare-service',
  render: renderPreparation,
  renderResources,
  referencedResources,
  requiredNames,
  validateEnvironment: () => {},
};

/** Renders the action that deploys, under the same role. */
export const DEPLOY_SERVICE: ActionKind<DeployServiceSpec> = { kind: 'deploy-service', render: renderDeployment };

function renderPreparation(context: RenderContext, spec: PrepareServiceSpec): RenderedAction {
  const { environmentScope, crossEnv, actionRole } = context.environments.get(spec.environment)!;
  const environment = environmentScope && renderResources(environmentScope, spec);
  return { role: actionRole(environment?.actionRole), region: crossEnv?.region, environment };
}

function renderDeployment(context: RenderContext, spec: DeployServiceSpec): RenderedAction {
  const { environment, deploymentId, deployment, prepareStep } = spec;
  const { role, region } = context.earlier.get(prepareStep)!;
  const environmentContext = context.environments.get(environment)!;
  const configuration = rendererOf(deployment).configuration(environmentContext, deploymentId, deployment);
  return { role, region, configuration };
}

/** Creates the resources of a deployment. The service itself is provided by the user. */
function renderResources(environmentScope: EnvironmentScope, spec: PrepareServiceSpec): RenderedEnvironment {
  const { deploymentId, deploymentName, service, deployment } = spec;
  const target = { environmentScope, deploymentId, service };
  const { statements, deploymentGroup } = rendererOf(deployment).renderResources(target, deployment);
  const actionRole = renderActionRole(environmentScope, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(environmentScope.store),
      ...artifactWriteStatements(environmentScope.store),
      ...environmentScope.actionLogs(),
      ...recordImagesStatements(service),
      ...statements,
    ],
  });
  return { environmentName: environmentScope.environment, deploymentName, actionRole, deploymentGroup };
}

function referencedResources({ service: spec, deployment }: PrepareServiceSpec): ReferencedResource[] {
  const { service, definition, imageParameters } = spec;
  return [
    { prop: 'service', resourceKind: 'a service', resource: service },
    ...definition.roles.map(({ prop, role }) => ({ prop, resourceKind: RESOURCE.role, resource: role })),
    ...imageParameters.map(({ containerName, resource }) => ({
      prop: `imageParameters.${containerName}`,
      resourceKind: RESOURCE.parameter,
      resource,
      regional: true,
      fix: serviceImageFix,
    })),
    ...rendererOf(deployment).referencedResources(deployment),
  ];
}

function requiredNames({ service: spec, deployment }: PrepareServiceSpec): RequiredName[] {
  const { serviceName, clusterName, definition, imageParameters } = spec;
  return [
    { prop: 'service', nameProp: 'serviceName', name: serviceName },
    { prop: 'service.cluster', nameProp: 'clusterName', name: clusterName },
    { prop: 'family', nameProp: 'family', name: definition.family },
    ...imageParameters.map(({ containerName, name }) => ({
      prop: `imageParameters.${containerName}`,
      nameProp: 'parameterName',
      name,
    })),
    ...rendererOf(deployment).requiredNames(deployment),
  ];
}
