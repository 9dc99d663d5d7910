import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFECTS } from '../check/rules/planted/defects';

const PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'trust', 'validators.md'), 'utf8');
const [counts, defects] = PAGE.split('## Every defect').map((part) =>
  part
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| templates of'))
    .map((line) => line.slice(2, -2).split(' | ')),
);

test('the page of the validators lists every planted defect with the rule that finds it', () => {
  const expected = Object.entries(DEFECTS).flatMap(([kind, ofKind]) =>
    ofKind.map(({ name, source, rule }) => [kind, `[${name}](${source})`, expect.stringContaining(rule) as string]),
  );

  expect(defects.map((cells) => cells.slice(0, 3))).toEqual(expected);
});

test.each([...Object.keys(DEFECTS), 'all'])('the page counts what is found in templates of %s', (kind) => {
  const rows = defects.filter(([ofKind]) => kind === 'all' || ofKind === kind);
  const found = [2, 3, 4].map((column) => rows.filter((cells) => cells[column] !== '–').length);

  expect(counts.find(([ofKind]) => ofKind === kind)).toEqual([kind, ...[rows.length, ...found].map(String)]);
});
