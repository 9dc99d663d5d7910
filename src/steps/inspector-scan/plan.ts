import { Token, type aws_ecr as ecr } from 'aws-cdk-lib';
import { IMAGE_TAG } from '../../aws/limits';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { ANY, type OptionTypes, readOptions, readRequired, resourceWith, TEXT } from '../../pipeline/read-options';
import { containsVariable, namespaceOf } from '../../pipeline/variables';
import type { BuildStep } from '../build-step';
import { commonStepFields, STEP_OPTIONS } from '../common-step-fields';
import type { StepOptions, PipelineStep } from '../pipeline-step';
import { artifactName, type StepContext } from '../step-context';
import type { StepPlanner } from '../step-planner';
import { readTestedImage } from '../read-tested-image';
import { RESOURCE } from '../../pipeline/rules';

/** Options of {@link TestStep.inspectorScan}. The step fails if a severity has more findings than its maximum. */
export interface InspectorScanOptions extends StepOptions {
  /**
   * Maximum number of critical findings.
   *
   * @default 0
   */
  readonly maxCritical?: number;

  /**
   * Maximum number of high findings.
   *
   * @default 0
   */
  readonly maxHigh?: number;

  /**
   * Maximum number of medium findings.
   *
   * @default - any number
   */
  readonly maxMedium?: number;

  /**
   * Maximum number of low findings.
   *
   * @default - any number
   */
  readonly maxLow?: number;
}

/** Options of {@link TestStep.inspectorImageScan}. `inputs` cannot be set. */
export interface InspectorImageScanOptions extends InspectorScanOptions {
  /**
   * Tag of the image. Can contain variables of earlier steps.
   *
   * @default 'latest'
   */
  readonly imageTag?: string;
}

/** Thresholds of an image scan. The step fails if a severity has more findings than its maximum. */
export interface ImageScanThresholds {
  /**
   * Maximum number of critical findings.
   *
   * @default 0
   */
  readonly maxCritical?: number;

  /**
   * Maximum number of high findings.
   *
   * @default - any number
   */
  readonly maxHigh?: number;

  /**
   * Maximum number of medium findings.
   *
   * @default - any number
   */
  readonly maxMedium?: number;

  /**
   * Maximum number of low findings.
   *
   * @default - any number
   */
  readonly maxLow?: number;
}

/** Options of {@link TestStep.imageScan}. */
export interface ImageScanOptions extends ImageScanThresholds {
  /**
   * Name of the step: 1 to 60 letters, digits, `_` and `-`, unique in the pipeline. Must be concrete.
   *
   * @default 'Scan'
   */
  readonly stepName?: string;

  /**
   * Steps of the same stage that must succeed before this step starts, in addition to the step that pushes the image.
   *
   * @default - none
   */
  readonly after?: PipelineStep[];
}

/** Describes a vulnerability scan of the input or of an image. */
export interface InspectorScanSpec extends ActionSpec {
  readonly kind: 'inspector-scan';
  /** Repository of the image. */
  readonly repository?: ecr.IRepository;
}

// The bounds of thresholds are validated with all thresholds.
export const THRESHOLD_TYPES: OptionTypes<ImageScanThresholds> = {
  maxCritical: ANY,
  maxHigh: ANY,
  maxMedium: ANY,
  maxLow: ANY,
};
const SCAN_OPTIONS: OptionTypes<InspectorScanOptions> = { ...STEP_OPTIONS, ...THRESHOLD_TYPES };
const IMAGE_SCAN_OPTIONS: OptionTypes<InspectorImageScanOptions> = { ...SCAN_OPTIONS, imageTag: TEXT };
const BUILT_IMAGE_SCAN_OPTIONS: OptionTypes<ImageScanOptions> = {
  ...THRESHOLD_TYPES,
  stepName: STEP_OPTIONS.stepName,
  after: STEP_OPTIONS.after,
};

/** Plans a scan of the packages of the input. */
export class InspectorScan implements StepPlanner {
  public readonly stepName: string;

  public constructor(private readonly options: InspectorScanOptions) {
    this.stepName = options?.stepName ?? 'Scan';
  }

  public plan(context: StepContext): StepPlan[] {
    const { maxHigh = 0, ...options } = readOptions(this.options, SCAN_OPTIONS, context.problems);
    validateThresholds({ ...options, maxHigh }, context.problems);
    return [planScan(this.stepName, options, { thresholds: { ...options, maxHigh } }, context)];
  }
}

const REPOSITORY = resourceWith('repositoryArn', RESOURCE.repository, 'pass the repository of the image');

