import type { aws_ecr as ecr } from 'aws-cdk-lib';
import type { EcsDefinitionPlan } from './ecs-plan';
import { allActions, type PipelinePlan } from './pipeline-plan';
import { namespaceOf, referencesIn } from './variables';
import type { Architecture } from '../facts/builds';

/** An image that a step pushes. */
export interface PushedImage {
  readonly repository: ecr.IRepository;
  /** Several, where it is an index. */
  readonly processors: readonly Architecture[];
}

/** What runs an image. */
export interface ImageRun {
  /** Name of the step that lets it. */
  readonly step: string;
  readonly environment: string;
  readonly artifact: string;
  /** The image, where a step of the pipeline pushes it. */
  readonly image?: PushedImage;
  /** The processor that it is run on, if that is known. */
  readonly processor?: Architecture;
  readonly takesIndex: boolean;
}

/** Which images are run by what. */
export function runsIn(plan: PipelinePlan): ImageRun[] {
  const actions = allActions(plan);
  const made = new Map(actions.flatMap(({ outputs, image }) => image ? outputs.map((artifact) => [artifact, image] as const) : []));
  return actions.flatMap((action): ImageRun[] => {
    const { name: step, environment = '', inputs, work } = action;
    const run = (artifact: string, more: Pick<ImageRun, 'takesIndex' | 'processor'>): ImageRun => ({ step, environment, artifact, image: made.get(artifact), ...more });
    switch (work.kind) {
      case 'deploy-lambda-image': return [run(inputs[0], { takesIndex: false, processor: work.processor })];
      case 'deploy-service': return artifactsOf(work.service.definition).map((artifact) => run(artifact, { takesIndex: true, processor: work.service.definition.processor }));
      case 'run-task': return artifactsOf(work.definition).map((artifact) => run(artifact, { takesIndex: true, processor: work.definition.processor }));
      // The image is told in variables.
      case 'deploy-eks': return actions.filter(({ image, name }) => image && referencesIn(action).some(({ namespace }) => namespace === namespaceOf(name)))
        .map(({ outputs }) => run(outputs[0], { takesIndex: true }));
      default: return [];
    }
  });
}

const artifactsOf = ({ containers }: EcsDefinitionPlan) => [...new Set(containers.map(({ artifact }) => artifact))];
