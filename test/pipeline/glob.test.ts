import { execFileSync } from 'node:child_process';
import { globToRegex } from '../../src/pipeline/glob';

const TABLE: ReadonlyArray<[glob: string, matches: string[], others: string[]]> = [
  ['assets/**', ['assets/a.js', 'assets/x/y.css'], ['assets', 'my/assets/a.js', 'assetsa.js']],
  ['*.js', ['a.js', '.js'], ['a/b.js', 'ajs', 'a.jsx']],
  ['**/*.js', ['a.js', 'x/y/a.js'], ['a.css']],
  ['a?c', ['abc'], ['ac', 'a/c', 'abbc']],
  ['a+b@2x.png', ['a+b@2x.png'], ['aab@2x.png', 'a+b@2xxpng']],
];

test.each(TABLE)('%s', (glob, matches, others) => {
  const pattern = new RegExp(globToRegex(glob));
  expect(matches.filter((path) => !pattern.test(path))).toEqual([]);
  expect(others.filter((path) => pattern.test(path))).toEqual([]);
});

test('matches the same texts with grep -E', () => {
  for (const [glob, matches, others] of TABLE) {
    const found = execFileSync('grep', ['-E', '--', globToRegex(glob)], {
      input: [...matches, ...others].join('\n'),
      encoding: 'utf8',
    });
    expect(found.trimEnd().split('\n')).toEqual(matches);
  }
});
