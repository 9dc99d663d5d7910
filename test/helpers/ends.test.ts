import { ends } from './ends';

test('returns the result of a function', () => {
  expect(ends(() => 7)).toBe(7);
  const error = new RangeError('of its own');
  expect(() =>
    ends(() => {
      throw error;
    }),
  ).toThrow(error);
});

test.each<[string, () => unknown]>([
  [
    'a loop',
    () => {
      for (;;) void 0;
    },
  ],
  ['a regular expression that explodes', () => /^(a+)+$/.test(`${'a'.repeat(60)}b`)],
])('aborts %s that does not end', (_, spec) => {
  expect(() => ends(spec, 100)).toThrow(/timed out/);
});
