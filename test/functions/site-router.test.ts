import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import { SITE_LIMITS } from '../../src/aws/site-limits';
import { siteRouter } from '../../src/functions';
import { handle, IMMUTABLE } from '../helpers/fake-aws/site';

const IN_PLACE = { immutable: IMMUTABLE, atomic: false };
const ATOMIC = { immutable: IMMUTABLE, atomic: true };

const HASHED = [
  '/assets/app-12345678.js',
  '/_next/static/chunks/app/[slug]/page-0.js',
  '/_nuxt/entry',
  '/_app/immutable/x/',
  '/static/js/main.0a1b2c3d.chunk.js',
  '/main-ABCDEFGH.js',
];

const ASSOCIATION = '/.well-known/apple-app-site-association';

/** Lists the files that are returned for a path, for a single page and for pages. */
const ROUTES: [uri: string, singlePage: string, pages: string][] = [
  ['/', '/index.html', '/index.html'],
  ['/about', '/index.html', '/about/index.html'],
  ['/about/', '/index.html', '/about/index.html'],
  ['/docs/a/b', '/index.html', '/docs/a/b/index.html'],
  ['/a/b.js', '/a/b.js', '/a/b.js'],
  ['/index.html', '/index.html', '/index.html'],
  ['/x.y/z', '/index.html', '/x.y/z/index.html'],
  ['/x.y/', '/index.html', '/x.y/index.html'],
  ['/.well-known/security.txt', '/.well-known/security.txt', '/.well-known/security.txt'],
  [ASSOCIATION, ASSOCIATION, ASSOCIATION],
  ['/.well-known/acme-challenge/x', '/.well-known/acme-challenge/x', '/.well-known/acme-challenge/x'],
  ['/x/.well-known/y', '/index.html', '/x/.well-known/y/index.html'],
  ['/.well-known', '/.well-known', '/.well-known'],
  ['/a%20b', '/index.html', '/a%20b/index.html'],
];

describe('the router of a site with releases in place', () => {
  test.each(ROUTES)('answers %s with %s of a single page, with %s of pages', async (uri, singlePage, pages) => {
    expect((await handle({ singlePage: true, ...IN_PLACE }, uri)).uri).toBe(singlePage);
    expect((await handle({ singlePage: false, ...IN_PLACE }, uri)).uri).toBe(pages);
  });

  test('does not change the paths of hashed files', async () => {
    for (const uri of HASHED) expect((await handle({ singlePage: true, ...IN_PLACE }, uri)).uri).toBe(uri);
  });

  test('changes only the path', async () => {
    expect(await handle({ singlePage: true, ...IN_PLACE }, '/about')).toEqual({
      method: 'GET',
      uri: '/index.html',
      querystring: {},
      headers: {},
    });
  });
});

describe('the router of a site with a folder for each release', () => {
  test.each(ROUTES)('returns %s from the folder of the live release', async (uri, singlePage, pages) => {
    expect((await handle({ singlePage: true, ...ATOMIC }, uri, '0123')).uri).toBe(`/.releases/0123${singlePage}`);
    expect((await handle({ singlePage: false, ...ATOMIC }, uri, '0123')).uri).toBe(`/.releases/0123${pages}`);
  });

  test.each(HASHED)('returns the shared file for %s', async (uri) => {
    expect((await handle({ singlePage: true, ...ATOMIC }, uri, '0123')).uri).toBe(uri);
  });

  test('treats no file as hashed if there are none', async () => {
    expect(
      (await handle({ singlePage: true, ...ATOMIC, immutable: '^$' }, '/assets/app-12345678.js', '0123')).uri,
    ).toBe('/.releases/0123/assets/app-12345678.js');
  });

  test.each(ROUTES)('routes %s normally before the first release', async (uri, singlePage, pages) => {
    expect((await handle({ singlePage: true, ...ATOMIC }, uri)).uri).toBe(singlePage);
    expect((await handle({ singlePage: false, ...ATOMIC }, uri)).uri).toBe(pages);
  });
});

describe.each([
  ['in place', false],
  ['atomic', true],
])('the CloudFront function (%s)', (_name, atomic) => {
  const code = siteRouter({ singlePage: true, immutable: IMMUTABLE, atomic });

  // The runtime 2.0 supports ES 5.1 and parts of ES 6 to 12. No syntax younger than ES 2018 is needed, and no global
  // but RegExp.
  test('is an ES 2018 module without outside references', () => {
    expect(complaints(code)).toEqual([]);
    expect(complaints(`${code}\na?.b;`)).toEqual([expect.stringContaining('Parsing error')]);
    for (const name of ['require', 'process', 'Buffer', 'eval', 'Promise', 'setTimeout', 'fetch', 'globalThis']) {
      expect(complaints(`${code}\n${name};`)).toEqual([`'${name}' is not defined.`]);
    }
  });

  test('imports only cloudfront', () => {
    expect(code.match(/^import .*$/gm) ?? []).toEqual(atomic ? ["import cf from 'cloudfront';"] : []);
    expect(code.startsWith('import ')).toBe(atomic);
  });

  test('does not exceed the maximum size', () => {
    expect(Buffer.byteLength(code)).toBeLessThan(SITE_LIMITS.functionBytes);
  });
});

test('does not use require in the parts of the function', () => {
  const folder = join(__dirname, '../../src/functions');
  const parts = readdirSync(folder).filter((name) => /^site-.*\.js$/.test(name));
  expect(parts).toHaveLength(3);
  for (const part of parts) expect(readFileSync(join(folder, part), 'utf8')).not.toMatch(/\brequire\b/);
});

function complaints(code: string): string[] {
  const languageOptions = {
    ecmaVersion: 2018,
    sourceType: 'module',
    globals: Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, 'off'])),
  } as const;
  const options = { ...languageOptions, globals: { ...languageOptions.globals, RegExp: 'readonly' } } as const;
  return new Linter()
    .verify(code, { languageOptions: options, rules: { 'no-undef': 'error', 'no-eval': 'error' } })
    .map(({ message }) => message);
}
