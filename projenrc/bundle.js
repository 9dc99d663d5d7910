// Moves the compiled modules of the library into one file, lib/modules.js, and makes the exports of lib/index.js
// getters that evaluate a module when one of its classes is first used. The code of the modules stays as it is.
// Loading hundreds of small files, each of which resolves aws-cdk-lib again, takes several times as long.
//
// The modules of the command stay files, and so do the scripts with the module that reads them. The files of all other
// modules are removed, because their classes would exist twice.
const fs = require('fs');
const path = require('path');

const root = path.join(__dirname, '..');
const lib = path.join(root, 'lib');
const index = path.join(lib, 'index.js');
const command = path.join(lib, 'cli', 'main.js');
const functions = path.join(lib, 'functions', 'index.js');

/** Matches the form that the compiler gives to an import of a module. */
const REQUIRE = /\brequire\("(\.[^"]*)"\)/g;

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

/** Returns the files and all that they require. */
function closureOf(files, found = new Set()) {
  for (const file of files) {
    if (found.has(file)) continue;
    found.add(file);
    closureOf(
      [...codeOf(file).matchAll(REQUIRE)].map(([, request]) => resolve(file, request)),
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

/** Returns a module as an entry of the table in lib/modules.js. */
function tableEntry(file) {
  const code = codeOf(file).replace(REQUIRE, (_, request) => {
    const required = resolve(file, request);
    return `require("${required === functions ? './functions/index.js' : nameOf(required)}")`;
  });
  if (/\b(__dirname|__filename|require\.main)\b/.test(code)) throw new Error(`${nameOf(file)} depends on its file`);
  return `"${nameOf(file)}"(exports, require) {\n${code}},`;
}

const modulesText = (files) => `"use strict";
const modules = {
${files.map(tableEntry).join('\n')}
};
const loaded = new Map();
/** Evaluates each module once, and resolves each package once for all modules. */
function load(name) {
  if (loaded.has(name)) return loaded.get(name);
  if (!Object.hasOwn(modules, name)) {
    const required = require(name);
    loaded.set(name, required);
    return required;
  }
  const exports = {};
  loaded.set(name, exports);
  try {
    modules[name](exports, load);
  } catch (error) {
    loaded.delete(name);
    throw error;
  }
  return exports;
}
exports.load = load;
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

const api = publicApi();
verifyExports(api);
const bundled = [...closureOf(api.map(({ file }) => file))].filter((file) => file !== functions);
const kept = closureOf([command, functions]);
const [modules, facade] = [modulesText(bundled), indexText(api)];

for (const name of fs.readdirSync(lib, { recursive: true })) {
  const file = path.join(lib, name);
  const isScript = path.dirname(file) === path.dirname(functions);
  if (name.endsWith('.js') && !isScript && !kept.has(file)) fs.rmSync(file);
}
fs.writeFileSync(path.join(lib, 'modules.js'), modules);
fs.writeFileSync(index, facade);
