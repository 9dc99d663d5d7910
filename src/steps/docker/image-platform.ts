/**
 * Platform of an image, in the terms of Docker.
 *
 * @example
 * declare const repository: ecr.IRepository;
 * BuildStep.dockerImage(repository, { platforms: [ImagePlatform.X86_64, ImagePlatform.ARM64] });
 */
export enum ImagePlatform {
  /** 64-bit x86, such as Intel and AMD. */
  X86_64 = 'linux/amd64',
  /** 64-bit ARM, such as AWS Graviton. */
  ARM64 = 'linux/arm64',
}
