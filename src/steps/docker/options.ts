import type { BaseImageSource } from './base-image-source';
import type { ImagePlatform } from './image-platform';
import type { ProjectOptions } from '../build/options';

/** Options of {@link BuildStep.dockerImage}. */
export interface DockerImageOptions extends ProjectOptions {
  /**
   * The Dockerfile, relative to `directory`, which is the context of the build.
   *
   * @default 'Dockerfile'
   */
  readonly dockerfile?: string;

  /**
   * The stage of the Dockerfile that becomes the image.
   *
   * @default - the last one
   */
  readonly target?: string;

  /**
   * What the image runs on. It is built on a machine with that processor, without emulation. With two platforms, each
   * is built by a step of its own, at the same time, and pushed under the first tag with the platform behind it:
   * `Image-x86_64` pushes `<tag>-x86_64`, `Image-arm64` pushes `<tag>-arm64`. Then the step itself makes an index of
   * both under all tags, whose digest it hands on. That takes a minute more of a build; `outputs` and
   * `exportedVariables` cannot be given then, and of `compute` only the size counts. Images for Lambda have one
   * platform.
   *
   * @default - that of `compute`
   */
  readonly platforms?: ImagePlatform[];

  /**
   * Where private images come from that the Dockerfile names in `FROM`. Public ones need no mention.
   *
   * @default - public ones only
   */
  readonly baseImages?: BaseImageSource[];

  /**
   * Tags that the image gets: each 1 to 128 letters, digits, `_`, `.` and `-`, or a variable that holds an id, such as
   * `` source.variable('CommitId') ``. They are used as they are: in a repository whose tags cannot be moved, one
   * that exists makes the push fail.
   *
   * @default - the revision of its first input, such as the commit; when there is an image of that already, since a run
   * was started again for it or retried, with the number of the build behind it: `<commit>-17`
   */
  readonly tags?: string[];

  /**
   * Arguments of the Dockerfile (`ARG`), by their names. They are environment variables of the commands too, and Docker
   * takes them from there, so that no value stands in a command. They remain in the history of the image: a secret
   * belongs into `secrets`, and a name that sounds like one gets a warning.
   *
   * @default - none
   */
  readonly buildArguments?: { [name: string]: string };

  /**
   * Commands before the image is built, in the install phase.
   *
   * @default - none
   */
  readonly installCommands?: string[];

  /**
   * A tag in the repository under which the layers of the last build are found by the next one, wherever it runs. Not
   * for repositories whose tags cannot be moved, unless this tag can, as in a {@link ContainerRepository}. It holds
   * what the last stage of the Dockerfile is made of. With two platforms it gets the platform behind it.
   *
   * @default - none: layers are kept on the machine alone, which the next build gets with luck
   */
  readonly cacheTag?: string;
}
