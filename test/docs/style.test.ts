import { blocksOf, linesOf, PAGES, textOf, type Block, type Line } from './pages';
import { BANNED_OPENING, BANNED_WORDS } from './words';

const MAX_WIDTH = 120;
const MAX_README_LINES = 200;

const lines = PAGES.flatMap((page) => linesOf(page));

/** The table of renames lists the former names. */
function isProse({ place }: Block): boolean {
  const [page, number] = place.split(':');
  return page !== 'CHANGELOG.md' || Number(number) < renamesBegin;
}

const renamesBegin =
  lines.find(({ page, text }) => page === 'CHANGELOG.md' && text === '### Renamed')?.number ?? Infinity;

const prose = blocksOf(lines).filter(isProse);

function sentencesOf({ kind, text }: Block): string[] {
  if (kind === 'heading' || kind === 'table') return [];
  return text
    .replace(/^(?:[-*]|\d+\.) /, '')
    .split(/(?<=[.?!:]) (?=[A-Z`*])/)
    .map((sentence) => sentence.replace(/^\*\*/, ''));
}

function wordsIn(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) =>
    BANNED_WORDS.filter(({ pattern }) => pattern.test(block.text)).map(
      ({ pattern, write }) => `${block.place} '${pattern.exec(block.text)![0]}': write ${write}`,
    ),
  );
}

function openingsIn(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) =>
    sentencesOf(block)
      .filter((sentence) => BANNED_OPENING.pattern.test(sentence))
      .map((sentence) => `${block.place} '${sentence.slice(0, 60)}': begin with ${BANNED_OPENING.write}`),
  );
}

/** A row of a table cannot wrap, and neither can a line that is one link or one word. */
function canWrap({ kind, text }: Line): boolean {
  if (kind === 'code' || kind === 'table') return false;
  const words = text
    .trim()
    .replace(/^(?:[-*]|\d+\.) /, '')
    .replace(/^\[[^\]]+\]:? ?\(?\S+\)?[.,;:]?$/, 'link');
  return /\s/.test(words);
}

function tooWide(some: readonly Line[]): string[] {
  return some
    .filter((line) => line.text.length > MAX_WIDTH && canWrap(line))
    .map(({ page, number, text }) => `${page}:${number} has ${text.length} columns`);
}

test('all pages were read', () => {
  expect(PAGES.length).toBeGreaterThan(20);
  expect(prose.length).toBeGreaterThan(500);
});

describe('words', () => {
  test.each(BANNED_WORDS)('$pattern finds its example and leaves the other alone', ({ pattern, bad, good }) => {
    expect(bad).toMatch(pattern);
    expect(good).not.toMatch(pattern);
  });

  test('openings', () => {
    function openings(text: string): string[] {
      return openingsIn([{ place: 'page', kind: 'text', text }]);
    }

    expect(openings(BANNED_OPENING.bad)).toHaveLength(1);
    expect(openings(`One sentence. ${BANNED_OPENING.bad}`)).toHaveLength(1);
    expect(openings(BANNED_OPENING.good)).toEqual([]);
  });

  test('are found over line breaks, in items, tables and headings, but not in code', () => {
    const page = ['# A recipe', 'The stage goes', 'back.', '- a recipe', '| recipe |', '```', 'recipe', '```'].join(
      '\n',
    );
    expect(wordsIn(blocksOf(linesOf('page', page))).map((found) => found.split(' ')[0])).toEqual([
      'page:1',
      'page:2',
      'page:4',
      'page:5',
    ]);
  });

  test('no page contains a banned word', () => expect(wordsIn(prose)).toEqual([]));

  test('no sentence begins with a clause in place of a noun', () => expect(openingsIn(prose)).toEqual([]));
});

describe('width', () => {
  const wide = 'word '.repeat(30);

  test('a wide line is found, in prose and in lists', () => {
    expect(tooWide(linesOf('page', `${wide}\n- ${wide}\n# ${wide}`))).toHaveLength(3);
  });

  test('code, rows of tables and links that cannot wrap are exempt', () => {
    const link = `https://example.com/${'x'.repeat(120)}`;
    expect(
      tooWide(linesOf('page', `\`\`\`\n${wide}\n\`\`\`\n| ${wide} |\n[a link](${link}).\n[name]: ${link}`)),
    ).toEqual([]);
    expect(tooWide(linesOf('page', `Some words [a link](${link})`))).toHaveLength(1);
  });

  test(`no line of prose has more than ${MAX_WIDTH} columns`, () => expect(tooWide(lines)).toEqual([]));
});

describe('README', () => {
  test(`has at most ${MAX_README_LINES} lines`, () => {
    expect(textOf('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(MAX_README_LINES);
  });

  test('shows the two commands that CI runs', () => {
    const commands = lines.filter(({ page, kind }) => page === 'README.md' && kind === 'code').map(({ text }) => text);
    expect(commands).toEqual(expect.arrayContaining(['npm ci && npm run demo', 'npm ci && npm test']));
    const ci = textOf('.ci/run');
    expect(ci).toContain("step 'install' npm ci");
    expect(ci).toMatch(/^ *step '[^']+' npm run demo$/m);
    expect(ci).toMatch(/^ *step '[^']+' npm test$/m);
  });
});
