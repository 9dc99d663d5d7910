import fc from 'fast-check';
import { both, either, equals, matches, not } from '../../src/assembly/match';
import { Unknowns } from '../../src/assembly/unknown';
import { ends } from '../helpers/ends';

const unknowns = new Unknowns();
const U = unknowns.text({ kind: 'parameter', description: 'U' });
const V = unknowns.text({ kind: 'parameter', description: 'V' });

test.each([
  ['*', '', 'yes'],
  ['*', 'x', 'yes'],
  ['a*c', 'abbc', 'yes'],
  ['a?c', 'ac', 'no'],
  ['a*', 'b', 'no'],
  ['*a*b*', 'xaxbx', 'yes'],
  ['', '', 'yes'],
  ['', 'a', 'no'],
  [`${U}`, `${U}`, 'yes'],
  [`${U}`, `${V}`, 'unknown'],
  [`a${U}`, `b${U}`, 'no'],
  ['*', U, 'yes'],
  ['?', U, 'unknown'],
  ['a*', `a${U}`, 'yes'],
  ['a*', `${U}a`, 'unknown'],
  ['b*', `a${U}`, 'no'],
  [`arn:${U}:x`, 'arn:aws:x', 'unknown'],
  [`arn:${U}:x`, 'arn:aws:y', 'no'],
  [`${U}*`, `${U}b`, 'yes'],
  ['a', `${U}`, 'unknown'],
] as const)('%j matches %j: %s', (pattern, text, answer) => expect(matches(pattern, text)).toBe(answer));

test.each([
  [U, U, 'yes'],
  [U, V, 'unknown'],
  ['a*', 'ab', 'no'],
  ['a*', `a${U}`, 'unknown'],
  [`${U}x`, 'ay', 'no'],
  ['', U, 'unknown'],
] as const)('%j equals %j: %s', (a, b, answer) => expect(equals(a, b)).toBe(answer));

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
const plain = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });

test('matches like a regular expression', () => {
  fc.assert(
    fc.property(letters, plain, (pattern, text) => {
      const regex = new RegExp(`^${pattern.replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 's');
      expect(matches(pattern, text)).toBe(regex.test(text) ? 'yes' : 'no');
    }),
    { numRuns: 2000 },
  );
});

test('returns an answer that holds for all values of an unknown part', () => {
  const withUnknowns = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', U, V), maxLength: 6 });
  const textWithUnknowns = fc.string({ unit: fc.constantFrom('a', 'b', U, V), maxLength: 6 });
  fc.assert(
    fc.property(withUnknowns, textWithUnknowns, plain, plain, (pattern, text, u, v) => {
      function fill(value: string) {
        return value.replaceAll(U, u).replaceAll(V, v);
      }

      const answer = matches(pattern, text);
      if (answer !== 'unknown') expect(matches(fill(pattern), fill(text))).toBe(answer);
    }),
    { numRuns: 5000 },
  );
});

test.each<[string, string, string]>([
  [`${'a*'.repeat(500)}b`, 'a'.repeat(2000), 'no'],
  [`${'a*'.repeat(500)}b`, 'a'.repeat(1_000_000), 'unknown'],
  [`${'*a?'.repeat(200)}${U}`, `${'a'.repeat(1000)}${V}`, 'unknown'],
])('matches a pattern with exponential backtracking in limited time: %#', (pattern, text, answer) => {
  expect(ends(() => matches(pattern, text))).toBe(answer);
});

test('combines unknown results', () => {
  expect([
    both(['yes', 'unknown']),
    both(['no', 'unknown']),
    either(['yes', 'unknown']),
    either(['no', 'unknown']),
    not('unknown'),
  ]).toEqual(['unknown', 'no', 'yes', 'unknown', 'unknown']);
  expect([both([]), either([])]).toEqual(['yes', 'no']);
});

test('describes unknown parts', () => {
  const text = `arn:aws:iam::${U}:role/${V}`;
  expect(unknowns.show(text)).toBe('arn:aws:iam::<U>:role/<V>');
  expect(unknowns.reasonsIn(text).map((reason) => reason.description)).toEqual(['U', 'V']);
  expect(unknowns.text({ kind: 'parameter', description: 'U' })).toBe(U);
});
