// Checks the types and the style of all TypeScript files, and the types of the samples of docs/, with one program: reading the declarations of
// aws-cdk-lib, and the type information of the rules, takes as long as either check. `tsc --noEmit -p tsconfig.dev.json` and
// `npx projen eslint` find the same, one by one.
process.env.ESLINT_USE_FLAT_CONFIG = 'false';
const path = require('path');
const { LegacyESLint } = require('eslint/use-at-your-own-risk');
const ts = require('typescript');
const samples = require('./samples');
const parser = require('./shared-program');
const { execArgs } = require('../.projen/tasks.json').tasks.eslint.steps[0];

const ROOT = path.join(__dirname, '..');

const FORMAT = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => ROOT, getNewLine: () => '\n' };

function createProgram() {
  const config = ts.readConfigFile(path.join(ROOT, 'tsconfig.dev.json'), ts.sys.readFile).config;
  const { fileNames, options, errors } = ts.parseJsonConfigFileContent(
    config,
    ts.sys,
    ROOT,
    {},
    path.join(ROOT, 'tsconfig.dev.json'),
  );
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.fileExists = (name) => samples.files.has(name) || fileExists(name);
  host.readFile = (name) => samples.files.get(name)?.text ?? readFile(name);
  const rootNames = [...fileNames, ...samples.files.keys()];
  return ts.createProgram({ rootNames, options, host, configFileParsingDiagnostics: errors });
}

/** Prints what the compiler finds and returns whether that is nothing. */
function checkTypes(program) {
  const sampleOf = ({ file }) => samples.files.get(file?.fileName);
  // A sample need not use all that the fixture imports, nor each variable that it shows.
  const diagnostics = ts
    .getPreEmitDiagnostics(program)
    .filter((one) => sampleOf(one) === undefined || !one.reportsUnnecessary);
  const isBroken = (one) => sampleOf(one)?.place === samples.BROKEN;
  const found = diagnostics.filter((one) => !isBroken(one));
  for (const one of found) {
    const text = ts.formatDiagnostic(one, FORMAT).trimEnd();
    console.error(sampleOf(one) === undefined ? text : `${sampleOf(one).place}: ${text}`);
  }
  const isCompiled = diagnostics.some(
    (one) =>
      isBroken(one) && /Property 'source' is missing/.test(ts.flattenDiagnosticMessageText(one.messageText, ' ')),
  );
  if (!isCompiled) console.error('The samples of docs/ were not compiled: nothing is found in a broken one.');
  return found.length === 0 && isCompiled;
}

/** Prints what ESLint finds, warnings too, and returns whether that is nothing. */
async function checkStyle(program) {
  parser.program = program;
  const eslint = new LegacyESLint({
    cwd: ROOT,
    extensions: ['.ts'],
    overrideConfig: { parser: require.resolve('./shared-program') },
  });
  // As the task does: the files come last.
  const results = await eslint.lintFiles(execArgs.slice(execArgs.indexOf('$@') + 1));
  const findings = results.reduce((sum, { errorCount, warningCount }) => sum + errorCount + warningCount, 0);
  if (findings > 0) console.error((await eslint.loadFormatter('stylish')).format(results));
  return findings === 0 && results.length > 0;
}

async function main() {
  const program = createProgram();
  const isTyped = checkTypes(program);
  const isStyled = await checkStyle(program);
  process.exitCode = isTyped && isStyled ? 0 : 1;
}

void main();
