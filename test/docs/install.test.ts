import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, textOf } from './pages';
import * as library from '../../src';

const PAGE = textOf('docs/get-started/install.md');

/** Programs that `npm run test:languages` compiles and runs, by the language of the block on the page. */
const PROGRAMS = { python: 'python/readme.py', java: 'java/Readme.java', go: 'go/readme.go' };

function blockOf(language: string): string {
  const [, block] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\`$`, 'm').exec(PAGE) ?? [];
  return block ?? '';
}

/** Returns a program without white space and trailing commas, which the languages ignore between tokens. */
function condensed(code: string): string {
  return code.replace(/\s+/g, '').replace(/,(?=[)\]}])/g, '');
}

test.each(Object.entries(PROGRAMS))('the %s program of the page is part of a program that is run', (language, path) => {
  const block = condensed(blockOf(language));
  expect(block.length).toBeGreaterThan(100);
  expect(condensed(readFileSync(join(ROOT, 'test/languages', path), 'utf8'))).toContain(block);
});

test('the C# program of the page has the names and texts of the TypeScript program', () => {
  const code = blockOf('csharp');
  const typescript = blockOf('ts');
  const types = [...code.matchAll(/\bnew (\w+)/g)].map(([, type]) => type);
  const members = [...code.matchAll(/(?:\.|^ +)([A-Z]\w+)(?= =|\()/gm)].map(([, member]) => member);
  const texts = [...code.matchAll(/"([^"]*)"/g)].map(([, text]) => text);

  expect(types).toEqual(expect.arrayContaining(['WebAppPipeline', 'WebAppPipelineProps', 'DeploymentEnvironment']));
  const classes = types.filter((type) => !type.endsWith('Props') && !['App', 'Stack'].includes(type));
  expect(classes.filter((type) => !(type in library))).toEqual([]);
  expect(new Set(members)).toEqual(new Set(['GitHub', 'Source', 'Environments', 'Synth']));
  for (const member of members) expect(typescript).toContain(member[0].toLowerCase() + member.slice(1));
  expect(texts).toEqual([...typescript.matchAll(/'([^']*)'/g)].map(([, text]) => text).slice(-texts.length));
});
