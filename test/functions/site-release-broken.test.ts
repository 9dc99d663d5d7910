import { FakeSite, HASHED, SHELLS, SITE, version } from '../helpers/fake-aws/site';

jest.setTimeout(60_000);

const OLD = { ...SITE, 'about.html': 'old', 'data.json': 'old' };
const NEW = { ...SITE, 'about.html': 'new', 'data.json': 'new', 'assets/app-87654321.js': 'new' };

describe('a release in place', () => {
  test.each(SHELLS)(
    'is undone by a release of the previous site after a failure among the documents, in %s',
    (_name, shell) => {
      const site = new FakeSite({ shell });
      site.release(SITE);
      const next = Object.fromEntries(Object.keys(SITE).map((path) => [path, path === HASHED ? SITE[path] : 'new']));
      expect(site.run(next, { fail: '--recursive:2' }).status).not.toBe(0);
      expect(site.content).not.toEqual(SITE);
      expect(site.content).not.toEqual(next);

      site.release(SITE);
      expect(site.content).toEqual(SITE);
      expect(site.invalidations.at(-1)).toEqual(
        expect.arrayContaining(
          Object.keys(SITE)
            .filter((path) => path !== HASHED)
            .map((path) => `/${path}`),
        ),
      );
    },
  );

  test('is repaired by the next release after a failure in any call', () => {
    const start = new FakeSite();
    start.release(OLD);
    const broken = start.broken(NEW);
    expect(broken).toHaveLength(8);
    for (const wreck of broken) {
      for (const after of [OLD, NEW]) {
        const site = wreck.fork();
        site.release(after);
        expect(site.content).toMatchObject(after);
      }
    }
  });

  test('fails if the invalidation fails, and invalidates in the next invocation', () => {
    const start = new FakeSite();
    start.release(SITE);
    const next = { ...SITE, 'robots.txt': 'new' };
    expect(start.run(next, { fail: 'create-invalidation' }).status).not.toBe(0);
    const before = start.invalidations.length;
    start.release(next);
    expect(start.invalidations).toHaveLength(before + 1);
    expect(start.invalidations.at(-1)).toContain('/robots.txt');
  });

  test('waits twice for an invalidation, and succeeds with a warning if it is not complete', () => {
    for (const [fail, waits, warns] of [
      ['cloudfront wait', 2, false],
      ['cloudfront wait:all', 2, true],
    ] as const) {
      const site = new FakeSite();
      site.release(SITE);
      const { calls, output } = site.release({ ...SITE, 'robots.txt': 'new' }, { fail });
      expect(calls.filter(([, call]) => call === 'wait')).toHaveLength(waits);
      expect(output.includes('warning: the invalidation I2EXAMPLE is still in progress')).toBe(warns);
      expect(site.releases[0]).toBe(site.objects('releases/').live);
    }
  });

  test('removes what an interrupted release has left, but no files of others', () => {
    const start = new FakeSite();
    start.put('site/foreign.html', 'not ours');
    start.release(SITE);
    for (const wreck of start.broken({ ...SITE, '.env': 'SECRET=1', 'assets/app-87654321.js.map': '{}' })) {
      wreck.release(SITE);
      expect(wreck.content).toEqual({ ...SITE, 'foreign.html': 'not ours' });
    }
  });

  test('fails without changes if it cannot list the releases', () => {
    const site = new FakeSite();
    site.release(SITE);
    const run = site.run({ ...SITE, 'robots.txt': 'new' }, { fail: 'list-objects-v2' });
    expect(run.status).not.toBe(0);
    expect(run.calls).toHaveLength(1);
  });

  test('leaves the cleanup to the next release after a failure', () => {
    const start = new FakeSite({ variables: { KEEP_RELEASES: '1' } });
    start.release({ ...version(1), 'a.txt': 'a', 'b.txt': 'b' });
    for (const fail of ['delete-objects', 'delete-objects:2', 'releases/history --only-show-errors:2']) {
      const site = start.fork();
      expect(site.run(version(2), { fail }).status).not.toBe(0);
      expect(site.content).toMatchObject(version(2));
      site.release(version(2));
      expect(site.content).toEqual(version(2));
      expect(Object.keys(site.objects('releases/'))).toHaveLength(3);
    }
  });
});

describe('an atomic release', () => {
  test('serves the old or the new site after a failure in any call, and the next release repairs it', async () => {
    const start = new FakeSite({ atomic: true, variables: { KEEP_RELEASES: '1' } });
    start.release(OLD);
    const broken = start.broken(NEW);
    expect(broken).toHaveLength(11);
    for (const wreck of broken) {
      const seen = wreck.liveRelease === start.liveRelease ? OLD : NEW;
      expect(await wreck.visit(Object.keys(seen))).toEqual(seen);
      for (const after of [OLD, NEW]) {
        const site = wreck.fork();
        site.release(after);
        expect(await site.visit(Object.keys(after))).toEqual(after);
      }
    }
  });

  test('leaves no files of an old failed release', () => {
    const site = new FakeSite({ atomic: true, variables: { KEEP_RELEASES: '1' } });
    site.release(version(1));
    expect(site.run({ ...version(2), 'about.html': 'about' }, { fail: '.releases/' }).status).not.toBe(0);
    expect(Object.keys(site.content)).toContain('assets/app-00000002.js');
    site.release(version(3));
    expect(Object.keys(site.content).sort()).toEqual([
      `.releases/${site.liveRelease}/index.html`,
      'assets/app-00000003.js',
    ]);
    expect(Object.keys(site.objects('releases/'))).toHaveLength(4);
  });

  test('restores a partly removed folder', async () => {
    const start = new FakeSite({ atomic: true, variables: { KEEP_RELEASES: '1' } });
    start.release(OLD);
    for (const fail of [
      'delete-objects',
      'delete-objects:2',
      'delete-objects:3',
      'releases/history --only-show-errors:2',
    ]) {
      const site = start.fork();
      expect(site.run(version(1), { fail }).status).not.toBe(0);
      site.release(OLD);
      expect(await site.visit(Object.keys(OLD))).toEqual(OLD);
    }
  });
});
