import { execFileSync } from 'node:child_process';
import ts from 'typescript';
import { PAGES, textOf } from './pages';

/** Checks of the syntax of code blocks, by language. Each throws an error if a block is invalid. */
const CHECKS: Readonly<Record<string, (code: string) => void>> = {
  // Commands can have placeholders such as <environment>, which are no redirections.
  sh: (code) => void execFileSync('bash', ['-n'], { input: code.replace(/<[\w -]+>/g, 'x'), stdio: 'pipe' }),
  json: (code) => void JSON.parse(code),
  js: (code) => {
    const { diagnostics = [] } = ts.transpileModule(code, { reportDiagnostics: true, fileName: 'a.js' });
    if (diagnostics.length > 0) throw new Error(String(diagnostics[0].messageText));
  },
};

/** Languages that other tests compile or run, and those without a syntax to check. */
const OTHERS: Readonly<Record<string, string>> = {
  ts: 'samples.test.ts',
  python: 'install.test.ts, and the language tests',
  java: 'install.test.ts',
  go: 'install.test.ts',
  csharp: 'install.test.ts',
  text: 'output',
  '': 'diagrams, and output',
  xml: 'the dependency of a Maven project',
  yaml: 'parts of files of CloudFormation, CodeBuild and GitHub',
};

interface CodeBlock {
  readonly place: string;
  readonly language: string;
  readonly code: string;
}

function codeBlocksOf(page: string): CodeBlock[] {
  const text = textOf(page);
  return [...text.matchAll(/^( *)```(\w*)[^\n]*\n([\s\S]*?)^\1```$/gm)].map(
    ({ index, 1: indent, 2: language, 3: code }) => ({
      place: `${page}:${text.slice(0, index).split('\n').length}`,
      language,
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
}

const blocks = PAGES.flatMap(codeBlocksOf);

test('every code block has a language that a test covers', () => {
  expect(blocks.length).toBeGreaterThan(150);
  const unknown = blocks.filter(({ language }) => !(language in CHECKS) && !(language in OTHERS));
  expect(unknown.map(({ place, language }) => `${place}: '${language}'`)).toEqual([]);
});

test.each(Object.entries(CHECKS))('the syntax of each %s block is valid', (name, check) => {
  const invalid = blocks
    .filter(({ language }) => language === name)
    .flatMap(({ place, code }) => {
      try {
        check(code);
        return [];
      } catch (error) {
        return [`${place}: ${(error as Error).message}`];
      }
    });
  expect(invalid).toEqual([]);
});
