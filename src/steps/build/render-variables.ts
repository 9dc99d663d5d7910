import { Aws, aws_codebuild as codebuild } from 'aws-cdk-lib';
import type { BaseImagesPlan, BuildSpec, ComputePlan, ImageReferencePlan } from './spec';
import { containsVariable } from '../../pipeline/variables';
import { secretReference } from '../secret-grants';
import type { SecretPlan } from '../build-access-plan';

type Variables = Record<string, codebuild.BuildEnvironmentVariable>;

/**
 * Returns the environment variables of a project. Those that CodePipeline substitutes variables in belong to the
 * action.
 *
 * @param outputs outputs of the environment that the build tests
 */
export function renderVariables(spec: BuildSpec, outputs: Readonly<Record<string, string>>): Variables {
  const texts = [fixedValues(spec.environmentVariables), imageVariables(spec), fixedValues(outputs)];
  const variables: Variables = {};
  for (const [name, value] of texts.flatMap(Object.entries<string>)) variables[name] = { value };
  for (const [name, secret] of Object.entries(spec.secrets)) variables[name] = renderSecret(secret);
  return variables;
}

/** Returns the values that are known before an execution. */
function fixedValues(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !containsVariable(value)));
}

function renderSecret(secret: SecretPlan): codebuild.BuildEnvironmentVariable {
  const { PARAMETER_STORE, SECRETS_MANAGER } = codebuild.BuildEnvironmentVariableType;
  return { type: secret.kind === 'parameter' ? PARAMETER_STORE : SECRETS_MANAGER, value: secretReference(secret) };
}

/** Returns the variables in which commands find repositories of images. */
function imageVariables({ pushesTo, pullsFrom, baseImages = [] }: BuildSpec): Record<string, string> {
  const repository = pushesTo ?? pullsFrom;
  return {
    ...(repository && { IMAGE_REPOSITORY: repository.repositoryUri }),
    ...(baseImages.length > 0 && { IMAGE_ORIGINS: baseImages.map(uriOf).join(' ') }),
  };
}

function uriOf(origin: BaseImagesPlan): string {
  if (origin.kind === 'ecr') return origin.repository.repositoryUri;
  return `${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/${origin.prefix}`;
}

/**
 * Returns the image with its machine, in the form that the project of aws-codebuild takes. It grants nothing:
 * `grants.ts` does.
 */
export function imageOf({ environmentType, computeType, image = NO_IMAGE }: ComputePlan): codebuild.IBuildImage {
  const serviceRole = codebuild.ImagePullPrincipalType.SERVICE_ROLE;
  return {
    type: environmentType,
    defaultComputeType: computeType as codebuild.ComputeType,
    imageId: idOf(image),
    imagePullPrincipalType: image.kind === 'standard' ? codebuild.ImagePullPrincipalType.CODEBUILD : serviceRole,
    secretsManagerCredentials: image.kind === 'registry' ? image.credentials : undefined,
    validate: () => [],
    runScriptBuildspec: (entrypoint) =>
      codebuild.BuildSpec.fromObject({ version: '0.2', phases: { build: { commands: [entrypoint] } } }),
  };
}

/** A machine without an image is refused when it is planned. */
const NO_IMAGE: ImageReferencePlan = { kind: 'standard', id: '' };

function idOf(image: ImageReferencePlan): string {
  switch (image.kind) {
    case 'standard':
      return image.id;
    case 'ecr':
      return image.repository.repositoryUriForTagOrDigest(image.tagOrDigest);
    case 'registry':
      return image.name;
  }
}
