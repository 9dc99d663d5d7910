import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CACHE_CONTROL } from '../../src/aws/front-end-tools';
import {
  deletions,
  FakeSite,
  HASHED,
  removals,
  SHELLS,
  SITE,
  uploads,
  version,
  writes,
  type Files,
} from '../helpers/fake-aws/site';

jest.setTimeout(60_000);

/** Names that a shell, a regular expression, JSON or a command line could trip over. */
const ODD: Files = Object.fromEntries(
  [
    'a space.txt',
    ' leading and trailing .txt ',
    '"double".txt',
    "it's.txt",
    '$(touch pwned).txt',
    '`touch pwned`.txt',
    '-rf.txt',
    '--help.html',
    '*.txt',
    '?[a-z].txt',
    'é/ü 日本.html',
    '😀.txt',
    'a&b;c|d#e.txt',
    '%20.txt',
    'a,b=c+d@e:f.txt',
    '~tilde.txt',
    '!bang.txt',
    '{a,b}.txt',
    "docs/it's -n/index.html",
    'None',
    '.well-known/x',
  ].map((name, i) => [name, `content ${i} of ${name}`]),
);

describe.each(SHELLS)('a release in place, in %s', (_name, shell) => {
  test('uploads hashed files, then other files, then documents, each with its Cache-Control', () => {
    const site = new FakeSite({ shell });
    const run = site.release(SITE);
    expect(uploads(run)).toEqual([
      [HASHED],
      ['docs/logo.svg', 'robots.txt'],
      ['docs/guide.htm', 'docs/index.html', 'index.html', 'site.webmanifest', 'sw.js'],
    ]);
    expect(site.content).toEqual(SITE);
    for (const path of Object.keys(SITE)) {
      expect([path, site.cacheControl(path)]).toEqual([
        path,
        path === HASHED ? CACHE_CONTROL.immutable : CACHE_CONTROL.revalidate,
      ]);
    }
    expect(run.calls.at(-1)).toContain('s3://the-site/releases/live');
  });

  test('changes and invalidates nothing for an equal release', () => {
    const site = new FakeSite({ shell });
    site.release(SITE);
    const before = site.objects();
    const again = site.release(SITE);
    expect(writes(again)).toEqual([]);
    expect(site.objects()).toEqual(before);
    expect(site.invalidations).toHaveLength(1);
  });

  test('uploads changed files, and invalidates files without a hash and folder URLs', () => {
    const site = new FakeSite({ shell });
    site.release({ ...SITE, 'a "b" *é.txt': 'old', 'gone/index.html': 'gone', 'assets/gone-11111111.js': 'gone' });
    const run = site.release({
      ...SITE,
      'a "b" *é.txt': 'new',
      'index.html': 'new',
      'docs/index.html': 'new',
      'docs/new.html': 'new',
      'assets/app-87654321.js': 'new',
      'tell~me_.-x.txt': 'new',
    });
    expect(uploads(run)).toEqual([
      ['assets/app-87654321.js'],
      ['a "b" *é.txt', 'tell~me_.-x.txt'],
      ['docs/index.html', 'docs/new.html', 'index.html'],
    ]);
    expect(site.invalidations).toHaveLength(2);
    expect(site.invalidations[1].sort()).toEqual([
      '/',
      '/a%20%22b%22%20%2A%C3%A9.txt',
      '/docs/',
      '/docs/index.html',
      '/docs/new.html',
      '/gone/',
      '/gone/index.html',
      '/index.html',
      '/tell~me_.-x.txt',
    ]);
  });

  test('keeps the hashed files of five releases, and other files of the last one only', () => {
    const site = new FakeSite({ shell });
    site.put('site/foreign.html', 'not ours');
    site.put('elsewhere/file', 'not ours');
    site.release({ ...version(1), 'always.txt': 'same' });
    site.release({ ...version(2), 'once.html': 'once', 'always.txt': 'same' });
    expect(removals(site.release({ ...version(3), 'always.txt': 'same' }))).toEqual(['once.html']);
    for (const n of [4, 5]) expect(removals(site.release({ ...version(n), 'always.txt': 'same' }))).toEqual([]);
    expect(removals(site.release({ ...version(6), 'always.txt': 'same' }))).toEqual(['assets/app-00000001.js']);
    site.release({ ...version(7), 'always.txt': 'same' });

    const kept = Object.assign({}, ...[3, 4, 5, 6, 7].map(version)) as Files;
    expect(site.content).toEqual({ ...kept, 'always.txt': 'same', 'foreign.html': 'not ours' });
    expect(site.objects('elsewhere/')).toEqual({ file: 'not ours' });
    expect(site.releases).toHaveLength(5);
    expect(Object.keys(site.objects('releases/')).sort()).toEqual(
      [...site.releases.map((id) => `${id}.manifest`), 'history', 'live'].sort(),
    );
  });

  test('removes with a rollback what only the failed release contained, and invalidates it', () => {
    const site = new FakeSite({ shell });
    site.release(version(1));
    site.release({ ...version(2), '.env': 'SECRET=1', 'app.js.map': '{}', 'assets/app-00000002.js.map': '{}' });
    site.release(version(1));
    expect(site.content).toEqual({ ...version(2), ...version(1) });
    expect(site.invalidations.at(-1)?.sort()).toEqual([
      '/',
      '/.env',
      '/app.js.map',
      '/assets/app-00000002.js.map',
      '/index.html',
    ]);
  });

  test('shares a bucket with the site of another path', () => {
    const site = new FakeSite({ shell, variables: { KEEP_RELEASES: '2' } });
    const paths = ['staging/', 'production/', ''];
    for (const n of [1, 2, 3]) {
      for (const path of paths) {
        const variables = { SITE_PREFIX: path, STATE_PREFIX: `releases/${path}`, KEEP_RELEASES: '2' };
        site.release({ ...version(n), [`only-${path.length}.txt`]: 'x' }, { variables });
      }
    }
    for (const path of ['staging/', 'production/']) {
      expect(site.objects(path)).toEqual({ ...version(2), ...version(3), [`only-${path.length}.txt`]: 'x' });
    }
    expect(site.objects()).toMatchObject({ ...version(3), 'only-0.txt': 'x' });
  });

  test('writes the files of the environment over those of the build', () => {
    const site = new FakeSite({ shell });
    const json = String.raw`{"a":"it's \\n and \" $(touch pwned) é %s &"}`;
    const escaped = json.replaceAll('\\', '\\\\');
    const variables = {
      FILES: 'config.json robots.txt deep/er/config.js config.json',
      SITE_FILE_1: escaped.slice(0, 12),
      SITE_FILE_2: String.raw`User-agent: *\nDisallow: /\n`,
      SITE_FILE_3: '-n "$HOME"',
      SITE_FILE_4: escaped.slice(12),
    };
    const { output } = site.release({ ...SITE, 'config.json': 'of the build' }, { variables });
    const files = {
      'config.json': json,
      'robots.txt': 'User-agent: *\nDisallow: /\n',
      'deep/er/config.js': '-n "$HOME"',
    };
    expect(site.content).toEqual({ ...SITE, ...files });
    expect(output).toContain('config.json of the environment replaces that of the build output');
    expect(site.cacheControl('config.json')).toBe(CACHE_CONTROL.revalidate);

    const before = site.releases[0];
    expect(uploads(site.release(SITE, { variables: { ...variables, SITE_FILE_3: 'new' } }))).toEqual([
      ['deep/er/config.js'],
    ]);
    expect(site.releases[0]).not.toBe(before);
    site.release(SITE, { variables });
    expect(site.releases[0]).toBe(before);
    site.release(SITE);
    expect(site.content['config.json']).toBeUndefined();
  });

  test('uploads compressed parts of a page with their Content-Encoding', () => {
    const site = new FakeSite({ shell });
    const encoded = { 'a.svgz': 'gzip', 'Build/x.js.gz': 'gzip', 'x.wasm.br': 'br', 'assets/x-12345678.js.gz': 'gzip' };
    const downloads = ['x.tar.gz', 'data.json.gz', 'sitemap.xml.gz', 'a.br', 'x.gz', 'xjs.gz'];
    const files = [...Object.keys(encoded), ...downloads].map((path) => [path, `content of ${path}`]);
    site.release({ ...SITE, ...Object.fromEntries(files) });
    for (const path of [...Object.keys(SITE), ...Object.keys(encoded), ...downloads]) {
      expect([path, site.contentEncoding(path)]).toEqual([path, (encoded as Files)[path]]);
      expect([path, site.content[path]]).toEqual([path, SITE[path] ?? `content of ${path}`]);
    }
  });

  test('reports the files that the routing cannot reach', () => {
    const files = {
      ...SITE,
      LICENSE: '',
      'docs/CNAME': '',
      '.well-known/acme-challenge/x': '',
      '.x/y': '',
      '_nuxt/z': '',
    };
    const [routed, other] = ['true', ''].map(
      (ROUTED) => new FakeSite({ shell }).release(files, { variables: { ROUTED } }).output,
    );
    expect(routed).toContain('3 files have no extension, so no URL reaches them: .x/y LICENSE docs/CNAME');
    expect(other).not.toContain('no extension');
    expect(new FakeSite({ shell }).release(SITE, { variables: { ROUTED: 'true' } }).output).not.toContain('extension');
  });

  test('publishes files with odd names byte for byte, and removes them', () => {
    const site = new FakeSite({ shell, variables: { KEEP_RELEASES: '1' } });
    const folder = mkdtempSync(join(tmpdir(), 'odd-'));
    site.release({ ...SITE, ...ODD }, { folder });
    expect(site.content).toEqual({ ...SITE, ...ODD });
    const run = site.release(SITE);
    expect(removals(run)).toEqual(Object.keys(ODD).sort());
    expect(site.content).toEqual(SITE);
    for (const place of [folder, site.dir, '.']) expect(existsSync(join(place, 'pwned'))).toBe(false);
  });
});

