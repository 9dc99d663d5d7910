import { RENDER_CODE_DEPLOY } from './code-deploy';
import type { MoverRenderer } from './mover';
import { RENDER_NATIVE } from './native';
import { RENDER_ROLLING } from './rolling';
import type { DeployServicePlan, PrepareServicePlan, ServiceRolloutPlan } from '../../../plan/ecs-plan';
import { partScope, renderDeployRole, type Room } from '../../environment/room';
import { artifactReadStatements, artifactWriteStatements, recordImagesStatements } from '../../grants';
import type { ActionRenderer, RenderedEnvironment } from '../../rendered';

const RENDERERS: { readonly [K in ServiceRolloutPlan['kind']]: MoverRenderer<Extract<ServiceRolloutPlan, { kind: K }>> } = {
  'rolling': RENDER_ROLLING,
  'code-deploy': RENDER_CODE_DEPLOY,
  'native': RENDER_NATIVE,
};

// The table is exact for each kind; the compiler cannot see that a mover is given its own plan only.
const rendererOf = ({ kind }: ServiceRolloutPlan) => RENDERERS[kind] as MoverRenderer;

/** Commands that make files for the next step, under the role of the environment. */
export const renderPrepareService: ActionRenderer<PrepareServicePlan> = (context, work) => {
  const { room, elsewhere, seenRole } = context.environments.get(work.environment)!;
  const made = room && renderServiceRoom(room, work);
  return { role: seenRole(made?.deployRole), region: elsewhere?.region, environment: made };
};

/** What an environment with a service needs beside the service, which is not ours. */
export function renderServiceRoom(room: Room, work: PrepareServicePlan) {
  const { statements, ...made } = rendererOf(work.rollout).renderRoom(() => partScope(room, work.part), room, work);
  const deployRole = renderDeployRole(room, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(room.store), ...artifactWriteStatements(room.store), ...room.actionLogs(),
      ...recordImagesStatements(work.service.definition), ...statements,
    ],
  });
  return { ...made, environmentName: room.environment, deploymentName: work.deploymentName, deployRole } satisfies RenderedEnvironment;
}

/** The action that deploys runs under the same role. */
export const renderDeployService: ActionRenderer<DeployServicePlan> = (context, { environment, part, rollout, prepared }) => {
  const { role, region } = context.earlier.get(prepared)!;
  return { role, region, configuration: rendererOf(rollout).configure(context.environments.get(environment)!, part, rollout) };
};
