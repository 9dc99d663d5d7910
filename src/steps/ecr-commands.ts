/*
 * Commands for images in ECR, in POSIX shell syntax. Values are passed in environment variables, and no command has a
 * secret as an argument.
 */

/** Environment variables that the commands set, and that users therefore cannot set. */
export const RESERVED_VARIABLES: readonly string[] = [
  'IMAGE_REPOSITORY',
  'IMAGE_TAGS',
  'IMAGE_REGISTRY',
  'IMAGE_REGION',
  'IMAGE_DIGEST',
  'IMAGE_URI',
  'IMAGE_TAG',
  'BASE_IMAGES',
  'IMAGE_PARTS',
  'IMAGE_INDEX',
];

/** Sets the URI of an image. AWS does not document whether the digest from CodePipeline contains its algorithm. */
const SET_IMAGE_URI: readonly string[] = [
  'IMAGE_DIGEST="sha256:${IMAGE_DIGEST#sha256:}"',
  'export IMAGE_DIGEST IMAGE_URI="$IMAGE_REPOSITORY@$IMAGE_DIGEST"',
];

/** Sets the registry and its Region from the URI of the repository. */
const SET_REGISTRY: readonly string[] = [
  'IMAGE_REGISTRY="${IMAGE_REPOSITORY%%/*}"',
  'IMAGE_REGION="${IMAGE_REGISTRY#*.dkr.ecr.}" && IMAGE_REGION="${IMAGE_REGION%%.*}"',
];

/** Returns commands that log Docker in to the registry of the repository. */
export function loginCommands(): string[] {
  return [
    ...SET_REGISTRY,
    'aws ecr get-login-password --region "$IMAGE_REGION" | docker login --username AWS --password-stdin ' +
      '"$IMAGE_REGISTRY"',
  ];
}

/** Returns commands that log Docker in to ECR and pull the image of an earlier step. */
export function pullCommands(): string[] {
  return [...SET_IMAGE_URI, ...loginCommands(), 'docker pull "$IMAGE_URI"'];
}

/** Returns commands that describe an image that CodePipeline has pushed. */
export function describeCommands(): string[] {
  return [...SET_IMAGE_URI, ...SET_REGISTRY, describeInto('imageDetail.json')];
}

/** Returns a command that writes an `imageDetail.json` like that of an ECR source. */
export function describeInto(file: string): string {
  return `${describeImage('imageDigest=$IMAGE_DIGEST')} --output json --query "${IMAGE_DETAIL}" > ${file}`;
}

/** Returns a command that reads the details of an image from ECR. */
export function describeImage(id: string): string {
  return (
    `aws ecr describe-images --region "$IMAGE_REGION" --registry-id "\${IMAGE_REGISTRY%%.*}" --repository-name ` +
    `"\${IMAGE_REPOSITORY#*/}" --image-ids "${id}"`
  );
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/file-reference.html#file-reference-ecs-bluegreen */
const IMAGE_DETAIL =
  "imageDetails[0].{ImageSizeInBytes: imageSizeInBytes, ImageDigest: imageDigest, Version: '1.0', ImagePushedAt: " +
  'imagePushedAt,' +
  " RegistryId: registryId, RepositoryName: repositoryName, ImageURI: '$IMAGE_URI', ImageTags: imageTags}";
