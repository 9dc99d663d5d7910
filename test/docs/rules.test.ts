import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICE_RULES } from '../../src/check/rules';

test('the page of the rules lists every rule with its severity, its text and its source', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'reference', 'rules.md'), 'utf8');
  const rows = page.split('\n').filter((line) => /^\| [A-Z]\w+ \|/.test(line));

  expect(rows).toEqual(
    SERVICE_RULES.map(({ id, severity, summary, see }) => `| ${id} | ${severity} | ${summary} [AWS](${see}) |`),
  );
});
