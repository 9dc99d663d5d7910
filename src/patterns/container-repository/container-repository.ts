import type { aws_ecr as ecr } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { planRepository, type ContainerRepositoryProps } from './plan';
import { renderRepository } from './render';
import { planOrFail } from '../common/plan-or-fail';

/**
 * A repository of ECR as a pipeline wants it: what a tag names never changes, save for tags that begin with `cache`;
 * images are scanned when they are pushed; what nobody needs goes after a time.
 *
 * It belongs into a stack outside of the pipeline's: services depend on it, and the pipeline depends on services. It
 * stays when its stack is deleted, since services run what is in it. It costs $0.10 a month for each GB (us-east-1);
 * layers that images have in common are stored once. Changing the id or the path of the construct makes a new
 * repository.
 *
 * Since tags do not move, a tag that you give in {@link DockerImageOptions} must be new in every run. The default is.
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
   * @throws one error that lists every problem of the props, each with the value that was given and what to do
   */
  public constructor(scope: Construct, id: string, props: ContainerRepositoryProps = {}) {
    super(scope, id);
    const plan = planOrFail(this, (_env, problems) => planRepository(props, problems));
    this.repository = renderRepository(this, plan);
  }
}
