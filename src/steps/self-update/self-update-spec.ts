import type { BuildPlan } from '../build/build-spec';
import type { PipelinePlan, StagePlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { inRunOrder } from '../../pipeline/run-order';

/** Name of the stage in which a pipeline deploys its own definition, and of its action. */
export const UPDATE_PIPELINE = 'UpdatePipeline';

/** The stack of the pipeline is deployed by the pipeline. What its commands are its place in the tree shows. */
export interface SelfUpdatePlan {
  readonly kind: 'self-update';
  readonly build: BuildPlan;
  /** Version of the CDK command; without, the one that the assembly asks for. */
  readonly cliVersion?: string;
}

/** The stages with the update among them: right after the one that makes the assembly. */
export function withSelfUpdate(stages: readonly StagePlan[], update: StepPlan | undefined): readonly StagePlan[] {
  if (!update) return stages;
  const at =
    1 +
    stages.findIndex(({ actions }) =>
      actions.some(({ outputs }) => update.inputs.some((input) => outputs.includes(input))),
    );
  // That nobody makes it is told where all artifacts are checked. No other stage may hold the sources.
  const place = at === 0 ? 1 : at;
  return [
    ...stages.slice(0, place),
    { name: UPDATE_PIPELINE, path: 'selfUpdate', actions: inRunOrder([update]) },
    ...stages.slice(place),
  ];
}

/** Validates what only the whole pipeline shows of a self-update. */
export function validateSelfUpdate(
  { stages, executionMode }: PipelinePlan,
  restartOnUpdate: boolean | undefined,
  problems: Problems,
): void {
  const updating = stages.findIndex(({ actions }) => actions.some(({ updatesPipeline }) => updatesPipeline));
  if (updating === -1) return;
  const released = stages.slice(0, updating).flatMap(({ environments = [] }) => environments.map(({ name }) => name));
  if (released.length > 0) {
    problems
      .at('selfUpdate')
      .add(
        'use an assembly that is made before anything is released',
        released,
        'let a step of an earlier stage make it, so that a release goes through the pipeline as it was changed',
      );
  }
  if (executionMode === 'PARALLEL') {
    problems
      .at('executionMode')
      .add(
        'not be PARALLEL in a pipeline that updates itself',
        executionMode,
        'runs at the same time would deploy the same stack, and go on under the definition that they began with; use SUPERSEDED or QUEUED',
      );
  }
  if (restartOnUpdate === false) {
    problems
      .at('restartOnUpdate')
      .add(
        'not be false in a pipeline that updates itself',
        restartOnUpdate,
        'an update ends the run that made it, and nothing would release its revision; leave it out',
      );
  }
}
