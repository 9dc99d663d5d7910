import type { aws_ecr as ecr } from 'aws-cdk-lib';
import type { Problems } from '../../pipeline/problems';
import { readRequired, ANY, type OptionTypes, readOptions, resourceWith, TEXT } from '../../pipeline/read-options';
import { validateParameterName } from '../../pipeline/validation/names';

/** Properties of a {@link ServiceImage}. */
export interface ServiceImageProps {
  /** Repository that the pipeline pushes to. The task execution role is allowed to pull from it. */
  readonly repository: ecr.IRepository;

  /**
   * Image that tasks run until the first release. It must pass the health check of the service.
   *
   * @default 'public.ecr.aws/nginx/nginx:stable', which responds on port 80 with 200 to `/` and with 404 to other paths
   */
  readonly placeholder?: string;

  /**
   * Name of the SSM parameter with the live image: letters, digits, `_`, `.`, `-` and `/`. Must not be a token.
   *
   * If you change it, the parameter is replaced and contains the placeholder again.
   *
   * @default - derived from the name of the stack and the path of the construct
   */
  readonly parameterName?: string;
}

/** Describes the live image of a service, with all its defaults resolved. */
export interface ServiceImagePlan {
  readonly repository: ecr.IRepository;
  readonly placeholder: string;
  /** Name of the parameter. By default, it is generated. */
  readonly parameterName?: string;
}

/** Public image that responds to `/` on port 80. */
const PLACEHOLDER = 'public.ecr.aws/nginx/nginx:stable';

/** Plans the live image of a service, and reports invalid props. */
export function planServiceImage(props: ServiceImageProps, problems: Problems): ServiceImagePlan | undefined {
  const { placeholder = PLACEHOLDER, parameterName } = readOptions(props, PROP_TYPES, problems);
  const repository = readRequired(props?.repository, REPOSITORY, problems.at('repository'));
  if (parameterName !== undefined) {
    validateParameterName(parameterName, "pass e.g. '/shop/api/image'", problems.at('parameterName'));
  }
  return repository && { repository, placeholder, parameterName };
}

const PROP_TYPES: OptionTypes<ServiceImageProps> = {
  repository: ANY, // Required.
  placeholder: TEXT,
  parameterName: ANY, // Validated as a name.
};

const REPOSITORY = resourceWith(
  'repositoryArn',
  'an ECR repository',
  'pass the repository that the pipeline pushes to',
);
