import { RENDER_CODE_DEPLOY } from './render-code-deploy';
import type { MoverRenderer } from './render-deployer';
import { RENDER_NATIVE } from './render-native';
import { RENDER_ROLLING } from './render-rolling';
import type { DeployServicePlan, PrepareServicePlan, ServiceRolloutPlan } from './ecs-specs';
import { partScope, renderDeployRole, type EnvironmentScope } from '../../render/environment-scope';
import { artifactReadStatements, artifactWriteStatements, recordImagesStatements } from '../../render/grants';
import type { ActionRenderer, RenderedEnvironment } from '../../render/rendered';
import type { TargetKind } from '../../render/action-kind';
import { groupNames, groupReferences } from './group-references';
import type { ActionKind } from '../../render/action-kind';

const RENDERERS: {
  readonly [K in ServiceRolloutPlan['kind']]: MoverRenderer<Extract<ServiceRolloutPlan, { kind: K }>>;
} = {
  rolling: RENDER_ROLLING,
  'code-deploy': RENDER_CODE_DEPLOY,
  native: RENDER_NATIVE,
};

// The table is exact for each kind; the compiler cannot see that a mover is given its own plan only.
const rendererOf = ({ kind }: ServiceRolloutPlan) => RENDERERS[kind] as MoverRenderer;

/** Commands that make files for the next step, under the role of the environment. */
export const renderPrepareService: ActionRenderer<PrepareServicePlan> = (context, spec) => {
  const { environmentScope, crossEnv, actionRole } = context.environments.get(spec.environment)!;
  const made = environmentScope && renderServiceResources(environmentScope, spec);
  return { role: actionRole(made?.deployRole), region: crossEnv?.region, environment: made };
};

/** What an environment with a service needs beside the service, which is not ours. */
export function renderServiceResources(environmentScope: EnvironmentScope, spec: PrepareServicePlan) {
  const { statements, ...made } = rendererOf(spec.rollout).renderRoom(
    () => partScope(environmentScope, spec.part),
    environmentScope,
    spec,
  );
  const deployRole = renderDeployRole(environmentScope, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(environmentScope.store),
      ...artifactWriteStatements(environmentScope.store),
      ...environmentScope.actionLogs(),
      ...recordImagesStatements(spec.service.definition),
      ...statements,
    ],
  });
  return {
    ...made,
    environmentName: environmentScope.environment,
    deploymentName: spec.deploymentName,
    deployRole,
  } satisfies RenderedEnvironment;
}

/** The action that deploys runs under the same role. */
export const renderDeployService: ActionRenderer<DeployServicePlan> = (
  context,
  { environment, part, rollout, prepared },
) => {
  const { role, region } = context.earlier.get(prepared)!;
  return {
    role,
    region,
    configuration: rendererOf(rollout).configure(context.environments.get(environment)!, part, rollout),
  };
};

export const PREPARE_SERVICE: TargetKind<PrepareServicePlan> = {
  kind: 'prepare-service',
  render: renderPrepareService,
  renderResources: renderServiceResources,
  referencedResources: ({ service: { service, definition }, rollout }) => [
    { prop: 'service', what: 'a service', resource: service },
    ...definition.roles.map((resource) => ({ prop: 'taskRoles', what: 'a role', resource })),
    ...definition.containers.flatMap(({ parameter }) =>
      parameter ? [{ prop: 'imageParameters', what: 'a parameter', resource: parameter.resource, regional: true }] : [],
    ),
    ...(rollout.kind === 'code-deploy' ? groupReferences(rollout) : []),
  ],
  requiredNames: ({ service: { serviceName, clusterName, definition }, rollout }) => [
    { prop: 'service', what: 'serviceName', name: serviceName },
    { prop: 'service.cluster', what: 'clusterName', name: clusterName },
    { prop: 'family', what: 'family', name: definition.family },
    ...definition.containers.flatMap(({ parameter }) =>
      parameter ? [{ prop: 'imageParameters', what: 'parameterName', name: parameter.name }] : [],
    ),
    ...(rollout.kind === 'code-deploy' ? groupNames(rollout) : []),
  ],
  validateEnvironment: () => {},
};

export const DEPLOY_SERVICE: ActionKind<DeployServicePlan> = { kind: 'deploy-service', render: renderDeployService };
