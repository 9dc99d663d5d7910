import type { ContainerPipelineProps } from './props';
import type { BuildStep } from '../../steps/build-step';
import { ImageScan } from '../../steps/inspector-scan/image-scan';
import { releasedImageOf } from '../../targets/released-image';
import type { PipelinePlan } from '../../pipeline/pipeline-plan';
import type { Environment } from '../../pipeline/env';
import { checkEach, checkGiven, problem, type Problem } from '../../pipeline/problems';
import { checkRelease, checkSource, planRelease, type Release } from '../common/release';

/** Sources → images, scans and checks → environments. */
export const planContainer = (props: ContainerPipelineProps): PipelinePlan => planRelease(props, releaseOf(props));

/**
 * Everything that is wrong with the props.
 *
 * @param home account and region of the pipeline
 */
export function checkContainer(props: ContainerPipelineProps, home: Environment = {}): Problem[] {
  const missing = [...checkSource(props), ...checkRequired(props ?? {})];
  if (missing.length > 0) return missing;
  const homeless = repositoriesOf(props).flatMap(({ prop, repository }) =>
    checkGiven(`${prop}.repository`, 'a repository of ECR', repository, REPOSITORY),
  );
  return homeless.length > 0
    ? homeless
    : [...checkImages(props), ...checkTags(props), ...checkRelease(props, releaseOf(props), home)];
}

const REPOSITORY =
  "make one in a stack of its own, new ContainerRepository(new Stack(app, 'Images'), 'Images').repository, or look it up";

const checkRequired = ({ image, additionalImages, environments }: Partial<ContainerPipelineProps>): Problem[] => [
  ...(image
    ? []
    : [
        problem(
          'image',
          'be a BuildStep that makes an image',
          image,
          'say how the image is built, e.g. BuildStep.dockerImage(repository)',
        ),
      ]),
  ...checkEach(
    'additionalImages',
    'a BuildStep that makes an image',
    additionalImages,
    'say how it is built, or leave it out',
  ),
  ...(environments?.length
    ? []
    : [
        problem(
          'environments',
          'hold at least one environment',
          environments,
          "say where releases go, e.g. [new DeploymentEnvironment('production', { target: DeployTarget.ecsService(service) })]",
        ),
      ]),
];

/** What is released is an image, by the file that describes it. */
const checkImages = (props: ContainerPipelineProps): Problem[] =>
  imagesOf(props).flatMap(({ prop, step }) => {
    const outputs = step._plans({ defaultInput: props.source.stepName }).flatMap((one) => one.outputs);
    return outputs.includes(step.artifact.artifactName)
      ? []
      : [
          problem(
            prop,
            'hand on the imageDetail.json of the image that it makes',
            `${step.stepName}, which hands on ${outputs.length > 0 ? outputs.join(', ') : 'nothing'}`,
            'use BuildStep.dockerImage(repository), or say makesArtifact: true',
          ),
        ];
  });

/** In one repository, a tag names one image. */
function checkTags(props: ContainerPipelineProps): Problem[] {
  const images = madeOf(props);
  return images.flatMap(({ prop, image }, i) =>
    images.slice(0, i).flatMap((before) => {
      const together = before.image.repository.repositoryArn === image.repository.repositoryArn;
      const both = image.tags.filter((tag) => together && before.image.tags.includes(tag));
      return both.length === 0
        ? []
        : [
            problem(
              prop,
              `have other tags than ${before.prop}, which is pushed to the same repository`,
              both,
              "give it a repository of its own, or tags, e.g. `web-${source.variable('CommitId')}`",
            ),
          ];
    }),
  );
}

/** Where the images go, by the prop that says it. */
export const repositoriesOf = (props: ContainerPipelineProps) =>
  madeOf(props).map(({ prop, image: { repository } }) => ({ prop, repository }));

/** What is pushed, by the prop that says it. */
const madeOf = (props: ContainerPipelineProps) =>
  imagesOf(props).flatMap(({ prop, step }) => {
    const image = step._image();
    return image ? [{ prop, image }] : [];
  });

const imagesOf = ({
  image,
  additionalImages = [],
}: ContainerPipelineProps): Array<{ prop: string; step: BuildStep }> => [
  { prop: 'image', step: image },
  ...additionalImages.map((step, i) => ({ prop: `additionalImages[${i}]`, step })),
];

/** Images, and what stops those with known vulnerabilities. */
function releaseOf(props: ContainerPipelineProps): Release {
  const { image, scan = ImageScan.inspector(), environments } = props;
  const images = imagesOf(props);
  // One that hands on no image has been told already, and can be no subject of a scan.
  const scans = scan
    ._steps(images.flatMap(({ step }) => (step._image() ? [step] : [])))
    .map((step) => ({ prop: 'scan', step }));
  return {
    builds: [...images, ...scans],
    artifact: image.artifact.artifactName,
    image: releasedImageOf(image),
    destinations: environments,
  };
}
