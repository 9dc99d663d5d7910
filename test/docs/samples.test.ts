import { join } from 'node:path';
import * as ts from 'typescript';
import { pagesBelow, ROOT, textOf } from './pages';

const fixture = textOf('rosetta/default.ts-fixture');

const DECLARATION = /^ *declare const .*$/gm;

/** Returns a sample that imports unchanged; any other is put into the stack of the fixture, below its declarations. */
function programOf(sample: string): string {
  if (/^(import|export) /m.test(sample)) return sample;
  const declarations = sample.match(DECLARATION) ?? [];
  return [fixture.replace('/// here', () => sample.replace(DECLARATION, '')), ...declarations].join('\n');
}

type Sample = readonly [place: string, program: string];

/** Returns the samples of a page, with the line that each begins at; a list may indent them. */
function samplesOf(page: string, text = textOf(page)): Sample[] {
  const fences = [...text.matchAll(/^( *)```(?:ts|typescript)\b[^\n]*\n([\s\S]*?)^ *```$/gm)];
  return fences.map(({ 2: sample, index }) => [
    `${page}:${text.slice(0, index).split('\n').length}`,
    programOf(sample),
  ]);
}

/** Samples of README.md are compiled by `npx projen rosetta`, too; here an error names the line. */
const samples = ['README.md', ...pagesBelow('docs')].flatMap((page) => samplesOf(page));

/** Returns the errors of the compiler in some programs, by the place that each comes from. */
function errorsOf(programs: readonly Sample[]): string[] {
  const files = new Map(programs.map(([place, program], i) => [join(ROOT, `sample-${i}.ts`), { place, program }]));
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.dev.json'), ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ROOT);
  // A sample need not use all that the fixture imports, nor each variable that it shows.
  const options = { ...parsed.options, noUnusedLocals: false, noUnusedParameters: false, noEmit: true };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name)?.program ?? readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const file = files.get(name);
    return file ? ts.createSourceFile(name, file.program, version) : getSourceFile(name, version, ...rest);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([name, { place }]) => {
    const source = program.getSourceFile(name)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}

test('samples are found in nested folders, with any attribute of their fence', () => {
  expect(samples.length).toBeGreaterThan(40);
  expect(samples.some(([place]) => place.startsWith('docs/reference/'))).toBe(true);
  const page = '```ts nofixture\nimport a;\n```\n- item\n  ```ts\n  broken();\n  ```\n```sh\nnpm ci\n```\n';
  expect(samplesOf('page', page).map(([place]) => place)).toEqual(['page:1', 'page:5']);
});

test('every sample compiles, and one that does not is found', () => {
  const broken: Sample = ['broken', programOf('new WebAppPipeline(this, "Site", {});')];
  expect(errorsOf([...samples, broken])).toEqual([expect.stringMatching(/^broken: .*Property 'source' is missing/s)]);
}, 240_000);
