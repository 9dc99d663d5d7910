import type { ReleaseDestination } from '../../environments/release-destination';
import type { Environment } from '../../pipeline/env';
import type { PipelinePlan, StepPlan } from '../../pipeline/pipeline-plan';
import { compact } from '../../common/compact';
import { atLeastOne, type Problems } from '../../pipeline/problems';
import { instanceOf, LIST, ANY, type OptionTypes, readOptions, isInstance, typeOf } from '../../pipeline/read-options';
import { BuildStep } from '../../steps/build-step';
import type { BuiltImage } from '../../steps/built-image';
import { ImageScan } from '../../steps/inspector-scan/image-scan';
import { RELEASE_PROPS } from '../common/plan';
import type { ReleasePipelineProps } from '../common/props';
import { hasSource, planRelease, type Release } from '../common/release';
import { RESOURCE } from '../../pipeline/rules';

/** Properties of a {@link ContainerPipeline}. */
export interface ContainerPipelineProps extends ReleasePipelineProps {
  /**
   * Image that is built and deployed, e.g. `BuildStep.dockerImage(repository)`. Its repository must be in another stack
   * than the pipeline, because services depend on it; see {@link ContainerRepository}.
   */
  readonly image: BuildStep;

  /**
   * Additional images, which are built at the same time. Assign them to containers in the options of the targets, e.g.
   * `DeployTarget.ecsService(service, { images: { worker } })`.
   *
   * @default - no additional images
   */
  readonly additionalImages?: BuildStep[];

  /**
   * Scan of the images. An image with known vulnerabilities above the thresholds is not deployed.
   *
   * @default ImageScan.inspector() - allows no critical vulnerabilities; Amazon Inspector charges for each scan
   */
  readonly scan?: ImageScan;

  /**
   * Environments and waves of environments in the order of their deployment, at least one. Each environment requires a
   * `target`, such as `DeployTarget.ecsService(service)`. The same images are deployed to all of them, by digest.
   */
  readonly environments: ReleaseDestination[];
}

/** Plans the sources, the build stage with images and scans, and the environments, and reports invalid props. */
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
  // Required props are validated together.
  image: ANY,
  additionalImages: LIST,
  scan: instanceOf(ImageScan, 'use ImageScan.inspector() or ImageScan.none()'),
  environments: ANY,
};

type Images = Pick<ContainerPipelineProps, 'image' | 'additionalImages'>;
type Required = Images & Pick<ContainerPipelineProps, 'environments'>;

const REPOSITORY_FIX =
  "create one in a separate stack, new ContainerRepository(new Stack(app, 'Images'), 'Images').repository, or " +
  'import it';
const ENVIRONMENTS_FIX =
  "add an environment, e.g. [new DeploymentEnvironment('production', { target: DeployTarget.ecsService(service) })]";

function hasRequired<Props extends Partial<Required>>(props: Props, problems: Problems): props is Props & Required {
  const { image, additionalImages = [], environments } = props;
  const additional = problems.at('additionalImages');
  const isBuilt = IMAGE(image, problems.at('image'));
  const areBuilt = additionalImages.map((step, i) => ADDITIONAL_IMAGE(step, additional.index(i)));
  const hasEnvironments = Array.isArray(environments) && environments.length > 0;
  if (!hasEnvironments) problems.at('environments').add(atLeastOne('environment'), environments, ENVIRONMENTS_FIX);
  return isBuilt && areBuilt.every((built) => built) && hasEnvironments;
}

function isBuild(value: unknown): boolean {
  return isInstance(value, BuildStep) && !(value as BuildStep)._writesNoImage();
}

const IMAGE_BUILD = 'a BuildStep that builds an image';
const IMAGE = typeOf(IMAGE_BUILD, 'pass the build of the image, e.g. BuildStep.dockerImage(repository)', isBuild);
const ADDITIONAL_IMAGE = typeOf(IMAGE_BUILD, 'pass the build of the image, or remove it', isBuild);

function validateRepositories(props: Images, problems: Problems): boolean {
  const missing = builtImages(props).filter(({ prop, image }) => {
    const at = problems.at(prop).at('repository');
    return !at.required(RESOURCE.repository, image.repository, REPOSITORY_FIX);
  });
  return missing.length === 0;
}

/** Validates that images of the same repository have different tags. */
function validateTags(images: readonly ImageOfProp[], problems: Problems): void {
  for (const [i, { prop, image }] of images.entries()) {
    for (const earlier of images.slice(0, i)) {
      if (earlier.image.repository.repositoryArn !== image.repository.repositoryArn) continue;
      const shared = image.tags.filter((tag) => earlier.image.tags.includes(tag));
      if (shared.length === 0) continue;
      const rule = `have other tags than ${earlier.prop}, which is pushed to the same repository`;
      const fix = "use a separate repository, or different tags, e.g. `web-${source.variable('CommitId')}`";
      problems.at(prop).add(rule, shared, fix);
    }
  }
}

interface ImageOfProp {
  readonly prop: string;
  readonly image: BuiltImage;
}

/** Returns the repositories that images are pushed to, with the properties that configure the images. */
export function repositoriesOf(props: Images) {
  return builtImages(props).map(({ prop, image: { repository } }) => ({ prop, repository }));
}

function builtImages(props: Images): ImageOfProp[] {
  const images = imageSteps(props).map(({ prop, step }) => {
    const image = step._image();
    return image && { prop, image };
  });
  return compact(images);
}

function imageSteps({ image, additionalImages }: Images): Array<{ prop: string; step: BuildStep }> {
  const additional = (additionalImages ?? []).map((step, i) => ({ prop: `additionalImages[${i}]`, step }));
  return [{ prop: 'image', step: image }, ...additional];
}

/** Returns the release of images, which are scanned for known vulnerabilities. */
function releaseOf(props: Required & Pick<ContainerPipelineProps, 'scan'>, problems: Problems): Release {
  const { image, scan = ImageScan.inspector(), environments } = props;
  const images = imageSteps(props);
  // A step that builds no image cannot be scanned. It is reported when its outputs are planned.
  const scanned = images.map(({ step }) => step).filter((step) => step._image() !== undefined);
  const scans = scan._steps(scanned, problems.at('scan'));
  return {
    builds: [...images, ...scans.map((step) => ({ prop: 'scan', step }))],
    artifactOf: (builds) => {
      for (const { prop, step } of images) validateOutput(step, builds, problems.at(prop));
      return image.artifact.artifactName;
    },
    image: image._releasedImage(),
    destinations: environments,
  };
}

/** Validates that a build has the output that describes its image, which deployments require. */
function validateOutput(step: BuildStep, builds: readonly StepPlan[], problems: Problems): void {
  const outputs = builds.filter(({ path }) => path === problems.path).flatMap((build) => build.outputs);
  if (outputs.includes(step.artifact.artifactName)) return;
  const names = outputs.length > 0 ? outputs.join(', ') : 'none';
  problems.add(
    'have an output artifact with the imageDetail.json of its image',
    `${step.stepName} with the artifacts ${names}`,
    'use BuildStep.dockerImage(repository), or set producesArtifact: true',
  );
}
