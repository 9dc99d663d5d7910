import type { aws_ecr as ecr } from 'aws-cdk-lib';
import type { EcrSourceOptions } from './options';
import type { EcrSourceSpec } from './spec';
import { IMAGE_TAG } from '../../aws/limits';
import { planResource } from '../resource/read-resource';
import { validName } from '../source-names';
import type { SourceAction, SourceContext, SourcePlanner } from '../source-planner';

const REPOSITORY = {
  what: 'a repository of ECR',
  fix: "create one, or import it by ecr.Repository.fromRepositoryName(this, 'Images', 'shop')",
  otherRegionFix: 'replicate the image into a repository here',
};

/** Plans a source that is an image. */
export class EcrSource implements SourcePlanner {
  public readonly imageVariables = ['ImageURI', 'ImageDigest'] as const;

  public constructor(
    private readonly repository: ecr.IRepository,
    private readonly options: EcrSourceOptions,
  ) {}

  public plan({ problems, pipelineEnv }: Required<SourceContext>): SourceAction<EcrSourceSpec> {
    const { repository } = this;
    const resourceEnv = planResource(repository, REPOSITORY, pipelineEnv, problems.at('repository'));
    const tag = this.options?.imageTag ?? 'latest';
    const imageTag = validName(tag, IMAGE_TAG, "name a tag, as in 'latest'", problems.at('imageTag'));
    return {
      provider: 'ecrSource',
      configuration: { ImageTag: imageTag },
      propNames: { ImageTag: 'imageTag' },
      resourceEnv,
      spec: { kind: 'ecr-source', resource: repository, imageTag },
    };
  }
}
