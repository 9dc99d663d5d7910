/** The CPU architecture of a build environment. */
export type Architecture = 'x86' | 'arm';

/** The generation of a standard image. */
export type ImageGeneration = 'newest' | 'former';

/**
 * Lists the standard images for Amazon Linux 2023. The newest ones contain maintained language versions. The former
 * ones contain some versions that have reached their end of life.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html
 * @see https://github.com/aws/aws-codebuild-docker-images/tree/master/al
 */
export const STANDARD_IMAGES: Readonly<Record<Architecture, Readonly<Record<ImageGeneration, string>>>> = {
  x86: {
    newest: 'aws/codebuild/amazonlinux-x86_64-standard:6.0',
    former: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
  },
  arm: {
    newest: 'aws/codebuild/amazonlinux-aarch64-standard:4.0',
    former: 'aws/codebuild/amazonlinux-aarch64-standard:3.0',
  },
};

/**
 * Lists the prefixes of the images for Lambda compute. Each language version has an image.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/lambda-compute-images.html
 */
export const LAMBDA_IMAGE_PREFIX: Readonly<Record<Architecture, string>> = {
  x86: 'aws/codebuild/amazonlinux-x86_64-lambda-standard:',
  arm: 'aws/codebuild/amazonlinux-aarch64-lambda-standard:',
};

/**
 * Lists the environment types. Builds on Lambda compute end after 15 minutes and support no timeout, no VPC, no cache,
 * no Docker and no root permissions.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/lambda.html#lambda.limitations
 */
export const ENVIRONMENT_TYPES = {
  LINUX_CONTAINER: { architecture: 'x86', lambda: false },
  ARM_CONTAINER: { architecture: 'arm', lambda: false },
  LINUX_LAMBDA_CONTAINER: { architecture: 'x86', lambda: true },
  ARM_LAMBDA_CONTAINER: { architecture: 'arm', lambda: true },
} as const satisfies Record<string, { architecture: Architecture; lambda: boolean }>;

export type EnvironmentType = keyof typeof ENVIRONMENT_TYPES;

/**
 * Lists the platforms of container images: the architecture that builds the image without emulation, and the suffix of
 * the tag if an image has several platforms.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/image-index.md
 */
export const IMAGE_PLATFORMS = {
  'linux/amd64': { architecture: 'x86', suffix: 'x86_64' },
  'linux/arm64': { architecture: 'arm', suffix: 'arm64' },
} as const satisfies Record<string, { architecture: Architecture; suffix: string }>;

/**
 * Lists the compute types that do not support the Docker layer cache.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/caching-local.html
 */
export const WITHOUT_LOCAL_CACHE: readonly string[] = ['BUILD_GENERAL1_2XLARGE'];

/**
 * Lists the compute types of Commands actions.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
 */
export const COMMANDS_COMPUTE: readonly string[] = [
  'BUILD_GENERAL1_SMALL',
  'BUILD_GENERAL1_MEDIUM',
  'BUILD_GENERAL1_LARGE',
];

/**
 * Lists the addresses that builds access without a proxy: those of credentials and metadata.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/use-proxy-server.html
 */
export const WITHOUT_PROXY: readonly string[] = ['127.0.0.1', 'localhost', '169.254.169.254', '169.254.170.2'];
