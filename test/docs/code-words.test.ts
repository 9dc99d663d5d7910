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

/** Folders whose comments and texts are read. */
const FOLDERS = ['src', 'examples', 'bench', 'projenrc'];

function filesOf(folder: string, extensions: readonly string[]): string[] {
  return ts.sys.readDirectory(join(ROOT, folder), extensions, ['**/node_modules/**', '**/cdk.out/**'], undefined);
}

function sources(): string[] {
  return FOLDERS.flatMap((folder) => filesOf(folder, ['.ts', '.js', '.sh']));
}

/** Returns the tests, without templates of others and without the words themselves. */
function tests(): string[] {
  return filesOf('test', ['.ts']).filter(
    (file) => !/\/(fixtures|apps|node_modules)\/|\/docs\/(code-)?words/.test(file),
  );
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

/** Returns the comments and titles of a test. Its other strings are data, or expected texts. */
function textsOfTest(file: string): CodeText[] {
  return textsOfModule(relative(ROOT, file), readFileSync(file, 'utf8'), isTitle);
}

/** Returns whether a string is the title of a test, or of a row of a table of tests. */
function isTitle(text: ts.Node): boolean {
  const { parent } = text;
  if (ts.isCallExpression(parent)) {
    return parent.arguments[0] === text && /^(test|it|describe)\b/.test(parent.expression.getText());
  }
  const isFirst = ts.isArrayLiteralExpression(parent) && parent.elements.length > 1 && parent.elements[0] === text;
  return isFirst && ts.isArrayLiteralExpression(parent.parent);
}

function textsOfModule(path: string, content: string, isRead: (node: ts.Node) => boolean = () => true): CodeText[] {
  const module = ts.createSourceFile(path, content, ts.ScriptTarget.Latest, true);
  const texts = new Map<number, string>();

  function visit(node: ts.Node): void {
    const leading = ts.getLeadingCommentRanges(content, node.getFullStart()) ?? [];
    const trailing = ts.getTrailingCommentRanges(content, node.end) ?? [];
    for (const { pos, end } of [...leading, ...trailing]) texts.set(pos, content.slice(pos, end));
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      if (node.text.includes(' ') && isRead(node)) texts.set(node.getStart(module), node.text);
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

test('reads comments and titles of tests', () => {
  const code =
    "/** At home. */\ntest.each([['said twice', 'in vain and elsewhere']])('of %s, told', () => 'it goes back');";
  expect(textsOfModule('a.test.ts', code, isTitle).flatMap(bannedIn)).toHaveLength(3);
});

test('comments and titles of the tests use the words of the documentation', () => {
  expect(tests().flatMap(textsOfTest).flatMap(bannedIn)).toEqual([]);
});

test('comments and texts of the sources use the words of the documentation', () => {
  expect(sources().flatMap(textsOf).flatMap(bannedIn)).toEqual([]);
});
