import { aws_codebuild as codebuild } from 'aws-cdk-lib';
import type { ComputePlan, ImageReferencePlan } from './spec';

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
