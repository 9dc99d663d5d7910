import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

// The compiled package as users load it, each time in a separate process. `npm test` compiles first.
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

const SITE = 'new library.WebAppPipeline(stack, "Site", { source';

/** Returns what a script loads that creates a pipeline in a stack. */
function loadedByPipeline(script: string): { kinds: string[]; files: string[] } {
  const { modules, files } = run<{ modules: string[]; files: string[] }>(`${LOAD}
    const cdk = require('aws-cdk-lib');
    const app = new cdk.App({ outdir: fs.mkdtempSync(require('path').join(require('os').tmpdir(), 'loading-')) });
    const stack = new cdk.Stack(app);
    const source = library.PipelineSource.gitHub('acme/shop', 'main');
    ${script};
    fs.rmSync(app.outdir, { recursive: true });
    const modules = require(${JSON.stringify(join(ROOT, 'lib', 'modules.js'))}).evaluated();
    console.log(JSON.stringify({ modules, files: Object.keys(require.cache) }))`);
  const parts = join(ROOT, 'lib', 'modules') + sep;
  const kinds = modules.flatMap(
    (name) => /^(?!\.|aws-cdk-lib|environments|pipeline|patterns\/common)[^/]+\/[^/]+(?=\/)/.exec(name) ?? [],
  );
  return {
    kinds: [...new Set(kinds)].sort(),
    files: files
      .filter((file) => file.startsWith(parts))
      .map((file) => file.slice(parts.length))
      .sort(),
  };
}

/** Kinds of each pipeline with a GitHub source: the rules of triggers and of self-updates are about any source. */
const OF_EVERY_PIPELINE = ['sources/connection', 'sources/resource', 'sources/triggers', 'steps/self-update'];

const OF_A_SITE = [...OF_EVERY_PIPELINE, 'patterns/web-app', 'steps/build', 'targets/static-site'];

test('a pipeline with default options loads three files, and evaluates no kind that it does not use', () => {
  const { own } = filesLoadedBy(`
    const { App, Stack } = require('aws-cdk-lib');
    const source = library.PipelineSource.gitHub('acme/shop', 'main');
    new library.WebAppPipeline(new Stack(new App()), 'Site', { source })`);
  expect(own).toEqual(['functions/index.js', 'index.js', 'modules.js'].map((file) => join('lib', file)));
  expect(loadedByPipeline(`${SITE} })`)).toEqual({ kinds: [...OF_A_SITE].sort(), files: [] });
});

test.each([
  [
    'a test in a state machine',
    `${SITE}, environments: [new library.DeploymentEnvironment('live', { tests: [library.TestStep.stepFunction(
      cdk.aws_stepfunctions.StateMachine.fromStateMachineName(stack, 'Tests', 'tests'))] })] })`,
    ['steps/state-machine'],
  ],
  [
    'notifications by email',
    `${SITE}, notifications: library.Notification.email(['team@example.com']) })`,
    ['notifications/email', 'notifications/topic'],
  ],
])('%s: the pipeline evaluates no kind that it does not use', (_, script, kinds) => {
  const loaded = loadedByPipeline(script);
  expect(loaded.kinds).toEqual([...OF_A_SITE, ...kinds].sort());
  expect(loaded.files).toEqual(expect.arrayContaining(kinds.map((kind) => join(...`${kind}.js`.split('/')))));
});

test('every kind that is not used by default has one file', () => {
  const folders = ['conditions', 'notifications', 'sources', 'steps', 'targets'];
  const files = readdirSync(join(ROOT, 'lib', 'modules'), { recursive: true, encoding: 'utf8' });
  const kinds = folders.flatMap((folder) =>
    readdirSync(join(ROOT, 'src', folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${folder}/${name}`),
  );
  const others = kinds.filter((kind) => !OF_A_SITE.includes(kind));
  expect(others.length).toBeGreaterThan(30);
  expect(others.filter((kind) => !files.includes(join(...`${kind}.js`.split('/'))))).toEqual([]);
});

test('every module can be evaluated, with all that it imports', () => {
  const modulesFile = JSON.stringify(join(ROOT, 'lib', 'modules.js'));
  const failed = run<string[]>(`
    const code = fs.readdirSync('lib', { recursive: true, encoding: 'utf8' })
      .filter((file) => file === 'modules.js' || /^modules.*[.]js$/.test(file))
      .map((file) => fs.readFileSync('lib/' + file, 'utf8')).join('');
    const names = [/^"(.+)": \\(function/gm, /\\blazy\\("([^"]+)"\\)/g].flatMap((names) => [...code.matchAll(names)]);
    const failed = [...new Set(names.map(([, name]) => name))].filter((name) => {
      try { return Object.keys(require(${modulesFile}).load(name)).length === 0; } catch { return true; }
    });
    console.log(JSON.stringify(names.length > 1000 ? failed : ['found no modules']))`);
  expect(failed).toEqual([]);
});

test('the modules of patterns have no separate files, and the command has', () => {
  const files = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );
  expect(files.filter((file) => file.startsWith('patterns'))).toEqual([]);
  expect(files).toContain(join('cli', 'main.js'));
});
