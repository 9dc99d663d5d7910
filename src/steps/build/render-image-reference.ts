import { aws_codebuild as codebuild } from 'aws-cdk-lib';
import type { ComputePlan, ImageReferencePlan } from './build-spec';
import { pullImageStatements, type Statement } from '../../render/grants';
import { secretStatements } from './render-secrets';

/** What pulling the image needs, done by CodeBuild under the role of the build. */
export function imageStatements(image: ImageReferencePlan | undefined): Statement[] {
  switch (image?.kind) {
    case undefined:
    case 'standard':
      return [];
    case 'ecr':
      return pullImageStatements([image.repository.repositoryArn]);
    case 'registry':
      return image.credentials
        ? secretStatements({ credentials: { kind: 'secrets-manager', secret: image.credentials } })
        : [];
  }
}

/** The image with its machine, in the form that the project of aws-codebuild takes. It does not grant: that is done above. */
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

/** That there is none has been refused before. */
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
