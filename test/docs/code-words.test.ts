import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { BANNED_WORDS } from './words';

const ROOT = join(__dirname, '../..');
const COMMENT = /^\s*(#|\/\/)/;

/** AWS calls the execution of a test on devices a run. */
const DEVICE_FARM = /device-farm/;

interface CodeText {
  readonly place: string;
  readonly text: string;
}

function sources(): string[] {
  return ts.sys.readDirectory(join(ROOT, 'src'), ['.ts', '.js', '.sh'], undefined, undefined);
}

/** Returns the comments of a script, and the comments and sentences of a module. */
function textsOf(file: string): CodeText[] {
  const content = readFileSync(file, 'utf8');
  const path = relative(ROOT, file);
  if (!file.endsWith('.ts')) {
    return content
      .split('\n')
      .flatMap((line, i) => (COMMENT.test(line) ? [{ place: `${path}:${i + 1}`, text: line }] : []));
  }
  return textsOfModule(path, content);
}

function textsOfModule(path: string, content: string): CodeText[] {
  const module = ts.createSourceFile(path, content, ts.ScriptTarget.Latest, true);
  const texts = new Map<number, string>();

  function visit(node: ts.Node): void {
    const leading = ts.getLeadingCommentRanges(content, node.getFullStart()) ?? [];
    const trailing = ts.getTrailingCommentRanges(content, node.end) ?? [];
    for (const { pos, end } of [...leading, ...trailing]) texts.set(pos, content.slice(pos, end));
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      if (node.text.includes(' ')) texts.set(node.getStart(module), node.text);
    }
    ts.forEachChild(node, visit);
  }

  visit(module);
  return [...texts].map(([pos, text]) => ({
    place: `${path}:${module.getLineAndCharacterOfPosition(pos).line + 1}`,
    // Lines of a comment form one text; code in it is exempt.
    text: text.replace(/\n\s*\*?\s?/g, ' ').replace(/`[^`]*`/g, '``'),
  }));
}

function bannedIn({ place, text }: CodeText): string[] {
  return BANNED_WORDS.filter(({ pattern }) => pattern.test(text))
    .filter(({ write }) => !(DEVICE_FARM.test(place) && write === 'execution'))
    .map(({ pattern, write }) => `${place} '${pattern.exec(text)![0]}': write ${write}`);
}

test('reads comments, sentences and scripts', () => {
  const code = '/** Tells\n * the region. */\nconst a = `it goes back ${b} in vain`; // elsewhere';
  expect(textsOfModule('a.ts', code).flatMap(bannedIn)).toHaveLength(4);
  const scripts = sources().filter((file) => file.endsWith('.sh'));
  expect(scripts.flatMap(textsOf).length).toBeGreaterThan(20);
});

test('comments and texts of the sources use the words of the documentation', () => {
  expect(sources().flatMap(textsOf).flatMap(bannedIn)).toEqual([]);
});