describe('a release in place', () => {
  test('invalidates everything for more than 100 files without a hash, but not for 100', () => {
    const site = new FakeSite();

    function pages(n: number) {
      return Object.fromEntries([...Array(n).keys()].map((i) => [`page-${i}.html`, `page ${i}`]));
    }

    site.release({ 'index.html': 'i', ...pages(98) });
    expect(site.invalidations.at(-1)).toHaveLength(100);
    site.release({ 'index.html': 'i' });
    expect(site.invalidations.at(-1)).toHaveLength(98);
    site.release({ 'index.html': 'j', ...pages(99) });
    expect(site.invalidations.at(-1)).toEqual(['/*']);
  });

  test('makes the same number of calls for 10,000 files as for ten, and removes them in batches of 1000', () => {
    const site = new FakeSite({ variables: { KEEP_RELEASES: '1' } });
    const many = Object.fromEntries([...Array(10_000).keys()].map((i) => [`d${i % 100}/file-${i}.txt`, `${i}`]));
    const run = site.release({ ...SITE, ...many });
    expect(run.calls.length).toBeLessThanOrEqual(10);
    expect(Object.keys(site.content)).toHaveLength(10_000 + Object.keys(SITE).length);
    const next = site.release(SITE);
    expect(deletions(next)).toHaveLength(11); // the last one takes the list of the release
    expect(removals(next)).toHaveLength(10_000);
    expect(site.content).toEqual(SITE);
  });

  test('uploads a file again if only its kind has changed', () => {
    const site = new FakeSite();
    site.release(SITE);
    const run = site.release(SITE, { variables: { IMMUTABLE: '^docs/' } });
    expect(uploads(run)).toEqual([['docs/guide.htm', 'docs/index.html', 'docs/logo.svg'], [HASHED]]);
    expect(site.cacheControl('docs/logo.svg')).toBe(CACHE_CONTROL.immutable);
    expect(site.cacheControl(HASHED)).toBe(CACHE_CONTROL.revalidate);
    expect(site.invalidations.at(-1)).toEqual([`/${HASHED}`]);
  });

  test('works at the root of a bucket, next to its own lists', () => {
    const site = new FakeSite({ variables: { SITE_PREFIX: '', KEEP_RELEASES: '1' } });
    const pages = { 'index.html': 'i', 'releases/index.html': 'our releases' };
    site.release({ ...pages, 'old.txt': 'old' });
    site.release(pages);
    expect(site.objects()).toMatchObject(pages);
    expect(Object.keys(site.objects())).toHaveLength(2 + 3);
  });
});

