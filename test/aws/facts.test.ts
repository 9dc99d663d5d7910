import { DOCUMENTS, HASHED_NAMES } from '../../src/aws/front-end-tools';

/** Names as the tools make them, and names that only look alike. */
const HASHED = [
  '_next/static/chunks/main-0b3f.js',
  '_nuxt/entry.js',
  '_app/immutable/chunks/a.js',
  '_astro/hoisted.js',
  'assets/index-D9f5RGRM.js',
  'assets/index-Do7m476V.css',
  'assets/inter-latin-B1x_9-aZ.woff2',
  'static/js/main.8c1ab5f2.js',
  'static/js/453.2a77899f.chunk.js',
  'static/media/logo.6ce24c58023cc2f8fd88.svg',
  'main-5A4KXZ2Q.js',
  'chunk-ABCDEF23.js',
  'styles-5INURTSO.css',
];
const NOT_HASHED = [
  'index.html',
  'assets/logo.svg',
  'assets/hero-homepage.png',
  'assets/hero-1280x720.jpg',
  'report-20241101.pdf',
  'favicon.ico',
  'sw.js',
  'main.js',
  'static/js/main.js',
  'my_next/static.js',
  'docs/_astro/x.js',
  'assets/deep/index-D9f5RGRM.js',
];

function isHashed(path: string) {
  return HASHED_NAMES.some(({ pattern }) => new RegExp(pattern).test(path));
}

test('matches the hashed names of known tools', () => expect(HASHED.filter((path) => !isHashed(path))).toEqual([]));
test('does not match names without a hash', () => expect(NOT_HASHED.filter(isHashed)).toEqual([]));
test('matches documents that reference other files', () => {
  const paths = [
    'index.html',
    'a/b.htm',
    'site.webmanifest',
    'sw.js',
    'x/service-worker.js',
    'a.js',
    'my-sw.js',
    'index.html.map',
  ];
  expect(paths.filter((path) => new RegExp(DOCUMENTS).test(path))).toEqual([
    'index.html',
    'a/b.htm',
    'site.webmanifest',
    'sw.js',
    'x/service-worker.js',
  ]);
});
