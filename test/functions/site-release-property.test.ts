import fc from 'fast-check';
import { FakeSite, IMMUTABLE, type Files } from '../helpers/fake-aws/site';

const HASHED = ['assets/app-AAAAAAAA.js', 'assets/app-BBBBBBBB.js', '_astro/page.css'];
const OTHERS = ['about/index.html', 'docs/a "b" é.html', 'sw.js', '404.html', 'data.json', "docs/it's.txt"];

/** A hashed file has one content for ever, any other a new one now and then. */
const files: fc.Arbitrary<Files> = fc
  .tuple(
    fc.subarray(HASHED),
    fc.dictionary(fc.constantFrom(...OTHERS), fc.constantFrom('1', '2'), { noNullPrototype: true }),
    fc.constantFrom('1', '2'),
  )
  .map(([hashed, others, index]) => ({
    ...Object.fromEntries(hashed.map((path) => [path, `content of ${path}`])),
    ...others,
    'index.html': index,
  }));

function unhashed(content: Files): Files {
  return Object.fromEntries(Object.entries(content).filter(([path]) => !HASHED.includes(path)));
}

/** Sometimes an invocation ends in one of its calls. */
const step = fc.record({ files, dies: fc.option(fc.integer({ min: 1, max: 14 }), { freq: 3 }) });

/** Every object that CloudFront can reach belongs to a release that is kept. */
function expectNothingElse(site: FakeSite): void {
  const state = site.objects('releases/');

  // An invocation that ended at once left its name and nothing more.
  function paths(id: string) {
    return (state[`${id}.manifest`] ?? '').split('\n').map((line) => line.slice(66));
  }

  const kept = site.releases.flatMap((id) => paths(id).flatMap((path) => [path, `.releases/${id}/${path}`]));
  expect(Object.keys(site.content).filter((path) => !kept.includes(path))).toEqual([]);
  const known = new Set(['history', 'live', ...site.releases.flatMap((id) => [`${id}.manifest`, `${id}.done`])]);
  expect(Object.keys(state).filter((name) => !known.has(name))).toEqual([]);
}

test.each([false, true])(
  'serves the complete last release after any releases and failures (atomic: %s)',
  async (atomic) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8, size: '-1' }), async (steps) => {
        const site = new FakeSite({ atomic, variables: { KEEP_RELEASES: '2' } });
        let live: Files = {};
        for (const { files: next, dies } of steps) {
          const before = site.liveRelease;
          const { status, calls } = site.run(next, dies === null ? {} : { fail: ` :${dies}` });
          // A release is live while it waits for its invalidation.
          const waits = dies !== null && calls[dies - 1]?.[1] === 'wait';
          expect(status === 0).toBe(dies === null || calls.length < dies || waits);
          if (status !== 0 && !atomic) continue;
          if (status === 0 || site.liveRelease !== before) live = next;
          expect(await site.visit(Object.keys(live))).toEqual(live);
          if (status !== 0) continue;
          expectNothingElse(site);
          if (!atomic) expect(unhashed(site.content)).toEqual(unhashed(live));
          if (atomic && live['404.html'] !== undefined) expect(site.content['404.html']).toBe(live['404.html']);
        }
      }),
      { numRuns: 15 },
    );
  },
  120_000,
);

test('generates files of both kinds', () => {
  const hashed = [...HASHED, ...OTHERS].filter((path) => new RegExp(IMMUTABLE).test(path));
  expect(hashed).toEqual(HASHED);
});
