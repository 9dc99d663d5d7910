/**
 * A processor that an image runs on, in Docker's words.
 *
 * @example
 * declare const repository: ecr.IRepository;
 * BuildStep.dockerImage(repository, { platforms: [ImagePlatform.X86_64, ImagePlatform.ARM64] });
 */
export enum ImagePlatform {
  /** Intel and AMD. */
  X86_64 = 'linux/amd64',
  /** ARM with 64 bits, such as AWS Graviton. */
  ARM64 = 'linux/arm64',
}
