/**
 * Synthesizes every example and checks it: an error, a warning, a deprecated API, a finding of CloudFormation Validate,
 * or an action that the check does not know fails. All examples are synthesized in this process; with `--cli` each by
 * the CDK command, as a reader would. Names of examples as arguments choose some.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { CloudFormationValidatePlugin } from 'aws-cdk-lib-newest';
import { ExitCode } from '../src/cli/command';
import { main } from '../src/cli/main';

const ROOT = join(__dirname, '..');
/** Which output of an app or of the CDK command is a complaint. */
const COMPLAINT = /warning|error|deprecated/i;

const {
  values: { cli },
  positionals,
} = parseArgs({ options: { cli: { type: 'boolean', default: false } }, allowPositionals: true });
const validator = new CloudFormationValidatePlugin();

const examples = readdirSync(join(ROOT, 'examples'))
  .filter((file) => file.endsWith('.ts') && file !== 'demo.ts')
  .filter((file) => positionals.length === 0 || positionals.includes(file.replace(/\.ts$/, '')));

// What the CDK command sets for an app.
process.env.CDK_CONTEXT_JSON = JSON.stringify({
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:bundling-stacks': ['**'],
  '@aws-cdk/core:failSynthOnValidationErrors': false,
  // The newest aws-cdk-lib recommends an explicit choice. This is the default, and the only choice of the oldest.
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
});
// The newest aws-cdk-lib validates templates itself; `findingsIn` does with every version.
process.env.CDK_VALIDATION = 'false';
// A deprecated API throws here, where the CDK command would print a warning.
process.env.JSII_DEPRECATED = 'fail';

/** Synthesizes an example with the CDK command, and returns what it complains of. */
function synthesizeByCli(example: string, outdir: string): string[] {
  const app = `npx ts-node -T -P tsconfig.dev.json -r tsconfig-paths/register examples/${example}`;
  const options = ['--strict', '--quiet', '--no-notices', '--no-version-reporting', '--output', outdir, '--app', app];
  const env = { ...process.env, CDK_CONTEXT_JSON: undefined, JSII_DEPRECATED: undefined };
  try {
    const output = execFileSync('sh', ['-c', 'exec npx cdk synth "$@" 2>&1', 'sh', ...options], {
      cwd: ROOT,
      env,
      encoding: 'utf8',
    });
    return complaintsIn(output);
  } catch (error) {
    return [(error as { stdout?: string }).stdout ?? String(error)];
  }
}

/** Synthesizes an example by loading it, as the CDK command would with `--strict`, and returns what is wrong. */
function synthesize(example: string, outdir: string): string[] {
  process.env.CDK_OUTDIR = outdir;
  const { output, error } = captured(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require(join(ROOT, 'examples', example));
    // An app that does not call `synth()` is synthesized when its process ends.
    process.emit('beforeExit', 0);
  });
  process.removeAllListeners('beforeExit');
  if (error !== undefined) return [error.stack ?? error.message];
  return [...complaintsIn(output), ...messagesIn(outdir), ...reportsIn(outdir)];
}

/** Runs a function and returns what it prints. */
function captured(run: () => void): { readonly output: string; readonly error?: Error } {
  let output = '';
  const streams = [process.stdout, process.stderr];
  const writes = streams.map((stream) => stream.write);
  for (const stream of streams) {
    stream.write = ((text: string | Uint8Array) => {
      output += typeof text === 'string' ? text : Buffer.from(text).toString();
      return true;
    }) as typeof stream.write;
  }
  try {
    run();
    return { output };
  } catch (error) {
    return { output, error: error as Error };
  } finally {
    streams.forEach((stream, i) => {
      stream.write = writes[i];
    });
  }
}

function complaintsIn(output: string): string[] {
  return output.split('\n').filter((line) => COMPLAINT.test(line) && !line.startsWith('npm warn'));
}

/** Returns the warnings and errors that constructs carry. */
function messagesIn(outdir: string): string[] {
  return new CloudAssembly(outdir).stacksRecursively
    .flatMap(({ messages }) => messages)
    .filter(({ level }) => level !== 'info')
    .map(({ level, id, entry }) => `${level} at ${id}: ${String(entry.data)}`);
}

/** Returns the findings of validators that ran during synthesis. */
function reportsIn(outdir: string): string[] {
  return ['validation-report.json', 'policy-validation-report.json']
    .map((file) => join(outdir, file))
    .filter(existsSync)
    .map((file) => readFileSync(file, 'utf8'))
    .filter((report) => /"severity": *"(warning|error|fatal)"|"(conclusion|status)": *"failure"/.test(report));
}

/** Returns the findings of CloudFormation Validate in the templates. */
function findingsIn(outdir: string): string[] {
  const stacks = new CloudAssembly(outdir).stacksRecursively.filter(
    ({ template }) => 'Resources' in (template as object),
  );
  const { violations } = validator.validate({
    templatePaths: stacks.map(({ templateFullPath }) => templateFullPath),
    stackTemplates: stacks.map(({ hierarchicalId, templateFullPath, environment: { account, region } }) => ({
      stackConstructPath: hierarchicalId,
      templatePath: templateFullPath,
      ...(account !== 'unknown-account' && { accountId: account }),
      ...(region !== 'unknown-region' && { region }),
    })),
  } as unknown as Parameters<typeof validator.validate>[0]);
  return violations.map(({ ruleName, severity, description }) => `${severity} ${ruleName}: ${description}`);
}

function check(directory: string): { readonly isClean: boolean; readonly text: string } {
  let text = '';
  const code = main(['check', directory, '--strict'], {
    out: (part) => (text += part),
    err: (part) => (text += part),
    interactive: false,
  });
  return { isClean: code === ExitCode.CLEAN && text.includes(' 0 unmodelled'), text };
}

/** Synthesizes and checks an example; prints what is wrong and returns whether nothing is. */
function judge(example: string): boolean {
  const outdir = mkdtempSync(join(tmpdir(), 'example-'));
  try {
    const problems = cli ? synthesizeByCli(example, outdir) : synthesize(example, outdir);
    if (problems.length === 0) problems.push(...findingsIn(outdir));
    const verdict = check(outdir);
    const isGood = problems.length === 0 && verdict.isClean;
    const summary = verdict.text.trim().split('\n').pop();
    console.log(
      `${isGood ? 'ok    ' : 'FAILED'} examples/${example}: ` +
        `${summary}${isGood ? '' : `\n${[...problems, verdict.text].join('\n')}`}`,
    );
    return isGood;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const results = examples.map(judge);
const failed = results.filter((isGood) => !isGood).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 && results.length > 0 ? 0 : 1;
