import type { ContainerPipelineProps } from './props';
import type { BuildStep } from '../../build/build-step';
import type { PipelinePlan } from '../../plan/pipeline-plan';
import type { PlacePlan } from '../../plan/place-plan';
import { problem, type Problem } from '../../plan/problems';
import { checkRelease, checkSource, planRelease, type Release } from '../common/release';

/** Sources → images, scans and checks → environments. */
export const planContainer = (props: ContainerPipelineProps): PipelinePlan => planRelease(props, releaseOf(props));

/**
 * Everything that is wrong with the props.
 *
 * @param home account and region of the pipeline
 */
export function checkContainer(props: ContainerPipelineProps, home: PlacePlan = {}): Problem[] {
  const missing = [...checkSource(props), ...checkRequired(props ?? {})];
  return missing.length > 0 ? missing : [...checkImages(props), ...checkRelease(props, releaseOf(props), home)];
}

const checkRequired = ({ image, environments }: Partial<ContainerPipelineProps>): Problem[] => [
  ...image ? [] : [problem('image', 'be a BuildStep that makes an image', image, 'say how the image is built, e.g. BuildStep.dockerImage(repository)')],
  ...environments?.length ? [] : [problem('environments', 'hold at least one environment', environments,
    "say where releases go, e.g. [new DeploymentEnvironment('production', { target: DeployTarget.ecsService(service) })]")],
];

/** What is released is an image, by the file that describes it. */
const checkImages = (props: ContainerPipelineProps): Problem[] => imagesOf(props).flatMap(({ prop, step }) => {
  const outputs = step._plans({ defaultInput: props.source.stepName }).flatMap((one) => one.outputs);
  return outputs.includes(step.artifact.artifactName) ? []
    : [problem(prop, 'hand on the imageDetail.json of the image that it makes', `${step.stepName}, which hands on ${outputs.length > 0 ? outputs.join(', ') : 'nothing'}`,
      'use BuildStep.dockerImage(repository)')];
});

const imagesOf = ({ image, additionalImages = [] }: ContainerPipelineProps): Array<{ prop: string; step: BuildStep }> =>
  [{ prop: 'image', step: image }, ...additionalImages.map((step, i) => ({ prop: `additionalImages[${i}]`, step }))];

const releaseOf = (props: ContainerPipelineProps): Release =>
  ({ builds: imagesOf(props), artifact: props.image.artifact.artifactName, destinations: props.environments });
