import type { aws_ecr as ecr } from 'aws-cdk-lib';
import { IMAGE_TAG } from '../../aws/limits';
import { ANY, type OptionTypes, readOptions } from '../../pipeline/read-options';
import { planResource, type ResourceSourceSpec } from '../resource/read-resource';
import {
  SOURCE_OPTIONS,
  type SourceOptions,
  validName,
  type SourceAction,
  type SourceContext,
  type SourcePlanner,
} from '../source-planner';
import { RESOURCE } from '../../pipeline/rules';

/** Options of {@link PipelineSource.ecr}. */
export interface EcrSourceOptions extends SourceOptions {
  /**
   * Tag that starts the pipeline when an image is pushed with it. Must be concrete.
   *
   * @default 'latest'
   */
  readonly imageTag?: string;
}

/** Describes an ECR source. */
export interface EcrSourceSpec extends ResourceSourceSpec {
  readonly kind: 'ecr-source';
  readonly resource: ecr.IRepository;
  readonly imageTag: string;
}

// The tag is validated where it is planned.
const OPTION_TYPES: OptionTypes<EcrSourceOptions> = { ...SOURCE_OPTIONS, imageTag: ANY };

const REPOSITORY = {
  attribute: 'repositoryArn',
  resourceKind: RESOURCE.repository,
  fix: "create one, or import one with ecr.Repository.fromRepositoryName(this, 'Images', 'shop')",
  otherRegionFix: 'replicate the image to a repository in that Region',
};

/** Plans an ECR source. */
export class EcrSource implements SourcePlanner {
  public readonly imageVariables = ['ImageURI', 'ImageDigest'] as const;

  public constructor(
    private readonly repository: ecr.IRepository,
    private readonly options: EcrSourceOptions,
  ) {}

  public plan({ problems, pipelineEnv }: Required<SourceContext>): SourceAction<EcrSourceSpec> {
    const { repository } = this;
    const resourceEnv = planResource(repository, REPOSITORY, pipelineEnv, problems.at('repository'));
    const { imageTag: tag = 'latest' } = readOptions(this.options, OPTION_TYPES, problems);
    const imageTag = validName(tag, IMAGE_TAG, "use a valid image tag, e.g. 'latest'", problems.at('imageTag'));
    return {
      provider: 'ecrSource',
      configuration: { ImageTag: imageTag },
      propNames: { ImageTag: 'imageTag' },
      resourceEnv,
      image: { repository },
      spec: { kind: 'ecr-source', resource: repository, imageTag },
    };
  }
}
