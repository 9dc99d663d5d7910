import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** A line of a page, and what it is a part of. */
export interface Line {
  readonly page: string;
  readonly number: number;
  readonly text: string;
  readonly kind: 'code' | 'heading' | 'item' | 'table' | 'text' | 'blank';
}

/** Returns the paths of all Markdown files below a folder, relative to the root of the repository. */
export function pagesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`)
    .sort();
}

/** Every page that readers see. */
export const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...pagesBelow('docs')];

/** Returns the text of a file of the repository. */
export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Returns whether a file or folder of the repository exists. */
export function isPath(path: string): boolean {
  return existsSync(join(ROOT, path));
}

function kindOf(text: string): Exclude<Line['kind'], 'code'> {
  if (text.trim() === '') return 'blank';
  if (/^#{1,6} /.test(text)) return 'heading';
  if (/^ *\|/.test(text)) return 'table';
  return /^ *(?:[-*]|\d+\.) /.test(text) ? 'item' : 'text';
}

/** Returns the lines of a page. A fence and everything inside of it is code. */
export function linesOf(page: string, text = textOf(page)): Line[] {
  let fence: string | undefined;
  return text.split('\n').map((line, index) => {
    const [, mark] = /^ *(`{3,}|~{3,})/.exec(line) ?? [];
    const isCode = fence !== undefined || mark !== undefined;
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence)) fence = undefined;
    return { page, number: index + 1, text: line, kind: isCode ? 'code' : kindOf(line) };
  });
}

/** A heading, an item of a list, a row of a table or a paragraph, with its lines joined. */
export interface Block {
  readonly place: string;
  readonly kind: Line['kind'];
  readonly text: string;
}

/** Returns the prose of a page. Lines that belong together are joined, since a sentence may go over several lines. */
export function blocksOf(lines: readonly Line[]): Block[] {
  const blocks: Block[] = [];
  let open = false;
  for (const { page, number, text, kind } of lines) {
    if (kind === 'text' && open) {
      const last = blocks.pop()!;
      blocks.push({ ...last, text: `${last.text} ${proseOf(text)}` });
      continue;
    }
    open = kind === 'text' || kind === 'item';
    if (kind !== 'code' && kind !== 'blank') blocks.push({ place: `${page}:${number}`, kind, text: proseOf(text) });
  }
  return blocks;
}

/** Returns the words of a line: without the mark of a quotation and the targets of links. */
function proseOf(text: string): string {
  return text
    .trim()
    .replace(/^> ?/, '')
    .replace(/\]\([^)\s]*\)/g, ']');
}

/** Returns the anchors of a page, as GitHub makes them of its headings. */
export function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const { kind, text: heading } of linesOf('', text)) {
    if (kind !== 'heading') continue;
    const plain = heading
      .replace(/^#+ /, '')
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[`*]/g, '');
    const slug = plain
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const taken = [slug, ...Array.from({ length: 20 }, (_, i) => `${slug}-${i + 1}`)].find(
      (name) => !anchors.has(name),
    )!;
    anchors.add(taken);
  }
  return anchors;
}
