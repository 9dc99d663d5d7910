/** Names that a front-end build tool gives only to files whose name changes with their content. */
interface HashedNames {
  readonly tool: string;
  /**
   * POSIX extended regular expression over the path below the output folder. Kept to the part of the syntax that means
   * the same to `grep -E` and to JavaScript: classes, groups, intervals, anchors.
   */
  readonly pattern: string;
  readonly see: string;
}

/**
 * Deliberately narrow: a hashed file that is missed costs one revalidation per visit, an unhashed file that is caught
 * stays stale for a year.
 */
export const HASHED_NAMES: readonly HashedNames[] = [
  { tool: 'Next.js', pattern: '^_next/static/', see: 'https://nextjs.org/docs/app/guides/static-exports' },
  { tool: 'Nuxt', pattern: '^_nuxt/', see: 'https://nuxt.com/docs/api/nuxt-config#buildassetsdir' },
  { tool: 'SvelteKit', pattern: '^_app/immutable/', see: 'https://svelte.dev/docs/kit/adapter-static' },
  {
    tool: 'Astro',
    pattern: '^_astro/',
    see: 'https://docs.astro.build/en/reference/configuration-reference/#buildassets',
  },
  {
    tool: 'Vite',
    pattern: '^assets/[^/]+-[A-Za-z0-9_-]{8}[.](js|css|woff2?)$',
    see: 'https://vite.dev/config/build-options.html#build-assetsdir',
  },
  {
    tool: 'webpack',
    pattern: '^static/(js|css|media)/[^/]+[.][0-9a-f]{8,20}[.]([a-z]+[.])?[a-z0-9]+$',
    see: 'https://webpack.js.org/guides/caching/',
  },
  {
    tool: 'Angular',
    pattern: '^(main|chunk|styles|polyfills|scripts)-[A-Z0-9]{8}[.](js|css)$',
    see: 'https://angular.dev/tools/cli/build',
  },
];

/** Files that say what a site is made of; they are published after everything that they may refer to. */
export const DOCUMENTS = '([.]html?|[.]webmanifest|(^|/)(service-worker|sw|registerSW)[.]js)$';

/** How the bucket of a static site is laid out, and how long browsers may keep its files. */
export const SITE_LAYOUT = {
  /** What CloudFront serves. */
  content: 'site/',
  /** Lists of what each release consists of; CloudFront cannot reach them. */
  state: 'releases/',
  /** How many releases keep their files. */
  keepReleases: 5,
} as const;

export const CACHE_CONTROL = {
  /** For files whose name changes with their content. */
  immutable: 'public, max-age=31536000, immutable',
  /** For everything else: kept, but asked for again before each use. */
  revalidate: 'public, max-age=0, must-revalidate',
} as const;
