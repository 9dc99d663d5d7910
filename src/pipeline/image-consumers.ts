import type { aws_ecr as ecr } from 'aws-cdk-lib';
import type { EcsDefinitionPlan } from '../targets/ecs/ecs-specs';
import { allActions, type PipelinePlan } from './pipeline-plan';
import { namespaceOf, referencesIn } from './variables';
import type { Architecture } from '../aws/builds';

/** An image that a step pushes. */
export interface PushedImage {
  readonly repository: ecr.IRepository;
  /** Several, where it is an index. */
  readonly architectures: readonly Architecture[];
}

/** What runs an image. */
export interface ImageConsumer {
  /** Name of the step that lets it. */
  readonly step: string;
  readonly environment: string;
  readonly artifact: string;
  /** The image, where a step of the pipeline pushes it. */
  readonly image?: PushedImage;
  /** The processor that it is run on, if that is known. */
  readonly architecture?: Architecture;
  readonly takesIndex: boolean;
}

/** Which images are run by what. */
export function imageConsumers(plan: PipelinePlan): ImageConsumer[] {
  const actions = allActions(plan);
  const made = new Map(
    actions.flatMap(({ outputs, image }) => (image ? outputs.map((artifact) => [artifact, image] as const) : [])),
  );
  return actions.flatMap((action): ImageConsumer[] => {
    const { name: step, environment = '', inputs, spec } = action;
    const run = (artifact: string, more: Pick<ImageConsumer, 'takesIndex' | 'architecture'>): ImageConsumer => ({
      step,
      environment,
      artifact,
      image: made.get(artifact),
      ...more,
    });
    switch (spec.kind) {
      case 'deploy-lambda-image':
        return [run(inputs[0], { takesIndex: false, architecture: spec.architecture })];
      case 'deploy-service':
        return artifactsOf(spec.service.definition).map((artifact) =>
          run(artifact, { takesIndex: true, architecture: spec.service.definition.architecture }),
        );
      case 'run-task':
        return artifactsOf(spec.definition).map((artifact) =>
          run(artifact, { takesIndex: true, architecture: spec.definition.architecture }),
        );
      // The image is told in variables.
      case 'deploy-eks':
        return actions
          .filter(
            ({ image, name }) => image && referencesIn(action).some(({ namespace }) => namespace === namespaceOf(name)),
          )
          .map(({ outputs }) => run(outputs[0], { takesIndex: true }));
      default:
        return [];
    }
  });
}

const artifactsOf = ({ containers }: EcsDefinitionPlan) => [...new Set(containers.map(({ artifact }) => artifact))];
