import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/how-to/migrate-from-copilot.md'), 'utf8');

/** The rows of all tables that name an example. */
const ROWS = page.split('\n').flatMap((line) => {
  const [, key, here, example] = /^\| (.+) \| (.+) \| ([\w-]+) \|$/.exec(line) ?? [];
  return key === undefined || key === 'key in Copilot' ? [] : [{ key, here, example }];
});

test('the tables were read', () => expect(ROWS.length).toBeGreaterThan(25));

test.each(ROWS)('$key is $here in $example', ({ here, example }) => {
  const file = join(root, 'examples', `${example}.ts`);
  expect(existsSync(file)).toBe(true);
  const code = readFileSync(file, 'utf8');
  const words = [...here.matchAll(/`([^`]+)`/g)].map(([, word]) => word);
  expect(words.length).toBeGreaterThan(0);
  // As a separate word: `env` is not found in `environments`.
  for (const word of words) {
    expect(code).toMatch(new RegExp(`(?<![\\w.])${word.replace('.', '\\.')}(?!\\w)|\\.${word.replace('.', '\\.')}\\(`));
  }
});
