/** Describes the names of files whose name contains a hash of their content, for one front-end build tool. */
interface HashedNames {
  readonly tool: string;
  /**
   * A POSIX extended regular expression for the path below the output folder. Uses only syntax that `grep -E` and
   * JavaScript interpret in the same way: classes, groups, intervals, anchors.
   */
  readonly pattern: string;
  readonly see: string;
}

/**
 * Lists the patterns, which are deliberately narrow: a hashed file that does not match costs one revalidation per
 * visit, but an unhashed file that matches stays stale for a year.
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

/** Matches documents, which are published after the files that they reference. */
export const DOCUMENTS = '([.]html?|[.]webmanifest|(^|/)(service-worker|sw|registerSW)[.]js)$';

/** Describes the layout of the bucket of a static site. */
export const SITE_LAYOUT = {
  /** The files that CloudFront serves. */
  content: 'site/',
  /** The file lists of releases, which CloudFront cannot access. With existing hosting, the origin path follows. */
  state: 'releases/',
  /** The number of releases whose files are kept. */
  keepReleases: 5,
} as const;

/** Lists the values of the Cache-Control header. */
export const CACHE_CONTROL = {
  /** For files whose name contains a hash of their content. */
  immutable: 'public, max-age=31536000, immutable',
  /** For all other files, which browsers cache but revalidate before each use. */
  revalidate: 'public, max-age=0, must-revalidate',
} as const;
