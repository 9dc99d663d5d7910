import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorOf, EXAMPLE, FREQUENT } from './errors';
import { ROOT, textOf } from './pages';

const page = textOf('docs/reference/errors.md');

/** The code block that follows a line of the page. */
function blockAfter(line: string): string | undefined {
  const [, rest] = page.split(`\n${line}\n`);
  return rest === undefined ? undefined : /```text\n([\s\S]*?)\n```/.exec(rest)?.[1];
}

test('the example ends in the errors that the page shows', () => {
  expect(blockAfter('The error lists four problems:')).toBe(errorOf(EXAMPLE));
});

test.each(Object.entries(FREQUENT))('%s: the page shows the error', (situation, build) => {
  expect(blockAfter(`**${situation}**`)).toBe(errorOf(build));
});

test('no other situation is on the page', () => {
  expect([...page.matchAll(/^\*\*(.+)\*\*$/gm)].map(([, situation]) => situation)).toEqual(Object.keys(FREQUENT));
});

test('the page lists the warnings of the patterns, and no others', () => {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('check/'))
    .map((name) => textOf(`src/${name}`));
  const ids = sources.flatMap((text) =>
    [...text.matchAll(/(?:\bid: `|`cdk-pipeline-patterns:)([a-z]+(?:-[a-z]+)+)\[/g)].map(([, id]) => id),
  );
  const listed = [...page.matchAll(/^\| `([a-z-]+)\[[^\]]+\]` \|/gm)].map(([, id]) => id);
  expect(ids.length).toBeGreaterThan(5);
  expect([...listed].sort()).toEqual([...new Set(ids)].sort());
});
