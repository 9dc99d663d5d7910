import type { BuildStep } from '../build-step';
import { type ImageScanThresholds, THRESHOLD_TYPES } from './plan';
import type { Problems } from '../../pipeline/problems';
import { readOptions } from '../../pipeline/read-options';
import { TestStep } from '../test-step';

/**
 * Vulnerability scan that must pass before an image is deployed.
 *
 * @example
 * const scan = ImageScan.inspector({ maxHigh: 5 });
 */
export class ImageScan {
  /**
   * Scans every image with Amazon Inspector: the step `Scan` scans the first image, `Scan-<step>` each additional one.
   * By default, any critical finding stops the release. See {@link TestStep.imageScan} for charges and artifacts.
   */
  public static inspector(thresholds: ImageScanThresholds = {}): ImageScan {
    return new ImageScan(thresholds ?? {});
  }

  /** Does not scan images. ECR can scan images on push (`imageScanOnPush`), but does not stop a release. */
  public static none(): ImageScan {
    return new ImageScan(null);
  }

  private constructor(private readonly thresholds: ImageScanThresholds | null) {}

  /**
   * Returns the steps that scan the images of a pipeline.
   *
   * @internal
   */
  public _steps(images: readonly BuildStep[], problems: Problems): TestStep[] {
    if (this.thresholds === null) return [];
    const thresholds = readOptions(this.thresholds, THRESHOLD_TYPES, problems);
    return images.map((image, i) => {
      const stepName = i === 0 ? SCAN : `${SCAN}-${image.stepName}`;
      return TestStep.imageScan(image, { ...thresholds, stepName });
    });
  }
}

const SCAN = 'Scan';
