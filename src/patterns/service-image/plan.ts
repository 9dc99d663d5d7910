import { type aws_ecr as ecr, Resource, Token } from 'aws-cdk-lib';
import { IMAGE_NAME } from '../../aws/image-names';
import { areKnownToDiffer, type Environment, envText } from '../../pipeline/env';
import type { Problems } from '../../pipeline/problems';
import { readRequired, ANY, type OptionTypes, readOptions, resourceWith, TEXT } from '../../pipeline/read-options';
import { validateNewParameterName } from '../../pipeline/validation/names';
import { RESOURCE } from '../../pipeline/rules';

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
  /** Port of the placeholder, if it is known. */
  readonly placeholderPort?: number;
  /** Name of the parameter. By default, it is generated. */
  readonly parameterName?: string;
}

/** Public image that responds to `/` on port 80. */
const PLACEHOLDER = 'public.ecr.aws/nginx/nginx:stable';
const PLACEHOLDER_PORT = 80;

/** Plans the live image of a service, and reports invalid props. */
export function planServiceImage(
  props: ServiceImageProps,
  env: Environment,
  problems: Problems,
): ServiceImagePlan | undefined {
  const { placeholder = PLACEHOLDER, parameterName } = readOptions(props, PROP_TYPES, problems);
  if (!Token.isUnresolved(placeholder)) {
    const fix = 'use the image that the service runs until its first release';
    problems.at('placeholder').name(placeholder, IMAGE_NAME, fix);
  }
  const repository = readRequired(props?.repository, REPOSITORY, problems.at('repository'));
  if (parameterName !== undefined) {
    validateNewParameterName(parameterName, "pass e.g. '/shop/api/image'", problems.at('parameterName'));
  }
  if (repository) validateRepositoryEnv(repository, env, problems.at('repository'));
  const placeholderPort = placeholder === PLACEHOLDER ? PLACEHOLDER_PORT : undefined;
  return repository && { repository, placeholder, placeholderPort, parameterName };
}

/** Validates that a repository of another account or Region is imported, since stacks there cannot reference it. */
function validateRepositoryEnv(repository: ecr.IRepository, env: Environment, problems: Problems): void {
  const { account, region } = repository.env;
  const isElsewhere = areKnownToDiffer(account, env.account) || areKnownToDiffer(region, env.region);
  if (!isElsewhere || !Resource.isOwnedResource(repository)) return;
  const arn = `arn:aws:ecr:${region}:${account}:repository/…`;
  problems.add(
    `be imported in the account and Region of the ServiceImage, ${envText(env)}`,
    `${repository.node.path} in ${envText(repository.env)}`,
    `set its repositoryName, and pass ecr.Repository.fromRepositoryArn(this, 'Repository', '${arn}')`,
  );
}

const PROP_TYPES: OptionTypes<ServiceImageProps> = {
  repository: ANY, // Required.
  placeholder: TEXT,
  parameterName: ANY, // Validated as a name.
};

const REPOSITORY = resourceWith(
  'repositoryArn',
  RESOURCE.repository,
  'pass the repository that the pipeline pushes to',
);
