import type { aws_ecr as ecr } from 'aws-cdk-lib';
import type { ActionSpec } from '../../pipeline/action-spec';

/** Describes an image that CodePipeline builds and pushes. */
export interface EcrBuildAndPublishSpec extends ActionSpec {
  readonly kind: 'image';
  readonly repository: ecr.IRepository;
}
