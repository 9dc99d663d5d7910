// Checks the types and the style of all TypeScript files with one program: reading the declarations of aws-cdk-lib, and what the rules ask of the
// type checker, takes as long as either check. `tsc --noEmit -p tsconfig.dev.json` and `npx projen eslint` find the same, one by one.
process.env.ESLINT_USE_FLAT_CONFIG = 'false';
const path = require('path');
const { LegacyESLint } = require('eslint/use-at-your-own-risk');
const ts = require('typescript');
const parser = require('./shared-program');
const { execArgs } = require('../.projen/tasks.json').tasks.eslint.steps[0];

const ROOT = path.join(__dirname, '..');

function createProgram() {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => { throw new Error(ts.formatDiagnostic(diagnostic, FORMAT)); } };
  const { fileNames, options, errors } = ts.getParsedCommandLineOfConfigFile(path.join(ROOT, 'tsconfig.dev.json'), {}, host);
  return ts.createProgram({ rootNames: fileNames, options, configFileParsingDiagnostics: errors });
}

const FORMAT = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => ROOT, getNewLine: () => '\n' };

/** Prints what the compiler finds and returns whether that is nothing. */
function checkTypes(program) {
  const diagnostics = ts.getPreEmitDiagnostics(program);
  if (diagnostics.length > 0) console.error(ts.formatDiagnostics(diagnostics, FORMAT));
  return diagnostics.length === 0;
}

/** Prints what ESLint finds, warnings too, and returns whether that is nothing. */
async function checkStyle(program) {
  parser.program = program;
  const eslint = new LegacyESLint({ cwd: ROOT, extensions: ['.ts'], overrideConfig: { parser: require.resolve('./shared-program') } });
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
