/**
 * Method that replaces the previous version of a static site by a new one.
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
   * Overwrites files in an order that keeps every page consistent: hashed assets first, then other files, then
   * documents. Then it invalidates the changed paths in CloudFront. The files of the last five releases are retained,
   * so that a page that was opened before a release can still load its assets.
   */
  public static inPlace(): SiteRelease {
    return new SiteRelease(false);
  }

  /**
   * Uploads every release to a separate folder, then updates one key in a CloudFront KeyValueStore. Visitors receive
   * either the old site or the new one, and a rollback to one of the last five releases uploads nothing.
   *
   * Every request reads the store, which costs $0.03 per million reads in addition to $0.10 per million invocations of
   * the function. An update takes some seconds to reach all edge locations. Requires {@link SiteHosting.managed}.
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
