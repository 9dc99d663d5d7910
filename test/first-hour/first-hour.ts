/** The first hour of a user: the packed package in a fresh CDK app, with the first program of README.md. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { firstProgram } from './first-program';
import { pack, ROOT } from './package';
import { run, type Result } from './run';
import { pipelinesOf } from './templates';

const HELP = `Usage: npm run first-hour -- [options]

Packs the package, creates an app with 'cdk init', installs the package there, pastes the first program of README.md
over its entry file and runs 'cdk synth --strict'. That must succeed without a warning and give one pipeline, for which
'check' reports nothing. Runs once with the oldest aws-cdk-lib that the package supports, and once with the newest.

  --stand-in   use examples/web-app.ts when README.md has no such program
  --keep       keep the folder with the apps
  --help       this text`;

const { values: options } = parseArgs({
  options: {
    'stand-in': { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

interface PackageJson {
  readonly peerDependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

const results = { passed: 0, failed: 0 };
const started = Date.now();

function seconds() {
  return `${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s`;
}

function check(what: string, complaint: string | undefined): boolean {
  console.log(
    `${seconds()}  ${complaint === undefined ? 'ok  ' : 'FAIL'}  ` +
      `${what}${complaint === undefined ? '' : `\n${indent(complaint)}`}`,
  );
  results[complaint === undefined ? 'passed' : 'failed']++;
  return complaint === undefined;
}

function indent(text: string) {
  return text
    .trimEnd()
    .split('\n')
    .slice(-40)
    .map((line) => `          ${line}`)
    .join('\n');
}

function exited({ status, stdout, stderr }: Result) {
  return status === 0 ? undefined : `exit code ${status}\n${stderr || stdout}`;
}

function main() {
  const { peerDependencies, devDependencies } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  ) as PackageJson;
  const program = firstProgram(options['stand-in']);
  console.log(`${seconds()}  program: ${program.from}`);

  const folder = mkdtempSync(join(tmpdir(), 'first-hour-'));
  try {
    const tarball = pack(folder);
    console.log(`${seconds()}  packed: ${basename(tarball)}`);

    function exact(range: string) {
      return range.replace(/^.*[@^]/, '');
    }

    firstHour(
      folder,
      exact(peerDependencies['aws-cdk-lib']),
      exact(peerDependencies.constructs),
      tarball,
      program.text,
    );
    firstHour(folder, exact(devDependencies['aws-cdk-lib-newest']), peerDependencies.constructs, tarball, program.text);
  } finally {
    if (options.keep) console.log(`${seconds()}  kept: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

function firstHour(folder: string, version: string, constructs: string, tarball: string, program: string) {
  // The name of the folder becomes that of the app.
  const app = join(folder, `aws-cdk-lib-${version}`, 'my-app');
  mkdirSync(app, { recursive: true });
  const on = `on aws-cdk-lib ${version}`;

  const init = run(app, join(ROOT, 'node_modules', '.bin', 'cdk'), [
    'init',
    'app',
    '--language',
    'typescript',
    '--generate-only',
  ]);
  if (!check(`cdk init ${on}`, exited(init))) return;

  const install = run(app, 'npm', ['install', tarball, `aws-cdk-lib@${version}`, `constructs@${constructs}`]);
  const peers = install.stderr
    .split('\n')
    .filter((line) => /peer|ERESOLVE|EBADENGINE/i.test(line))
    .join('\n');
  if (!check(`npm install ${on}`, exited(install) ?? (peers || undefined))) return;

  const entry = join(app, 'bin', 'my-app.ts');
  if (
    !check(
      `cdk init made the entry file that the program replaces ${on}`,
      readOrNothing(entry) === undefined ? `${entry} is missing` : undefined,
    )
  ) {
    return;
  }
  writeFileSync(entry, program);

  const synth = run(app, 'npx', ['cdk', 'synth', '--strict', '--no-notices', '--no-version-reporting']);
  if (!check(`cdk synth --strict ${on}`, exited(synth))) return;

  // The template goes to stdout and may speak of warnings; messages to the user go to stderr.
  const warnings = synth.stderr
    .split('\n')
    .filter((line) => /warning|\[Warning|deprecated/i.test(line))
    .join('\n');
  check(`no warning ${on}`, warnings || undefined);
  const pipelines = pipelinesOf(join(app, 'cdk.out'));
  check(`one pipeline ${on}`, pipelines === 1 ? undefined : `cdk.out holds ${pipelines}`);

  const checked = run(app, 'npx', ['--no-install', 'cdk-pipeline-patterns', 'check', 'cdk.out', '--strict']);
  const clean = checked.stdout.includes('1 pipeline in 1 stack: 0 errors, 0 warnings');
  check(`cdk-pipeline-patterns check ${on}`, exited(checked) ?? (clean ? undefined : checked.stdout));
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

if (options.help) {
  console.log(HELP);
} else {
  try {
    main();
  } catch (error) {
    check('the first hour', (error as Error).message);
  }
  process.exitCode = results.failed === 0 ? 0 : 1;
  console.log(`${results.passed} passed, ${results.failed} failed`);
}
