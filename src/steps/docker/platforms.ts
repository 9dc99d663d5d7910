import type { DockerImageOptions } from './options';
import { type Architecture, IMAGE_PLATFORMS } from '../../aws/builds';

/** A build of one platform, by the suffix of its name and of its tag. */
export interface PlatformBuild {
  readonly architecture: Architecture;
  readonly suffix: string;
}

/** Returns what is known about platforms, in the order in which they are named. Unknown ones are reported elsewhere. */
export function knownPlatforms(platforms: DockerImageOptions['platforms'] = []): PlatformBuild[] {
  const known = new Map<string, PlatformBuild>(Object.entries(IMAGE_PLATFORMS));
  return platforms.flatMap((platform) => known.get(platform) ?? []);
}

/** Returns the platforms that each are built by a step of their own; none where the step itself builds. */
export function separateBuilds({ platforms = [] }: DockerImageOptions): PlatformBuild[] {
  return platforms.length < 2 ? [] : [...new Set(knownPlatforms(platforms))];
}

/** Returns the CPU type of an image of one platform. A machine with another CPU type is refused. */
export function architectureOf({ platforms, compute }: DockerImageOptions): Architecture {
  return compute?._architecture ?? knownPlatforms(platforms)[0]?.architecture ?? 'x86';
}
