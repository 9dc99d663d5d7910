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
