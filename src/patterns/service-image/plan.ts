import type { aws_ecr as ecr } from 'aws-cdk-lib';
import type { ServiceImageProps } from './props';
import { SSM_PARAMETER_NAME } from '../../aws/limits';
import type { Problems } from '../../pipeline/problems';
import { isResource, readText } from '../../pipeline/option-readers';

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
  const { repository, placeholder, parameterName } = props ?? ({} as Partial<ServiceImageProps>);
  const at = problems.at('repository');
  const fix = 'pass the repository that the pipeline pushes to';
  const isRepository = isResource(repository, 'repositoryArn', 'a repository of ECR', fix, at);
  if (parameterName !== undefined) {
    problems.at('parameterName').name(parameterName, SSM_PARAMETER_NAME, "write it as in '/shop/api/image'");
  }
  const image = readText(placeholder, problems.at('placeholder')) ?? PLACEHOLDER;
  return isRepository ? { repository, placeholder: image, parameterName } : undefined;
}
