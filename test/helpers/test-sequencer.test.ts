import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface SequencerClass {
  readonly FIRST: readonly string[];
  new (options: object): { sort(tests: readonly object[]): Array<{ path: string }> };
}

const Sequencer = jest.requireActual<SequencerClass>('../../projenrc/test-sequencer');
const { FIRST } = Sequencer;

test('what begins first exists', () => {
  expect(FIRST.filter((file) => !existsSync(join(__dirname, '..', file)))).toEqual([]);
});

test('the files that take longest begin first, in their order, and no file is lost', () => {
  const others = ['/a/test/aws/facts.test.ts', '/a/test/api/loading.test.ts'];
  const [longest, second] = FIRST.map((file) => `/a/test/${file}`);
  const context = {
    config: { cacheDirectory: mkdtempSync(join(tmpdir(), 'sequencer-')), id: 'x' },
    hasteFS: { getSize: () => 1 },
  };
  const tests = [others[0], second, others[1], longest].map((path) => ({ path, context }));
  const sorted = new Sequencer({ contexts: [], globalConfig: {} }).sort(tests).map(({ path }) => path);
  expect(sorted.slice(0, 2)).toEqual([longest, second]);
  expect(sorted.slice(2).sort()).toEqual([...others].sort());
});
