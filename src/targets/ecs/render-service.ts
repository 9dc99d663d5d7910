import { RENDER_CODE_DEPLOY } from './render-code-deploy';
import type { MoverRenderer } from './render-deployer';
import { RENDER_NATIVE } from './render-native';
import { RENDER_ROLLING } from './render-rolling';
import type { DeployServicePlan, PrepareServicePlan, ServiceRolloutPlan } from './ecs-specs';
import { partScope, renderDeployRole, type EnvironmentScope } from '../../render/environment-scope';
import { artifactReadStatements, artifactWriteStatements, recordImagesStatements } from '../../render/grants';
import type { ActionRenderer, RenderedEnvironment } from '../../render/rendered';

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
  const { environmentScope, elsewhere, seenRole } = context.environments.get(spec.environment)!;
  const made = environmentScope && renderServiceResources(environmentScope, spec);
  return { role: seenRole(made?.deployRole), region: elsewhere?.region, environment: made };
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
