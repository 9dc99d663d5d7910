import type { PipelineStep, StepOptions } from '../pipeline-step';

/** Options of {@link TestStep.inspectorScan}. Each number says how many findings of that severity pass; one more fails the step. */
export interface InspectorScanOptions extends StepOptions {
  /**
   * How many critical findings pass.
   *
   * @default 0
   */
  readonly maxCritical?: number;

  /**
   * How many high findings pass.
   *
   * @default 0
   */
  readonly maxHigh?: number;

  /**
   * How many medium findings pass.
   *
   * @default - any number
   */
  readonly maxMedium?: number;

  /**
   * How many low findings pass.
   *
   * @default - any number
   */
  readonly maxLow?: number;
}

/** Options of {@link TestStep.inspectorImageScan}. Inputs are of no use to it. */
export interface InspectorImageScanOptions extends InspectorScanOptions {
  /**
   * Tag of the image. May hold variables of earlier steps.
   *
   * @default 'latest'
   */
  readonly imageTag?: string;
}

/** How many vulnerabilities of an image pass. One more of a severity fails the step. */
export interface ImageScanThresholds {
  /**
   * How many critical findings pass.
   *
   * @default 0
   */
  readonly maxCritical?: number;

  /**
   * How many high findings pass.
   *
   * @default - any number
   */
  readonly maxHigh?: number;

  /**
   * How many medium findings pass.
   *
   * @default - any number
   */
  readonly maxMedium?: number;

  /**
   * How many low findings pass.
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
   * Steps of the same stage that must succeed before this one starts, besides the one that pushes the image.
   *
   * @default - none
   */
  readonly after?: PipelineStep[];
}
