// Moves the compiled modules of the library into few files, and makes their imports and the exports of lib/index.js
// evaluate a module when it is first used. Loading hundreds of small files, each of which resolves aws-cdk-lib again,
// takes several times as long.
//
// lib/modules.js contains what a pipeline with default options evaluates, as PROGRAM shows. The other modules are in
// lib/modules/, in one file for each kind, so that a pipeline loads the kinds that it uses.
//
// The modules of the command stay files, and so do the scripts and the modules that read files of the package. The files
// of all other modules are removed, because their classes would exist twice.
const { execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { requestsOf, withLazyImports } = require('./lazy-imports');

const root = path.join(__dirname, '..');
const lib = path.join(root, 'lib');
const index = path.join(lib, 'index.js');
const command = path.join(lib, 'cli', 'main.js');
const functions = path.join(lib, 'functions', 'index.js');
/** The modules that read files beside them, or above them, and so stay files. */
const fileReaders = [functions, path.join(lib, 'common', 'package-version.js')];

/** Synthesizes a pipeline with default options, and prints the modules that it evaluates. */
const PROGRAM = `
  const { App, Stack } = require('aws-cdk-lib');
  const { WebAppPipeline, PipelineSource } = require('./lib/index.js');
  const outdir = process.argv[1];
  const app = new App({ outdir, analyticsReporting: false });
  new WebAppPipeline(new Stack(app, 'Delivery'), 'Site', { source: PipelineSource.gitHub('acme/shop', 'main') });
  app.synth();
  console.log(JSON.stringify(require('./lib/modules.js').evaluated()));`;

/** Reads a compiled module without its source map. */
const codeOf = (file) => fs.readFileSync(file, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');

/** Names a module as lib/modules.js does. */
const nameOf = (file) => path.relative(lib, file).replaceAll(path.sep, '/').replace(/\.js$/, '');

/** Returns the compiled module that `request` means in the file `from`. */
function resolve(from, request) {
  const base = path.resolve(path.dirname(from), request);
  const isFile = (candidate) => fs.existsSync(candidate) && fs.statSync(candidate).isFile();
  const file = [`${base}.js`, path.join(base, 'index.js'), base].find(isFile);
  if (!file?.endsWith('.js')) throw new Error(`${nameOf(from)} requires ${request}, which is not a compiled module`);
  return file;
}

const isOwn = (request) => request.startsWith('.');

/** Returns the files and all that they require. */
function closureOf(files, found = new Set()) {
  for (const file of files) {
    if (found.has(file)) continue;
    found.add(file);
    const requests = [...codeOf(file).matchAll(/\brequire\("(\.[^"]*)"\)/g)].map(([, request]) => request);
    closureOf(
      requests.map((request) => resolve(file, request)),
      found,
    );
  }
  return found;
}

/** Returns the classes and enums of the public API, each with its file, as the jsii manifest lists them. */
function publicApi() {
  const { types } = JSON.parse(fs.readFileSync(path.join(root, '.jsii'), 'utf8'));
  const fileOf = (symbolId) => path.join(lib, `${symbolId.replace(/^src\//, '').replace(/:.*$/, '')}.js`);
  return Object.values(types)
    .filter(({ kind }) => kind !== 'interface')
    .map(({ name, symbolId }) => ({ name, file: fileOf(symbolId) }));
}

/** Fails if the index exports anything but the public API: other exports would be lost. */
function verifyExports(api) {
  const exported = Object.keys(require(index));
  const names = api.map(({ name }) => name);
  const problems = [
    ...exported.filter((name) => !names.includes(name)).map((name) => `${name} is not in the manifest`),
    ...names.filter((name) => !exported.includes(name)).map((name) => `${name} is not exported`),
  ];
  if (problems.length === 0) return;
  throw new Error(`src/index.ts must export exactly what the jsii manifest lists: ${problems.join(', ')}`);
}

/** Reads a compiled module as an entry of a table of modules. */
function moduleOf(file) {
  const code = codeOf(file);
  if (/\b(__dirname|__filename|require\.main)\b/.test(code)) throw new Error(`${nameOf(file)} depends on its file`);
  requestsOf(code);
  return { name: nameOf(file), code: withLazyImports(code, (request) => requestedName(file, request)) };
}

function requestedName(file, request) {
  if (!isOwn(request)) return request;
  const required = resolve(file, request);
  return fileReaders.includes(required) ? `./${nameOf(required)}.js` : nameOf(required);
}

/** Returns the part of a module: its folder, and its kind if it has one. Also part of the text of lib/modules.js. */
function partOf(name) {
  const [folder, kind, module] = name.split('/');
  return module === undefined ? folder : `${folder}/${kind}`;
}

/** Returns a table of modules. Engines compile functions in parentheses at once instead of scanning them first. */
const tableOf = (modules) =>
  `{\n${modules.map(({ name, code }) => `"${name}": (function (exports, lazy) {\n${code}}),\n`).join('')}}`;

const partText = (modules) => `"use strict";\nmodule.exports = ${tableOf(modules)};\n`;

const modulesText = (modules, parts) => `"use strict";
const modules = ${tableOf(modules)};
const parts = {
${parts.map((part) => `"${part}": () => require("./modules/${part}.js"),\n`).join('')}};
const loaded = new Map();
${partOf}
/** Evaluates each module once, and resolves each package once for all modules. */
function load(name) {
  const existing = loaded.get(name);
  if (existing !== undefined) return existing;
  const evaluate = find(name);
  if (!evaluate) {
    const required = require(name);
    loaded.set(name, required);
    return required;
  }
  const exports = {};
  loaded.set(name, exports);
  try {
    evaluate(exports, lazy);
  } catch (error) {
    loaded.delete(name);
    throw error;
  }
  return exports;
}
function find(name) {
  if (Object.hasOwn(modules, name)) return modules[name];
  const part = partOf(name);
  return Object.hasOwn(parts, part) ? parts[part]()[name] : undefined;
}
function lazy(name) {
  let exports;
  return () => (exports ??= load(name));
}
exports.load = load;
exports.evaluated = () => [...loaded.keys()];
`;

// Node.js finds the names for `import { … } from` in the last line, which is never executed.
const indexText = (api) => `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
function lazyExport(name, module) {
  const define = (descriptor) =>
    Object.defineProperty(exports, name, { enumerable: true, configurable: true, ...descriptor });
  define({
    get() {
      const value = require("./modules.js").load(module)[name];
      define({ value });
      return value;
    },
  });
}
${api.map(({ name, file }) => `lazyExport("${name}", "${nameOf(file)}");`).join('\n')}
0 && (module.exports = { ${api.map(({ name }) => name).join(', ')} });
`;

/** Removes the files of bundled modules. */
function removeFiles(kept) {
  for (const name of fs.readdirSync(lib, { recursive: true })) {
    const file = path.join(lib, name);
    const isScript = path.dirname(file) === path.dirname(functions);
    if (name.endsWith('.js') && !isScript && !kept.has(file)) fs.rmSync(file);
  }
}

function writeModules(modules, others) {
  const parts = [...new Set(others.map(({ name }) => partOf(name)))].sort();
  for (const part of parts) {
    const ofPart = others.filter(({ name }) => partOf(name) === part);
    const file = path.join(lib, 'modules', `${part}.js`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, partText(ofPart));
  }
  fs.writeFileSync(path.join(lib, 'modules.js'), modulesText(modules, parts));
}

/** Returns the names of the modules that a pipeline with default options evaluates. */
function evaluatedModules() {
  const outdir = fs.mkdtempSync(path.join(require('os').tmpdir(), 'cdk-pipeline-patterns-bundle-'));
  try {
    const env = { ...process.env, CDK_VALIDATION: 'false' };
    return new Set(JSON.parse(execFileSync(process.execPath, ['-e', PROGRAM, outdir], { cwd: root, env })));
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}

const api = publicApi();
verifyExports(api);
const bundled = [...closureOf(api.map(({ file }) => file))].filter((file) => !fileReaders.includes(file));
const kept = closureOf([command, ...fileReaders]);
const all = bundled.map(moduleOf);
removeFiles(kept);
fs.writeFileSync(index, indexText(api));
writeModules(all, []);
const evaluated = evaluatedModules();
writeModules(
  all.filter(({ name }) => evaluated.has(name)),
  all.filter(({ name }) => !evaluated.has(name)),
);
