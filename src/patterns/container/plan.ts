import type { ReleaseDestination } from '../../environments/release-destination';
import type { Environment } from '../../pipeline/env';
import type { PipelinePlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { instanceOf, LIST, ANY, type OptionTypes, readOptions, typeOf } from '../../pipeline/read-options';
import { BuildStep } from '../../steps/build-step';
import type { BuiltImage } from '../../steps/built-image';
import { ImageScan } from '../../steps/inspector-scan/image-scan';
import { RELEASE_PROPS } from '../common/plan';
import type { ReleasePipelineProps } from '../common/props';
import { hasSource, planRelease, type Release } from '../common/release';

/** What a {@link ContainerPipeline} is made of. The source, an image and the environments are required. */
export interface ContainerPipelineProps extends ReleasePipelineProps {
  /**
   * The image that is built and released, e.g. `BuildStep.dockerImage(repository)`. Its repository belongs into a stack
   * of its own, as {@link ContainerRepository} makes it, since services depend on it.
   */
  readonly image: BuildStep;

  /**
   * Further images, built at the same time. Services say which container gets one:
   * `DeployTarget.ecsService(service, { images: { worker } })`.
   *
   * @default - none
   */
  readonly additionalImages?: BuildStep[];

  /**
   * What stops an image with known vulnerabilities, before anything is deployed.
   *
   * @default ImageScan.inspector() - no critical ones; Amazon Inspector charges for each scan
   */
  readonly scan?: ImageScan;

  /**
   * Where releases go, in this order: environments, and waves of several at the same time. At least one; each has a
   * `target`, such as `DeployTarget.ecsService(service)`. The images are built once and go through all of them
   * unchanged, by their digests.
   */
  readonly environments: ReleaseDestination[];
}

/** Plans sources → images, scans and checks → environments, and reports what is wrong with the props. */
export function planContainer(
  props: ContainerPipelineProps,
  pipelineEnv: Environment,
  problems: Problems,
): PipelinePlan | undefined {
  const read = readOptions(props, PROP_TYPES, problems);
  const isSourced = hasSource(read, problems);
  const isComplete = hasRequired(read, problems);
  if (!isSourced || !isComplete || !validateRepositories(read, problems)) return undefined;
  validateTags(builtImages(read), problems);
  return planRelease(read, releaseOf(read, problems), pipelineEnv, problems);
}

const PROP_TYPES: OptionTypes<ContainerPipelineProps> = {
  ...RELEASE_PROPS,
  // Validated together, as what is required.
  image: ANY,
  additionalImages: LIST,
  scan: instanceOf(ImageScan, 'use ImageScan.inspector() or ImageScan.none()'),
  environments: ANY,
};

type Images = Pick<ContainerPipelineProps, 'image' | 'additionalImages'>;
type Required = Images & Pick<ContainerPipelineProps, 'environments'>;

const REPOSITORY =
  "make one in a stack of its own, new ContainerRepository(new Stack(app, 'Images'), 'Images').repository, or " +
  'look it up';

function hasRequired<Props extends Partial<Required>>(props: Props, problems: Problems): props is Props & Required {
  const { image, additionalImages = [], environments } = props;
  const additional = problems.at('additionalImages');
  const isBuilt = IMAGE(image, problems.at('image'));
  const areBuilt = additionalImages.map((step, i) => ADDITIONAL_IMAGE(step, additional.index(i)));
  const hasEnvironments = Array.isArray(environments) && environments.length > 0;
  if (!hasEnvironments) {
    problems
      .at('environments')
      .add(
        'hold at least one environment',
        environments,
        "say where releases go, e.g. [new DeploymentEnvironment('production', { target: " +
          'DeployTarget.ecsService(service) })]',
      );
  }
  return isBuilt && areBuilt.every((built) => built) && hasEnvironments;
}

function isBuild(value: unknown): boolean {
  return value instanceof BuildStep;
}

const WHAT = 'a BuildStep that makes an image';
const IMAGE = typeOf(WHAT, 'say how the image is built, e.g. BuildStep.dockerImage(repository)', isBuild);
const ADDITIONAL_IMAGE = typeOf(WHAT, 'say how it is built, or leave it out', isBuild);

function validateRepositories(props: Images, problems: Problems): boolean {
  const missing = builtImages(props).filter(({ prop, image }) => {
    const at = problems.at(prop).at('repository');
    return !at.required('a repository of ECR', image.repository, REPOSITORY);
  });
  return missing.length === 0;
}

/** Validates that a tag names one image of a repository. */
function validateTags(images: readonly ImageOfProp[], problems: Problems): void {
  for (const [i, { prop, image }] of images.entries()) {
    for (const earlier of images.slice(0, i)) {
      if (earlier.image.repository.repositoryArn !== image.repository.repositoryArn) continue;
      const shared = image.tags.filter((tag) => earlier.image.tags.includes(tag));
      if (shared.length === 0) continue;
      problems
        .at(prop)
        .add(
          `have other tags than ${earlier.prop}, which is pushed to the same repository`,
          shared,
          "give it a repository of its own, or tags, e.g. `web-${source.variable('CommitId')}`",
        );
    }
  }
}

interface ImageOfProp {
  readonly prop: string;
  readonly image: BuiltImage;
}

/** Returns the repositories that images are pushed to, by the property that configures them. */
export function repositoriesOf(props: Images) {
  return builtImages(props).map(({ prop, image: { repository } }) => ({ prop, repository }));
}

function builtImages(props: Images): ImageOfProp[] {
  return imageSteps(props).flatMap(({ prop, step }) => {
    const image = step._image();
    return image ? [{ prop, image }] : [];
  });
}

function imageSteps({ image, additionalImages }: Images): Array<{ prop: string; step: BuildStep }> {
  const additional = (additionalImages ?? []).map((step, i) => ({ prop: `additionalImages[${i}]`, step }));
  return [{ prop: 'image', step: image }, ...additional];
}

/** Returns images, and the scans that stop those with known vulnerabilities. */
function releaseOf(props: Required & Pick<ContainerPipelineProps, 'scan'>, problems: Problems): Release {
  const { image, scan = ImageScan.inspector(), environments } = props;
  const images = imageSteps(props);
  // A step that builds no image is reported when its outputs are planned, and cannot be scanned.
  const scans = scan._steps(images.flatMap(({ step }) => (step._image() ? [step] : [])));
  return {
    builds: [...images, ...scans.map((step) => ({ prop: 'scan', step }))],
    artifactOf: (builds) => {
      for (const each of images) validateOutput(each.step, builds, problems.at(each.prop));
      return image.artifact.artifactName;
    },
    image: image._releasedImage(),
    destinations: environments,
  };
}

/** Validates that a step hands on the file that describes its image: it is what is released. */
function validateOutput(step: BuildStep, builds: readonly StepPlan[], problems: Problems): void {
  const outputs = builds.filter(({ path }) => path === problems.path).flatMap((build) => build.outputs);
  if (outputs.includes(step.artifact.artifactName)) return;
  problems.add(
    'hand on the imageDetail.json of the image that it makes',
    `${step.stepName}, which hands on ${outputs.length > 0 ? outputs.join(', ') : 'nothing'}`,
    'use BuildStep.dockerImage(repository), or say producesArtifact: true',
  );
}
