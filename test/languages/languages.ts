/** The wheel, the jar and the Go module: built, installed and used by the programs that TypeScript users read. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tryApp, type InitApp } from './app';
import { differences, size, templatesOf, violationsIn } from './assembly';
import { go } from './go';
import { java } from './java';
import { must, pacmak, type Command, type Language, type Place } from './language';
import { PROGRAMS } from './programs';
import { python } from './python';
import { typescript } from './typescript';
import { typescriptApp } from './typescript-app';
import { compileIfStale, ROOT } from '../first-hour/package';
import { run } from '../first-hour/run';

const HELP = `Usage: npm run test:languages -- [options]

Builds the packages for Python, Java and Go, installs each into a fresh project together with the oldest aws-cdk-lib
that the package supports, runs the translations of the programs of test/languages/programs.ts, and compares the
templates with those of TypeScript. With --apps, installs the package into a new app of 'cdk init' instead, also in
TypeScript, with a pipeline of aws-codepipeline that has two defects: 'cdk synth' must report them, and the tests of the
app, too. Skips a language whose tools are missing. For .NET, only the code is generated.

  --only <language>   typescript, python, java, go or dotnet; may be repeated
  --apps              the apps of 'cdk init' instead of the programs
  --keep              keep the folder with the projects
  --help              this text`;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    apps: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const LANGUAGES: Language[] = [python, java, go];
const NAMES = ['typescript', ...LANGUAGES.map(({ name }) => name), 'dotnet'];

const results = { passed: 0, failed: 0, skipped: 0 };
const started = Date.now();

function say(text: string) {
  return console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);
}

function indent(text: string) {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n');
}

function ok(text: string) {
  say(`ok ${text}`);
  results.passed++;
}

function fail(text: string, why: string) {
  say(`FAIL ${text}\n${indent(why)}`);
  results.failed++;
}

function skip(text: string) {
  say(text);
  results.skipped++;
}

/**
 * Runs a program and gives its templates. The tool that would decide whether to name the language in them is missing,
 * so this decides it.
 */
function synthesize({ cwd, command, args }: Command, outdir: string): ReturnType<typeof templatesOf> {
  const env = {
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify({
      'aws:cdk:version-reporting': false,
      // As the CDK CLI does, which reads the report and fails itself.
      '@aws-cdk/core:failSynthOnValidationErrors': false,
    }),
    CDK_VALIDATION: 'false', // what `npm run first-hour` looks at
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
  };
  must(run(cwd, command, args, env), command);
  return templatesOf(outdir);
}

/** What a program writes. */
interface Output {
  readonly templates: ReturnType<typeof templatesOf>;
  readonly violations: ReturnType<typeof violationsIn>;
}

function test(language: Language, place: Place, expected: Record<string, Output>) {
  const lacking = language.missing();
  if (lacking !== undefined) return skip(`skipped ${language.name}: ${lacking}`);
  try {
    mkdirSync(place.folder);
    language.install(place);
    for (const { name } of options.apps ? [] : PROGRAMS) {
      place.progress(`runs ${name}`);
      const outdir = join(place.folder, `${name}.out`);
      const got = synthesize(language.program(place, name), outdir);
      const differing = [
        ...differences(expected[name].templates, got),
        ...differences(expected[name].violations, violationsIn(outdir), 'violations'),
      ];
      if (differing.length === 0) {
        ok(`${language.name} ${name}: ${size(got)}, as TypeScript`);
      } else {
        fail(
          `${language.name} ${name}: ${differing.length} differences to TypeScript`,
          differing.slice(0, 10).join('\n'),
        );
      }
    }
    if (options.apps) testApp(language.app, place);
  } catch (error) {
    fail(language.name, (error as Error).message);
  } finally {
    language.cleanUp?.();
  }
}

function testApp(app: InitApp, place: Place) {
  try {
    for (const [what, why] of tryApp(app, place)) {
      const text = `${app.language} app: ${what}`;
      if (why === undefined) ok(text);
      else fail(text, why);
    }
  } catch (error) {
    fail(`${app.language} app`, (error as Error).message);
  }
}

function main() {
  function wanted(name: string) {
    return options.only.length === 0 || options.only.includes(name);
  }

  const unknown = options.only.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0) throw new Error(`no language ${unknown.join(', ')}; there are ${NAMES.join(', ')}`);

  const { peerDependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    peerDependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  };

  function exact(range: string) {
    return range.replace(/^.*@|^[^\d]*/, '');
  }

  function placeOf(name: string): Place {
    return {
      folder: join(folder, name),
      awsCdkLib: exact(peerDependencies['aws-cdk-lib']),
      awsCdkLibNewest: exact(devDependencies['aws-cdk-lib-newest']),
      constructs: exact(peerDependencies.constructs),
      progress: (text) => say(`${name} ${text}`),
    };
  }

  const folder = mkdtempSync(join(tmpdir(), 'languages-'));
  process.env.TMPDIR = folder; // what the tools leave lies there too
  try {
    compileIfStale();
    const expected = Object.fromEntries(
      PROGRAMS.map(({ name, typescript: text, finding }) => {
        const home = join(folder, 'typescript', name);
        const templates = synthesize(typescript(home, name, text), join(home, 'cdk.out'));
        const violations = violationsIn(join(home, 'cdk.out'));
        if (finding !== undefined && !violations.some(({ rule }) => rule === finding)) {
          throw new Error(`the validation report of ${name} must contain ${finding}`);
        }
        return [name, { templates, violations }];
      }),
    );
    for (const { name } of PROGRAMS) say(`typescript ${name}: ${size(expected[name].templates)}`);

    for (const language of LANGUAGES.filter(({ name }) => wanted(name))) {
      test(language, placeOf(language.name), expected);
    }
    if (options.apps && wanted('typescript')) testApp(typescriptApp, placeOf('typescript-app'));
    if (wanted('dotnet')) {
      pacmak('dotnet', join(folder, 'dotnet'), '--code-only');
      skip('dotnet: code generated, not compiled');
    }
  } finally {
    if (options.keep) say(`kept: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

if (options.help) {
  console.log(HELP);
} else {
  try {
    main();
  } catch (error) {
    fail('languages', (error as Error).message);
  }
  process.exitCode = results.failed === 0 ? 0 : 1;
  console.log(`${results.passed} passed, ${results.failed} failed, ${results.skipped} skipped`);
}