/** Plans a scan of an image by its tag. */
export class InspectorImageScan implements StepPlanner {
  public readonly stepName: string;

  public constructor(
    private readonly repository: ecr.IRepository,
    private readonly options: InspectorImageScanOptions,
  ) {
    this.stepName = options?.stepName ?? 'Scan';
  }

  public plan(context: StepContext): StepPlan[] {
    const { problems } = context;
    const provided = readOptions(this.options, IMAGE_SCAN_OPTIONS, problems);
    const { maxHigh = 0, imageTag = 'latest', inputs, ...options } = provided;
    const repository = readRequired(this.repository, REPOSITORY, problems.at('repository'));
    validateThresholds({ ...options, maxHigh }, problems);
    if (!Token.isUnresolved(imageTag) && !containsVariable(imageTag)) {
      problems.at('imageTag').name(imageTag, IMAGE_TAG, 'use a tag of the repository');
    }
    if (inputs?.length) {
      problems.at('inputs').add('not be set', `${inputs.length} artifacts`, 'remove it; the step scans an image');
    }
    if (!repository) return [];
    const scan = { thresholds: { ...options, maxHigh }, image: { repository, tag: imageTag } };
    return [planScan(this.stepName, { ...options, inputs: [] }, scan, context)];
  }
}

/**
 * Plans a scan of each image that a step has pushed, except an index, which contains no layers. The first scan is the
 * main one. A constant tag contains no variable, so the scans declare explicitly that they run after the step.
 */
export class BuiltImageScan implements StepPlanner {
  public readonly stepName: string;

  public constructor(
    private readonly step: BuildStep,
    private readonly options: ImageScanOptions,
  ) {
    this.stepName = options?.stepName ?? 'Scan';
  }

  public plan(context: StepContext): StepPlan[] {
    const { problems } = context;
    const { stepName } = this;
    const options = readOptions(this.options, BUILT_IMAGE_SCAN_OPTIONS, problems);
    const image = readTestedImage(this.step, problems.at('image'));
    validateThresholds(options, problems);
    if (!image) return [];
    const { name: mainAction } = commonStepFields(stepName, {}, context);
    return image.parts.map(({ name: platform = '', tag }, i) => {
      const isMain = i === 0;
      const name = isMain ? stepName : `${stepName}-${platform}`;
      const scan = { thresholds: options, image: { repository: image.repository, tag } };
      const action = planScan(name, { inputs: [], after: options.after }, scan, context);
      const outputs = isMain ? action.outputs : [artifactName(mainAction, platform)];
      return { ...action, outputs, follows: [image.step] };
    });
  }
}

interface ScanRequest {
  readonly thresholds: ImageScanThresholds;
  readonly image?: { readonly repository: ecr.IRepository; readonly tag: string };
}

function planScan(
  stepName: string,
  options: StepOptions,
  { thresholds, image }: ScanRequest,
  context: StepContext,
): StepPlan<InspectorScanSpec> {
  const fields = commonStepFields(stepName, options, context);
  return {
    ...fields,
    provider: 'inspectorScan',
    outputs: [fields.name],
    namespace: namespaceOf(fields.name),
    configuration: {
      ...modeConfiguration(image),
      ...thresholdConfiguration(thresholds),
    },
    propNames: { ImageTag: 'imageTag', ...Object.fromEntries(THRESHOLDS) },
    spec: { kind: 'inspector-scan', repository: image?.repository },
  };
}

function modeConfiguration(image: ScanRequest['image']): Record<string, string> {
  if (!image) return { InspectorRunMode: 'SourceCodeScan' };
  return { InspectorRunMode: 'ECRImageScan', ImageTag: image.tag };
}

/** Configuration keys of the thresholds, with the options that set them. */
const THRESHOLDS = [
  ['CriticalThreshold', 'maxCritical'],
  ['HighThreshold', 'maxHigh'],
  ['MediumThreshold', 'maxMedium'],
  ['LowThreshold', 'maxLow'],
] as const;

function thresholdConfiguration({ maxCritical = 0, ...others }: ImageScanThresholds): Record<string, string> {
  const thresholds = { maxCritical, ...others };
  const limited = THRESHOLDS.filter(([, option]) => thresholds[option] !== undefined);
  return Object.fromEntries(limited.map(([key, option]) => [key, String(thresholds[option])]));
}

function validateThresholds(thresholds: ImageScanThresholds, problems: Problems): void {
  for (const [, option] of THRESHOLDS) {
    problems.at(option).range(thresholds[option], { min: 0, max: Number.MAX_SAFE_INTEGER }, 'findings');
  }
}
