import { CACHE_CONTROL } from '../../src/aws/front-end-tools';
import {
  FakeSite,
  HASHED,
  IMMUTABLE,
  removals,
  SHELLS,
  SITE,
  switches,
  uploads,
  version,
  type Files,
} from '../helpers/fake-aws/site';

describe.each(SHELLS)('an atomic release, in %s', (_name, shell) => {
  test('uploads everything before the switch, and invalidates nothing', async () => {
    const site = new FakeSite({ shell, atomic: true });
    const run = site.release(SITE);
    const folder = `.releases/${site.liveRelease}`;
    expect(site.liveRelease).toMatch(/^[0-9a-f]{16}$/);
    expect(site.content).toEqual(
      Object.fromEntries(
        Object.entries(SITE).map(([path, content]) => [path === HASHED ? path : `${folder}/${path}`, content]),
      ),
    );
    expect(site.cacheControl(HASHED)).toBe(CACHE_CONTROL.immutable);
    expect(site.cacheControl(`${folder}/index.html`)).toBe(CACHE_CONTROL.revalidate);
    expect(await site.visit(Object.keys(SITE))).toEqual(SITE);

    expect(switches(run)).toHaveLength(1);
    const switched = run.calls.indexOf(switches(run)[0]);
    expect(run.calls.slice(0, switched).filter((call) => call.includes('--recursive'))).toHaveLength(2);
    expect(run.calls.slice(switched + 1)).toEqual([expect.arrayContaining(['s3://the-site/releases/live'])]);
    expect(site.invalidations).toEqual([]);
  });

  test('does not switch if an upload fails', () => {
    const site = new FakeSite({ shell, atomic: true });
    site.release(version(1));
    const before = site.liveRelease;
    const broken = site.run(version(2), { fail: '.releases/' });
    expect([broken.status === 0, switches(broken), site.liveRelease]).toEqual([false, [], before]);
  });

  test('uploads nothing for a rollback within the last five releases', async () => {
    const site = new FakeSite({ shell, atomic: true });
    const [first] = [1, 2, 3].map((n) => {
      site.release({ ...version(n), 'docs/é "1".html': `docs ${n}` });
      return site.liveRelease;
    });
    const run = site.release({ ...version(1), 'docs/é "1".html': 'docs 1' });
    expect(uploads(run)).toEqual([]);
    expect(site.liveRelease).toBe(first);
    expect(await site.visit(['index.html', 'docs/é "1".html'])).toEqual({
      'index.html': 'version 1',
      'docs/é "1".html': 'docs 1',
    });
  });
});

describe('an atomic release', () => {
  test('removes older releases with their folders, but no shared files', async () => {
    const site = new FakeSite({ atomic: true });
    site.put('site/foreign.html', 'not ours');
    for (const n of [1, 2, 3, 4, 5, 6, 7]) site.release({ ...version(n), [HASHED]: 'shared', 'é "1".txt': 'same' });

    expect(site.releases).toHaveLength(5);

    function files(n: number, id: string): Files {
      return {
        [`.releases/${id}/index.html`]: `version ${n}`,
        [`.releases/${id}/é "1".txt`]: 'same',
        [`assets/app-0000000${n}.js`]: `app ${n}`,
      };
    }

    const kept = Object.assign({}, ...[...site.releases].reverse().map((id, i) => files(i + 3, id))) as Files;
    expect(site.content).toEqual({ ...kept, [HASHED]: 'shared', 'foreign.html': 'not ours' });
    expect(Object.keys(site.objects('releases/')).sort()).toEqual(
      [...site.releases.flatMap((id) => [`${id}.done`, `${id}.manifest`]), 'history', 'live'].sort(),
    );
  });

  test('uploads the error page for CloudFront before the switch', () => {
    const site = new FakeSite({ atomic: true, variables: { KEEP_RELEASES: '1' } });
    const run = site.release({ ...SITE, '404.html': 'not here' });
    expect(uploads(run).at(-1)).toEqual(['404.html']);
    expect(run.calls.findIndex((call) => call[3] === 's3://the-site/site/404.html')).toBeLessThan(
      run.calls.indexOf(switches(run)[0]),
    );
    expect(site.cacheControl('404.html')).toBe(CACHE_CONTROL.revalidate);
    expect(site.content[`.releases/${site.liveRelease}/404.html`]).toBe('not here');

    site.release({ ...SITE, '404.html': 'nor here' });
    expect(site.content['404.html']).toBe('nor here');
    site.release(SITE);
    expect(Object.keys(site.content)).not.toContain('404.html');
  });

  test('removes the error page of the previous release if it has none', () => {
    const site = new FakeSite({ atomic: true });
    site.release(SITE);
    site.release({ ...SITE, '404.html': 'not here' });
    site.release(SITE);
    expect(site.content['404.html']).toBeUndefined();
    site.put('site/404.html', 'of others');
    site.release({ ...SITE, 'robots.txt': 'new' });
    expect(site.content['404.html']).toBe('of others');
  });

  test('uploads nothing for the live release', () => {
    const site = new FakeSite({ atomic: true });
    site.release(SITE);
    const before = site.objects();
    expect(uploads(site.release(SITE))).toEqual([]);
    expect(site.objects()).toEqual(before);
  });

  test('uploads a file to the new path if only its kind has changed', () => {
    const site = new FakeSite({ atomic: true });
    site.release(SITE);
    site.release(SITE, { variables: { IMMUTABLE: `${IMMUTABLE}|(^docs/logo)` } });
    expect(site.content['docs/logo.svg']).toBe(SITE['docs/logo.svg']);
    expect(site.cacheControl('docs/logo.svg')).toBe(CACHE_CONTROL.immutable);

    site.release(SITE, { variables: { IMMUTABLE: '^$' } });
    expect(site.content[`.releases/${site.liveRelease}/${HASHED}`]).toBe(SITE[HASHED]);
  });

  test('can follow a release in place, and vice versa', async () => {
    const site = new FakeSite({ atomic: true, variables: { KEEP_RELEASES: '2' } });
    site.release(version(1), { atomic: false });
    expect(site.content).toEqual(version(1));
    site.release({ ...version(2), 'robots.txt': 'same' });
    expect(await site.visit(['index.html', 'robots.txt'])).toEqual({ 'index.html': 'version 2', 'robots.txt': 'same' });
    site.release({ ...version(3), 'robots.txt': 'same' }, { atomic: false });
    expect(site.content).toMatchObject({ ...version(3), 'robots.txt': 'same' });
    const run = site.release({ ...version(4), 'robots.txt': 'same' }, { atomic: false });
    expect(uploads(run)).toEqual([['assets/app-00000004.js'], ['index.html']]);
    expect(removals(run).some((path) => path.startsWith('.releases/'))).toBe(true);
    expect(site.content).toEqual({ ...version(3), ...version(4), 'robots.txt': 'same' });
  });

  test(
    'of a site that was released in place, whose content is the same, makes a folder for it, and the other way ' +
      'round',
    () => {
      const site = new FakeSite({ atomic: true });
      site.release(SITE, { atomic: false });
      site.release(SITE);
      expect(site.content[`.releases/${site.liveRelease}/index.html`]).toBe(SITE['index.html']);
      site.put('site/index.html', 'what an older release in place left');
      site.release(SITE, { atomic: false });
      expect(site.content).toMatchObject(SITE);
    },
  );
});
