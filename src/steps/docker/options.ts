import type { BaseImageSource } from './base-image-source';
import type { ImagePlatform } from './image-platform';
import type { ProjectOptions } from '../build/options';

/** Options of {@link BuildStep.dockerImage}. */
export interface DockerImageOptions extends ProjectOptions {
  /**
   * Path of the Dockerfile, relative to `directory`, which is the build context.
   *
   * @default 'Dockerfile'
   */
  readonly dockerfile?: string;

  /**
   * Stage of the Dockerfile that becomes the image.
   *
   * @default - the last stage
   */
  readonly target?: string;

  /**
   * Platforms of the image. Each is built on a machine with its CPU architecture, without emulation.
   *
   * With two platforms, a separate action builds each one in parallel and pushes it under the first tag with the
   * platform as a suffix: `Image-x86_64` pushes `<tag>-x86_64`, `Image-arm64` pushes `<tag>-arm64`. The step then
   * creates an index of both under all tags and reports its digest, which takes another build minute. `outputs` and
   * `exportedVariables` cannot be set, and only the size of `compute` applies. Images for Lambda must have one
   * platform.
   *
   * @default - the platform of `compute`
   */
  readonly platforms?: ImagePlatform[];

  /**
   * Sources of private base images that the Dockerfile names in `FROM`.
   *
   * @default - only public base images
   */
  readonly baseImages?: BaseImageSource[];

  /**
   * Tags of the image: each consists of 1 to 128 letters, digits, `_`, `.` and `-`, or is a variable that contains an
   * id, such as `source.variable('CommitId')`. The tags are used unchanged, so a push fails if a repository with
   * immutable tags already contains one.
   *
   * @default - the revision of the first input, such as the commit; if an image with that tag exists, because an
   * execution was retried or started again, the build number is appended: `<commit>-17`
   */
  readonly tags?: string[];

  /**
   * Build arguments of the Dockerfile (`ARG`). Docker reads their values from environment variables of the same names,
   * so no command contains a value. Build arguments are stored in the history of the image: pass secrets in `secrets`.
   * A name that looks like a secret causes a warning.
   *
   * @default - none
   */
  readonly buildArguments?: { [name: string]: string };

  /**
   * Commands that run before the image is built, in the install phase.
   *
   * @default - none
   */
  readonly installCommands?: string[];

  /**
   * Tag in the repository under which the layers of the last build are stored for the next one, on any build host. The
   * tag must be mutable, as in a {@link ContainerRepository}. Only the layers of the last stage of the Dockerfile are
   * stored. With two platforms, the tag gets the platform as a suffix.
   *
   * @default - none; layers are cached only on the build host, which the next build may not use
   */
  readonly cacheTag?: string;
}
