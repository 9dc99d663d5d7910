import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const root = join(__dirname, '../..');
const fixture = readFileSync(join(root, 'rosetta/default.ts-fixture'), 'utf8');

const DECLARATION = /^ *declare const .*$/gm;

/**
 * A sample that imports stands for itself; any other runs inside of the stack of the fixture, with what it declares
 * beside.
 */
function programOf(sample: string) {
  return /^(import|export) /m.test(sample)
    ? sample
    : [fixture.replace('/// here', () => sample.replace(DECLARATION, '')), ...(sample.match(DECLARATION) ?? [])].join(
        '\n',
      );
}

/** The samples of a page, with the line that each begins at; a list may indent them. */
function samplesOf(page: string): Array<[place: string, program: string]> {
  const text = readFileSync(join(root, 'docs', page), 'utf8');
  return [...text.matchAll(/^( *)```ts\n([\s\S]*?)^ *```$/gm)].map(({ 2: sample, index }) => [
    `${page}:${text.slice(0, index).split('\n').length}`,
    programOf(sample),
  ]);
}

const samples = readdirSync(join(root, 'docs'))
  .filter((page) => page.endsWith('.md'))
  .flatMap(samplesOf);

/** What the compiler says of some programs, by the place that each comes from. */
function complaintsOf(programs: ReadonlyArray<readonly [place: string, program: string]>): string[] {
  const files = new Map(programs.map(([place, program], i) => [join(root, `sample-${i}.ts`), { place, program }]));
  const { config } = ts.readConfigFile(join(root, 'tsconfig.dev.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  // A sample need not use all that the fixture imports, nor each variable that it shows.
  const host = ts.createCompilerHost({ ...options, noUnusedLocals: false, noUnusedParameters: false });
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name)?.program ?? readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const file = files.get(name);
    return file ? ts.createSourceFile(name, file.program, version) : getSourceFile(name, version, ...rest);
  };
  const program = ts.createProgram(
    [...files.keys()],
    { ...options, noUnusedLocals: false, noUnusedParameters: false, noEmit: true },
    host,
  );
  return [...files].flatMap(([name, { place }]) => {
    const source = program.getSourceFile(name)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}

test('every sample of docs/ compiles, and one that cannot would be found', () => {
  expect(samples.length).toBeGreaterThan(4);
  expect(complaintsOf([...samples, ['broken', programOf('new WebAppPipeline(this, "Site", {});')]])).toEqual([
    expect.stringMatching(/^broken: .*Property 'source' is missing/s),
  ]);
}, 60_000);
