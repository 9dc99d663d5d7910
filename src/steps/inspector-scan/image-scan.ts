import type { BuildStep } from '../build-step';
import type { ImageScanThresholds } from './plan';
import { TestStep } from '../test-step';

/**
 * What stops an image with known vulnerabilities.
 *
 * @example
 * const scan = ImageScan.inspector({ maxHigh: 5 });
 */
export class ImageScan {
  /**
   * Amazon Inspector searches every image, by the step `Scan` for the first and `Scan-<step>` for further ones. More
   * than 0 critical findings stop the release, unless told otherwise. See {@link TestStep.imageScan} for what it costs
   * and what it leaves.
   */
  public static inspector(thresholds: ImageScanThresholds = {}): ImageScan {
    return new ImageScan(thresholds ?? {});
  }

  /** No search. ECR can search by itself when an image is pushed (`imageScanOnPush`), but stops nothing. */
  public static none(): ImageScan {
    return new ImageScan();
  }

  private constructor(private readonly thresholds?: ImageScanThresholds) {}

  /**
   * Returns the steps that scan the images of a pipeline.
   *
   * @internal
   */
  public _steps(images: readonly BuildStep[]): TestStep[] {
    const { thresholds } = this;
    if (!thresholds) return [];
    return images.map((image, i) => {
      const stepName = i === 0 ? SCAN : `${SCAN}-${image.stepName}`;
      return TestStep.imageScan(image, { ...thresholds, stepName });
    });
  }
}

const SCAN = 'Scan';