describe('a release is rejected before any call', () => {
  function refused(files: Files, variables: Record<string, string | undefined> = {}) {
    const { status, output, calls } = new FakeSite().run(files, { variables });
    expect(calls).toEqual([]);
    expect(status).toBe(1);
    return output;
  }

  test('without an index.html at the root', () => {
    expect(refused({ 'dist/index.html': 'too deep' })).toContain('the build output has no index.html at its root');
  });

  test('with a symbolic link as index.html', () => {
    const { status, output, calls } = new FakeSite().run(
      { 'real.html': 'x' },
      { links: { 'index.html': 'real.html' } },
    );
    expect([status, calls]).toEqual([1, []]);
    expect(output).toContain('the build output has no index.html at its root');
  });

  test('with a file of the environment behind a symbolic link, or in place of a folder', () => {
    const variables = { FILES: 'config/a/x.json', SITE_FILE_1: '{}' };
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    const linked = new FakeSite().run(SITE, { variables, links: { config: outside } });
    expect([linked.status, linked.calls, readdirSync(outside)]).toEqual([1, [], []]);
    expect(linked.output).toContain('the folder config must not be a symbolic link');
    for (const path of ['config', 'config/a', 'config/a/x.json/y']) {
      expect(refused({ ...SITE, [path]: 'of the build' }, variables)).toContain(
        'the build output must not have a folder or a file in place of config/a/x.json',
      );
    }
  });

  test('without a part of a file of the environment', () => {
    expect(refused(SITE, { FILES: 'a.json b.json', SITE_FILE_1: '{}' })).toContain(
      'the variable SITE_FILE_2 is not set',
    );
  });

  test.each(['new\nline.txt', 'tab\t.txt', 'back\\slash.txt', 'folder\r/x.txt', '\x7f.txt'])(
    'with a file named %j',
    (name) => {
      expect(refused({ ...SITE, [name]: '' })).toContain(
        'file names must not contain a backslash or a control character: ./',
      );
    },
  );

  test('without any of its variables', () => {
    for (const name of [
      'SITE_BUCKET',
      'STATE_PREFIX',
      'DISTRIBUTION_ID',
      'IMMUTABLE',
      'DOCUMENTS',
      'IMMUTABLE_CACHE',
      'REVALIDATE_CACHE',
      'KEEP_RELEASES',
    ]) {
      for (const value of [undefined, '']) {
        expect(refused(SITE, { [name]: value })).toContain(`the variable ${name} is not set`);
      }
    }
  });

  test('with a pattern that grep cannot read', () => {
    const { status, calls } = new FakeSite().run(SITE, { variables: { IMMUTABLE: '(' } });
    expect([status === 0, calls]).toEqual([false, []]);
  });
});

describe('the fake', () => {
  test('rejects an unknown call', () => {
    const site = new FakeSite();
    for (const call of [
      's3 sync . s3://the-site/',
      's3 cp index.html s3://the-site/x --acl public-read',
      's3api list-objects-v2 --bucket the-site --prefix x',
      '',
    ]) {
      expect(site.aws(call.split(' '))).toBe(252);
    }
    expect(site.objects()).toEqual({});
  });

  test('behaves equally in a running process', () => {
    const [resident, direct] = [false, true].map((anew) => {
      const site = new FakeSite();
      const { calls } = site.release({ ...SITE, ...ODD }, { direct: anew });
      const broken = site.run(version(1), { direct: anew, fail: '--recursive:2' });
      return [calls.map(([service, call]) => `${service} ${call}`), site.objects(), site.invalidations, broken.status];
    });
    expect(resident).toEqual(direct);
  });
});
