import type { DockerImageOptions } from './options';
import { compact } from '../../common/compact';
import { type Architecture, IMAGE_PLATFORMS } from '../../aws/builds';

/** Describes the build of a platform. The suffix is part of its action name and of its tag. */
export interface PlatformBuild {
  readonly architecture: Architecture;
  readonly suffix: string;
}

/** Returns the builds of platforms in their order. Unknown platforms are omitted, and reported during validation. */
export function knownPlatforms(platforms: DockerImageOptions['platforms'] = []): PlatformBuild[] {
  const builds = new Map<string, PlatformBuild>(Object.entries(IMAGE_PLATFORMS));
  return compact(platforms.map((platform) => builds.get(platform)));
}

/** Returns the platforms that separate actions build; none if the step has a single platform. */
export function separateBuilds({ platforms = [] }: DockerImageOptions): PlatformBuild[] {
  if (platforms.length < 2) return [];
  return [...new Set(knownPlatforms(platforms))];
}

/**
 * Returns the CPU architecture of an image with one platform. A machine with another architecture is reported during
 * validation.
 */
export function architectureOf({ platforms, compute }: DockerImageOptions): Architecture {
  return compute?._architecture ?? knownPlatforms(platforms)[0]?.architecture ?? 'x86';
}
