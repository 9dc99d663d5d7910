import type { aws_ecr as ecr, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { ImageReferencePlan } from './build-spec';

/** Options of {@link BuildImage.fromRegistry}. */
export interface RegistryImageOptions {
  /**
   * A secret with the keys `username` and `password` for a private registry. CodeBuild reads it when a build starts.
   *
   * @default - none, the image is public
   */
  readonly credentials?: secretsmanager.ISecret;
}

/**
 * The image that a build machine is made from.
 *
 * @example
 * declare const tools: ecr.IRepository;
 * BuildStep.shell(['make'], {
 *   compute: BuildCompute.x86(BuildSize.MEDIUM, { image: BuildImage.fromEcr(tools, '2026-11') }),
 * });
 */
export class BuildImage {
  /**
   * An image in a repository of ECR. The role of the build may pull it; a repository of another account must allow that too.
   *
   * @param tagOrDigest a tag, or a digest such as `sha256:…`, which nobody can move to another image
   */
  public static fromEcr(repository: ecr.IRepository, tagOrDigest = 'latest'): BuildImage {
    return new BuildImage({ kind: 'ecr', repository, tagOrDigest });
  }

  /**
   * An image in another registry.
   *
   * @param imageName with registry and tag, e.g. `registry.example.com/tools/node:22`
   */
  public static fromRegistry(imageName: string, options: RegistryImageOptions = {}): BuildImage {
    return new BuildImage({ kind: 'registry', name: imageName, credentials: options.credentials });
  }

  /**
   * An image that CodeBuild curates.
   *
   * @param id e.g. `aws/codebuild/standard:8.0`, made for the processor of the machine
   * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html
   */
  public static fromCodeBuild(id: string): BuildImage {
    return new BuildImage({ kind: 'standard', id });
  }

  private constructor(private readonly plan: ImageReferencePlan) {}

  /** @internal */
  public _plan(): ImageReferencePlan {
    return this.plan;
  }
}
