import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { PipelineIdentity } from './identity';
import type { Room } from './room';
import { roomElsewhere } from './sight';
import type { StepPlan, WorkPlan } from '../../plan/pipeline-plan';
import { renderStageRoom } from '../deploy/cdk-stack';
import { renderServiceRoom } from '../deploy/ecs/service';
import { renderTaskRoom } from '../deploy/ecs/task';
import { renderEksRoom } from '../deploy/eks';
import { renderLambdaImageRoom } from '../deploy/lambda-image';
import { renderStackRoom } from '../deploy/stack';
import { renderSiteRoom } from '../deploy/static-site';
import type { RenderedEnvironment } from '../rendered';

interface Access {
  readonly environments: ReadonlyArray<{ readonly name: string; readonly steps: readonly StepPlan[] }>;
  readonly logDays: number;
}

/** What of a deployment is made where the environment is, by what is deployed; nothing for what follows from another step. */
const ROOMS: { readonly [K in WorkPlan['kind']]?: (room: Room, work: Extract<WorkPlan, { kind: K }>, step: StepPlan) => RenderedEnvironment | undefined } = {
  'static-site': renderSiteRoom,
  'prepare-stack': renderStackRoom,
  'prepare-cdk-stack': (room, work, { name }) => name === work.first ? renderStageRoom(room, work) : undefined,
  'prepare-service': renderServiceRoom,
  'run-task': renderTaskRoom,
  'deploy-eks': renderEksRoom,
  'deploy-lambda-image': renderLambdaImageRoom,
};

/** What environments consist of, apart from their pipeline. */
export function renderAccess(scope: Construct, access: Access, identity: PipelineIdentity): { environments: RenderedEnvironment[] } {
  const { environments, logDays } = access;
  const { account, region } = Stack.of(scope);
  return {
    environments: environments.flatMap(({ name, steps }) => {
      // Whether the pipeline has a key of its own, other environments decide.
      const room = roomElsewhere(scope, { identity, environment: name, place: { account, region }, logDays, hasKey: true });
      return steps.flatMap((step) => {
        // The table is exact for each kind; the compiler cannot see that key and value belong together.
        const render = ROOMS[step.work.kind] as ((room: Room, work: WorkPlan, step: StepPlan) => RenderedEnvironment | undefined) | undefined;
        return render?.(room, step.work, step) ?? [];
      });
    }),
  };
}
