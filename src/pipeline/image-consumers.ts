import type { Architecture } from '../aws/builds';
import { allActions } from './actions';
import type { ActionPlan, EcrImage, PipelinePlan, PullingTaskDefinition } from './pipeline-plan';
import { namespaceOf, referencesIn } from './variables';

/** Describes the deployment of an image by a step. */
export interface ImageConsumer {
  /** Name and path of the step that deploys it. */
  readonly step: string;
  readonly path: string;
  readonly environment: string;
  readonly artifact: string;
  /** Image, if a step of the pipeline builds it or a source reads it. */
  readonly image?: EcrImage;
  /** Architecture that it runs on, if known. */
  readonly architecture?: Architecture;
  readonly takesIndex: boolean;
  /** Task definition that runs it, if its execution role pulls it. */
  readonly taskDefinition?: PullingTaskDefinition;
}

/** Returns the images that each step deploys. */
export function imageConsumers(plan: PipelinePlan): ImageConsumer[] {
  const actions = allActions(plan);
  const images = new Map<string, EcrImage>();
  for (const { outputs, image } of actions) {
    if (image) outputs.forEach((artifact) => images.set(artifact, image));
  }
  return actions.flatMap((action) =>
    artifactsUsedBy(action, actions).map((artifact) => ({
      step: action.name,
      path: action.path,
      environment: action.environment ?? '',
      artifact,
      image: images.get(artifact),
      architecture: action.imageUse!.architecture,
      takesIndex: action.imageUse!.takesIndex,
      taskDefinition: action.imageUse!.taskDefinition,
    })),
  );
}

function artifactsUsedBy(action: ActionPlan, actions: readonly ActionPlan[]): readonly string[] {
  const artifacts = action.imageUse?.artifacts ?? [];
  if (artifacts !== 'by-variable') return artifacts;
  const namespaces = referencesIn(action).map(({ namespace }) => namespace);
  return actions
    .filter(({ image, name }) => image && namespaces.includes(namespaceOf(name)))
    .map(({ outputs }) => outputs[0]);
}
