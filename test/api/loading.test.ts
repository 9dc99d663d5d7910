import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

// The compiled package as users load it, each time in a process of its own. `npm test` compiles first.
const ROOT = join(__dirname, '../..');
const LIBRARY = join(ROOT, 'lib', 'index.js');

interface Type {
  readonly name: string;
  readonly fqn: string;
  readonly kind: 'class' | 'interface' | 'enum';
}

const manifest = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')) as { types: Record<string, Type> };
const types = Object.values(manifest.types).filter(({ kind }) => kind !== 'interface');
const names = types.map(({ name }) => name).sort();

const LOAD = `const library = require(${JSON.stringify(LIBRARY)});`;

/** Returns what a script prints as JSON. */
function run<T>(script: string, ...options: string[]): T {
  return JSON.parse(execFileSync(process.execPath, [...options, '-e', script], { cwd: ROOT, encoding: 'utf8' })) as T;
}

/** Returns the files that a script loads from `lib`, and how many it loads of packages. */
function filesLoadedBy(script: string): { own: string[]; ofPackages: number } {
  const files = run<string[]>(`${LOAD} ${script}; console.log(JSON.stringify(Object.keys(require.cache)))`);
  const own = files.filter((file) => file.startsWith(join(ROOT, 'lib') + sep));
  return { own: own.map((file) => file.slice(ROOT.length + 1)).sort(), ofPackages: files.length - own.length };
}

test('the package exports the classes and enums of the jsii manifest and nothing else', () => {
  expect(run<string[]>(`${LOAD} console.log(JSON.stringify(Object.keys(library)))`).sort()).toEqual(names);
});

test('every export is the class of its name, and the same one when it is used again', () => {
  const exported = run<Record<string, [string, boolean]>>(`${LOAD}
    const nameOf = (value) => typeof value === 'function' ? value[Symbol.for('jsii.rtti')].fqn : typeof value;
    const look = (name) => [nameOf(library[name]), library[name] === library[name]];
    console.log(JSON.stringify(Object.fromEntries(Object.keys(library).map((name) => [name, look(name)]))))`);
  const expected = types.map(({ name, fqn, kind }) => [name, [kind === 'class' ? fqn : 'object', true]]);
  expect(exported).toEqual(Object.fromEntries(expected));
});

test('an ES module imports the same names and the same classes', () => {
  const url = JSON.stringify(pathToFileURL(LIBRARY).href);
  const [imported, same] = run<[string[], boolean]>(
    `
    import * as library from ${url};
    import { WebAppPipeline } from ${url};
    import { createRequire } from 'node:module';
    const required = createRequire(${url})(${JSON.stringify(LIBRARY)});
    const same = WebAppPipeline === required.WebAppPipeline;
    console.log(JSON.stringify([Object.keys(library), same]))`,
    '--input-type=module',
  );
  const ofNode = ['default', 'module.exports', '__esModule']; // which of them depends on the release of Node.js
  expect(imported.filter((name) => !ofNode.includes(name)).sort()).toEqual(names);
  expect(same).toBe(true);
});

test('requiring the package loads one file, and nothing of aws-cdk-lib', () => {
  expect(filesLoadedBy('')).toEqual({ own: [join('lib', 'index.js')], ofPackages: 0 });
});

test('all classes come from three files, one of which stands beside the scripts that it reads', () => {
  const files = ['functions/index.js', 'index.js', 'modules.js'].map((file) => join('lib', file));
  expect(filesLoadedBy('for (const name of Object.keys(library)) library[name]').own).toEqual(files);
  const { own } = filesLoadedBy(`
    const { App, Stack } = require('aws-cdk-lib');
    const source = library.PipelineSource.gitHub('acme/shop', 'main');
    new library.WebAppPipeline(new Stack(new App()), 'Site', { source })`);
  expect(own).toEqual(files);
});

test('the modules of patterns have no files of their own, and the command has', () => {
  const files = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );
  expect(files.filter((file) => file.startsWith('patterns'))).toEqual([]);
  expect(files).toContain(join('cli', 'main.js'));
});
