import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { anchorsOf, isPath, linesOf, PAGES, pagesBelow, ROOT, textOf, type Line } from './pages';

/** README is read on registries, too, where relative links lead nowhere. */
const REPOSITORY = 'https://github.com/cdk-pipeline-patterns/cdk-pipeline-patterns/';
const IN_REPOSITORY = new RegExp(`^${REPOSITORY}(?:blob|tree)/main/`);

interface Link {
  readonly page: string;
  readonly place: string;
  readonly target: string;
}

function linksOf(lines: readonly Line[]): Link[] {
  return lines
    .filter(({ kind }) => kind !== 'code')
    .flatMap(({ page, number, text }) => {
      const prose = text.replace(/`[^`]*`/g, '');
      const inline = [...prose.matchAll(/\]\(([^)\s]+)\)/g)];
      const definitions = [...prose.matchAll(/^ *\[[^\]]+\]: +(\S+)$/g)];
      return [...inline, ...definitions].map(([, target]) => ({ page, place: `${page}:${number}`, target }));
    });
}

function isInternal({ target }: Link): boolean {
  return IN_REPOSITORY.test(target) || !/^[a-z]+:/.test(target);
}

/** Returns the file that a link leads to, and its anchor. */
function resolve({ page, target }: Link): { file: string; anchor?: string } {
  const [path, anchor] = target.replace(IN_REPOSITORY, '/').split('#');
  if (path === '') return { file: page, anchor };
  return { file: path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(page), path), anchor };
}

function brokenOf(links: readonly Link[]): string[] {
  return links.filter(isInternal).flatMap((link) => {
    const { file, anchor } = resolve(link);
    if (!isPath(file)) return [`${link.place} leads to ${file}, which does not exist`];
    if (anchor === undefined) return [];
    return anchorsOf(textOf(file)).has(anchor)
      ? []
      : [`${link.place} leads to #${anchor}, which ${file} does not have`];
  });
}

/** Names that a reference-style link uses without a definition. */
function undefinedNames(page: string, text = textOf(page)): string[] {
  const lines = linesOf(page, text).filter(({ kind }) => kind !== 'code');
  const prose = lines.map((line) => line.text.replace(/`[^`]*`/g, '')).join('\n');
  const defined = new Set([...prose.matchAll(/^ *\[([^\]]+)\]: /gm)].map(([, name]) => name.toLowerCase()));
  return [...prose.matchAll(/\]\[([^\]]+)\]/g)]
    .map(([, name]) => name)
    .filter((name) => !defined.has(name.toLowerCase()));
}

const links = PAGES.flatMap((page) => linksOf(linesOf(page)));

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js|sh|md)$/.test(name) && !name.includes('node_modules'))
    .map((name) => `${folder}/${name}`);
}

test('links were read, those of README included', () => {
  expect(links.filter(isInternal).length).toBeGreaterThan(100);
  expect(links.filter(({ page, target }) => page === 'README.md' && IN_REPOSITORY.test(target)).length).toBeGreaterThan(
    5,
  );
});

test('a link to a missing page, a missing anchor or a missing name is found', () => {
  const page = [
    '[a](README.md)',
    '[b](missing.md)',
    '[c](README.md#missing)',
    '[d](#here)',
    `[e](${REPOSITORY}blob/main/docs/missing.md)`,
    '# Here',
    '`[f](missing.md)`',
    '```',
    '[g](missing.md)',
    '```',
  ].join('\n');
  const broken = brokenOf(linksOf(linesOf('page.md', page)).filter(({ target }) => target !== '#here'));
  expect(broken.map((found) => found.split(' ')[0])).toEqual(['page.md:2', 'page.md:3', 'page.md:5']);
  expect(undefinedNames('page', '[a][x] and [b][y]\n\n[x]: https://example.com')).toEqual(['y']);
});

test('anchors are those of GitHub', () => {
  const page =
    '# `cdk destroy`: it leaves\n## A, b & c-d\n## A, b & c-d\n```\n# no heading\n```\n## [Link](x.md) here?';
  expect([...anchorsOf(page)]).toEqual(['cdk-destroy-it-leaves', 'a-b--c-d', 'a-b--c-d-1', 'link-here']);
});

test('every internal link and anchor resolves', () => expect(brokenOf(links)).toEqual([]));

test('every name of a link is defined', () => expect(PAGES.flatMap((page) => undefinedNames(page))).toEqual([]));

test('README has absolute links, since registries show it', () => {
  expect(links.filter(({ page, target }) => page === 'README.md' && !/^https:|^#/.test(target))).toEqual([]);
});

test('every page of docs/ can be reached from docs/README.md', () => {
  const reached = new Set<string>();
  const pending = ['docs/README.md'];
  while (pending.length > 0) {
    const page = pending.pop()!;
    if (reached.has(page)) continue;
    reached.add(page);
    pending.push(
      ...links
        .filter((link) => link.page === page && isInternal(link))
        .map((link) => resolve(link).file)
        .filter((file) => PAGES.includes(file)),
    );
  }
  expect(pagesBelow('docs').filter((page) => !reached.has(page))).toEqual([]);
});

test('every page that code, tests, examples and decisions name exists', () => {
  const named = ['src', 'test', 'examples', 'projenrc', 'bench', 'decisions']
    .flatMap(sourcesBelow)
    .filter((file) => !file.startsWith('test/docs/'))
    .flatMap((file) =>
      [...textOf(file).matchAll(/(?<![\w/.:-])(?:\.\.\/)*(docs\/[\w/-]+\.md)\b/g)].map(([, page]) => ({ file, page })),
    );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter(({ page }) => !isPath(page))).toEqual([]);
});
