import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../..');
const fixture = readFileSync(join(root, 'rosetta/default.ts-fixture'), 'utf8');
const pages = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'));

/** A sample with imports is a file; any other stands inside of a stack, where the fixture of the reference's samples puts it. */
const programOf = (code: string) => /^(import|export) /m.test(code) ? code
  : fixture.replace('/// here', () => code.replace(/^declare const (\w+): (\w+);$/gm, 'const $1 = {} as $2;'));

const samples = new Map(pages.flatMap((page) => [...readFileSync(join(root, 'docs', page), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)]
  .map(([, code], i) => [join(root, 'docs', `${page}-${i + 1}.ts`), programOf(code)])));

test('every sample of the pages compiles', () => {
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(root, 'tsconfig.dev.json'), ts.sys.readFile).config, ts.sys, root);
  const quiet = { ...options, noEmit: true, noUnusedLocals: false, noUnusedParameters: false, skipLibCheck: true };
  const host = ts.createCompilerHost(quiet);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, ...rest) =>
    samples.has(name) ? ts.createSourceFile(name, samples.get(name)!, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest);
  host.fileExists = (name) => samples.has(name) || fileExists(name);
  host.readFile = (name) => samples.get(name) ?? readFile(name);
  const program = ts.createProgram([...samples.keys()], quiet, host);
  const files = [...samples.keys()].map((name) => program.getSourceFile(name));
  const complaints = files.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, messageText }) => `${file?.fileName.replace(`${root}/docs/`, '')}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  expect(samples.size).toBeGreaterThan(6);
  expect(complaints).toEqual([]);
}, 120_000);
