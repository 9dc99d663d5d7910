import type { aws_ecr as ecr } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { planRepository, type ContainerRepositoryProps } from './plan';
import { renderRepository } from './render';
import { planOrFail, validId } from '../common/plan-or-fail';

/**
 * An ECR repository for the images of a pipeline. Tags are immutable, except for tags that begin with `cache`. Images
 * are scanned on push. Lifecycle rules delete old and untagged images.
 *
 * Create it in another stack than the pipeline, because services depend on it and the pipeline depends on the services.
 * It is retained when its stack is deleted, because services run its images. If you change the id or the path of the
 * construct, a new repository is created. Storage costs $0.10 per month and GB (us-east-1); layers that images share
 * are stored once.
 *
 * Tags are immutable, so tags in {@link DockerImageOptions} must be unique for each execution. The default tags are.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 *
 * @example
 * const images = new ContainerRepository(this, 'Images', { pullAccounts: ['222222222222'] });
 * const image = BuildStep.dockerImage(images.repository, { cacheTag: 'cache' });
 */
export class ContainerRepository extends Construct {
  /** The repository. */
  public readonly repository: ecr.Repository;

  /**
   * @throws if props are invalid. The error lists all problems, each with the invalid value and a fix
   */
  public constructor(scope: Construct, id: string, props: ContainerRepositoryProps = {}) {
    super(scope, validId('ContainerRepository', scope, id));
    const plan = planOrFail(this, ContainerRepository, (_env, problems) => planRepository(props, problems));
    this.repository = renderRepository(this, plan);
  }
}
