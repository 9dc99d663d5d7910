import type { SiteHosting } from './site-hosting';
import type { SiteRelease } from './site-release';

/** Options of {@link DeployTarget.staticSite}. */
export interface StaticSiteOptions {
  /**
   * Bucket and distribution.
   *
   * @default SiteHosting.managed()
   */
  readonly hosting?: SiteHosting;

  /**
   * How a new version takes the place of the old one.
   *
   * @default SiteRelease.inPlace()
   */
  readonly release?: SiteRelease;

  /**
   * Files that browsers may keep for a year without asking again, because their name changes with their content. Patterns relative to
   * the output folder, where `*` stands for any characters but `/`, `**` for any characters, `?` for one, as in `assets/**`. All other
   * files are asked for again before each use. Pass an empty list to keep nothing for good.
   *
   * @default - the names that Vite, webpack, Next.js, Nuxt, SvelteKit, Astro and Angular give to hashed files
   */
  readonly immutablePaths?: string[];
}
