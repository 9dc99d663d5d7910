import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorOf, EXAMPLE, FREQUENT } from './errors';
import { PAGES, ROOT, textOf } from './pages';

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

/** Ids of the warnings of the patterns, without the name in brackets. */
const warnings = new Set(
  readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('check/'))
    .flatMap((name) => [
      ...textOf(`src/${name}`).matchAll(/(?:\bid: `|`cdk-pipeline-patterns:)([a-z]+(?:-[a-z]+)+)\[/g),
    ])
    .map(([, id]) => id),
);

test('the page lists the warnings of the patterns, and no others', () => {
  const listed = [...page.matchAll(/^\| `([a-z-]+)\[[^\]]+\]` \|/gm)].map(([, id]) => id);
  expect(warnings.size).toBeGreaterThan(5);
  expect([...listed].sort()).toEqual([...warnings].sort());
});

test('every warning that a page names exists', () => {
  const named = PAGES.flatMap((name) => [...textOf(name).matchAll(/cdk-pipeline-patterns:([a-z-]+)/g)]);
  expect(named.length).toBeGreaterThan(3);
  expect(named.map(([, id]) => id).filter((id) => !warnings.has(id))).toEqual([]);
});
