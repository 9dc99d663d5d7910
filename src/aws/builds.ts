/** The processor that a build machine has. */
export type Architecture = 'x86' | 'arm';

/** Which of the standard images carries something: the newest, or the one before. */
export type ImageGeneration = 'newest' | 'former';

/**
 * Images for Amazon Linux 2023 that CodeBuild curates. The newest carry what is maintained; the ones before still carry
 * some versions of languages that their makers have given up.
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
 * Images for builds on Lambda: one for each version of a language.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/lambda-compute-images.html
 */
export const LAMBDA_IMAGE_PREFIX: Readonly<Record<Architecture, string>> = {
  x86: 'aws/codebuild/amazonlinux-x86_64-lambda-standard:',
  arm: 'aws/codebuild/amazonlinux-aarch64-lambda-standard:',
};

/**
 * What sets the kinds of machines apart. Builds on Lambda end after 15 minutes and have no limit to choose, no network
 * of yours, no cache, no Docker and no root.
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
 * Platforms that images are built for, as Docker names them: the processor that builds one without emulation, and what
 * its tag ends in where an image has several.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/image-index.md
 */
export const IMAGE_PLATFORMS = {
  'linux/amd64': { architecture: 'x86', suffix: 'x86_64' },
  'linux/arm64': { architecture: 'arm', suffix: 'arm64' },
} as const satisfies Record<string, { architecture: Architecture; suffix: string }>;

/**
 * Machines that a Docker layer cache cannot be kept on. @see
 * https://docs.aws.amazon.com/codebuild/latest/userguide/caching-local.html
 */
export const WITHOUT_LOCAL_CACHE: readonly string[] = ['BUILD_GENERAL1_2XLARGE'];

/**
 * Machines that Commands actions may have. @see
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
 */
export const COMMANDS_COMPUTE: readonly string[] = [
  'BUILD_GENERAL1_SMALL',
  'BUILD_GENERAL1_MEDIUM',
  'BUILD_GENERAL1_LARGE',
];

/**
 * Addresses that builds reach without a proxy: those of their credentials and metadata.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/use-proxy-server.html
 */
export const WITHOUT_PROXY: readonly string[] = ['127.0.0.1', 'localhost', '169.254.169.254', '169.254.170.2'];
