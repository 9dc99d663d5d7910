/**
 * How a new version of a static site takes the place of the old one.
 *
 * @example
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   environments: [
 *     new DeploymentEnvironment('production', {
 *       target: DeployTarget.staticSite({ release: SiteRelease.atomic() }),
 *     }),
 *   ],
 * });
 */
export class SiteRelease {
  /**
   * Files are overwritten where they are, in the order that keeps every page whole: hashed assets first, then other
   * files, then documents; then CloudFront is told to forget what changed. The files of the last five releases stay, so
   * that a page opened before a release still finds its parts.
   */
  public static inPlace(): SiteRelease {
    return new SiteRelease(false);
  }

  /**
   * Every release is uploaded whole into a folder of its own, then one key in a CloudFront KeyValueStore is switched.
   * Visitors see the old site or the new one, and a rollback within the last five releases uploads nothing.
   *
   * Every request reads the store ($0.03 per million reads beside $0.10 per million calls of the function), and a
   * switch takes some seconds to reach all edge locations. Needs hosting that the pattern makes.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/kvs-with-functions.html
   */
  public static atomic(): SiteRelease {
    return new SiteRelease(true);
  }

  private constructor(private readonly atomicSwitch: boolean) {}

  /** @internal */
  public _isAtomic(): boolean {
    return this.atomicSwitch;
  }
}
