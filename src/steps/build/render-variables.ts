import { Aws, aws_codebuild as codebuild } from 'aws-cdk-lib';
import type { BuildSpec, ComputePlan, EcrBaseImagePlan, ImageReferencePlan } from './spec';
import { containsVariable } from '../../pipeline/variables';
import { secretReference } from '../step-grants';
import type { SecretPlan } from '../build-access-plan';

type Variables = Record<string, codebuild.BuildEnvironmentVariable>;

/**
 * Returns the environment variables of a project, without those that contain variables of the pipeline, which belong to
 * the action.
 *
 * @param outputs outputs of the environment that the build tests
 */
export function renderVariables(spec: BuildSpec, outputs: Readonly<Record<string, string>>): Variables {
  const values = { ...fixedValues(spec.environmentVariables), ...imageVariables(spec), ...fixedValues(outputs) };
  const variables: Variables = {};
  for (const [name, value] of Object.entries(values)) variables[name] = { value };
  for (const [name, secret] of Object.entries(spec.secrets)) variables[name] = renderSecret(secret);
  return variables;
}

/** Returns the values that contain no variables of the pipeline. */
function fixedValues(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !containsVariable(value)));
}

function renderSecret(secret: SecretPlan): codebuild.BuildEnvironmentVariable {
  const { PARAMETER_STORE, SECRETS_MANAGER } = codebuild.BuildEnvironmentVariableType;
  return { type: secret.kind === 'parameter' ? PARAMETER_STORE : SECRETS_MANAGER, value: secretReference(secret) };
}

/** Returns the environment variables for commands that use image repositories. */
function imageVariables({ pushesTo, pullsFrom, baseImages = [] }: BuildSpec): Record<string, string> {
  const repository = pushesTo ?? pullsFrom;
  const variables: Record<string, string> = {};
  if (repository) variables.IMAGE_REPOSITORY = repository.repositoryUri;
  if (baseImages.length > 0) variables.BASE_IMAGES = baseImages.map(uriOf).join(' ');
  return variables;
}

function uriOf(baseImage: EcrBaseImagePlan): string {
  if (baseImage.kind === 'ecr') return baseImage.repository.repositoryUri;
  return `${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/${baseImage.prefix}`;
}

/**
 * Returns the image and machine in the form that aws-codebuild expects. It grants no permissions, which `render.ts`
 * does.
 */
export function imageOf({ environmentType, computeType, image = NO_IMAGE }: ComputePlan): codebuild.IBuildImage {
  const { CODEBUILD, SERVICE_ROLE } = codebuild.ImagePullPrincipalType;
  return {
    type: environmentType,
    defaultComputeType: computeType as codebuild.ComputeType,
    imageId: idOf(image),
    imagePullPrincipalType: image.kind === 'standard' ? CODEBUILD : SERVICE_ROLE,
    secretsManagerCredentials: image.kind === 'registry' ? image.credentials : undefined,
    validate: () => [],
    runScriptBuildspec: (entrypoint) =>
      codebuild.BuildSpec.fromObject({ version: '0.2', phases: { build: { commands: [entrypoint] } } }),
  };
}

/** Replaces a missing image, which planning has already reported. */
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
