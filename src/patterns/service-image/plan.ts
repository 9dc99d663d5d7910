import type { aws_ecr as ecr } from 'aws-cdk-lib';
import type { Problems } from '../../pipeline/problems';
import { readRequired, ANY, type OptionTypes, readOptions, resourceWith, TEXT } from '../../pipeline/read-options';
import { validateParameterName } from '../../pipeline/validation/names';

/** What a {@link ServiceImage} is made of. */
export interface ServiceImageProps {
  /** The repository that the pipeline pushes to: tasks may pull from it. */
  readonly repository: ecr.IRepository;

  /**
   * The image that tasks run until the first release. It must answer the health check of the service, on its port.
   *
   * @default 'public.ecr.aws/nginx/nginx:stable', which answers `/` on port 80 with 200 and any other path with 404
   */
  readonly placeholder?: string;

  /**
   * Name of the parameter that says which image is live: letters, digits, `_`, `.`, `-` and `/`. Must be concrete.
   * Another name is another parameter, which says the placeholder again.
   *
   * @default - made from the name of the stack and the path of the construct
   */
  readonly parameterName?: string;
}

/** Describes the live image of a service, with all its defaults resolved. */
export interface ServiceImagePlan {
  readonly repository: ecr.IRepository;
  readonly placeholder: string;
  /** Name of the parameter; without, it is generated. */
  readonly parameterName?: string;
}

/** Image that needs no credentials, and answers `/` on port 80. */
const PLACEHOLDER = 'public.ecr.aws/nginx/nginx:stable';

/** Plans the live image of a service, and reports what is wrong with its props. */
export function planServiceImage(props: ServiceImageProps, problems: Problems): ServiceImagePlan | undefined {
  const { placeholder = PLACEHOLDER, parameterName } = readOptions(props, PROP_TYPES, problems);
  const repository = readRequired(props?.repository, REPOSITORY, problems.at('repository'));
  if (parameterName !== undefined) {
    validateParameterName(parameterName, "write it as in '/shop/api/image'", problems.at('parameterName'));
  }
  return repository && { repository, placeholder, parameterName };
}

const PROP_TYPES: OptionTypes<ServiceImageProps> = {
  repository: ANY, // required
  placeholder: TEXT,
  parameterName: ANY, // validated as a name
};
const REPOSITORY = resourceWith(
  'repositoryArn',
  'a repository of ECR',
  'pass the repository that the pipeline pushes to',
);
