/**
 * Compares the check with cfn-lint and CloudFormation Validate on the planted defects, and writes the tables of
 * docs/trust/validators.md: `npm run compare:validators`. Requires cfn-lint, e.g. `pip install cfn-lint==1.58.0`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompositeEngine, TemplateContent } from './cloudformation-validate';
import { check } from '../../src/check/check';
import { baseAssembly, DEFECTS, planted } from '../check/rules/planted/defects';
import type { Defect, PlantedAssembly } from '../check/rules/planted/template';

const ROOT = join(__dirname, '..', '..');
const PAGE = join(ROOT, 'docs', 'trust', 'validators.md');
const MARK = '<!-- The rest is written by npm run compare:validators. -->\n';
const VALIDATE = join(ROOT, 'node_modules/aws-cdk-lib-newest/node_modules/@aws/cloudformation-validate');

/** An error or a warning. Two findings are the same if both are equal. */
interface Finding {
  readonly rule: string;
  readonly message: string;
}

/** Returns the findings for each file. */
type Validator = (files: readonly string[]) => ReadonlyMap<string, readonly Finding[]>;

interface Result {
  readonly kind: string;
  readonly defect: Defect;
  /** The rules that find the defect, by the validator. */
  readonly found: {
    readonly check: readonly string[];
    readonly lint: readonly string[];
    readonly validate: readonly string[];
  };
}

function main() {
  const folder = mkdtempSync(join(tmpdir(), 'validators-'));
  process.env.TMPDIR = folder;
  process.env.CDK_VALIDATION = 'false';
  try {
    const results = compare(folder);
    const [page] = readFileSync(PAGE, 'utf8').split(MARK);
    writeFileSync(PAGE, `${page}${MARK}\n${tables(results)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(folder: string): Result[] {
  const cases = Object.entries(DEFECTS).flatMap(([kind, defects]) => defects.map((defect) => ({ kind, defect })));
  const bases = [...new Set(cases.map(({ defect: { base } }) => base))];
  const clean = new Map(bases.map((base, index) => [base, write(baseAssembly(base), join(folder, `base-${index}`))]));
  const broken = cases.map(({ defect }, index) => write(planted(defect), join(folder, `defect-${index}`)));
  const files = [...clean.values(), ...broken].flat();
  const [lint, validate] = [cfnLint(files), cloudFormationValidate(files)];

  function difference(findings: ReadonlyMap<string, readonly Finding[]>, base: string, index: number): string[] {
    const before = new Set(clean.get(base)!.flatMap((file) => (findings.get(file) ?? []).map(keyOf)));
    const added = broken[index].flatMap((file) => findings.get(file) ?? []).filter((item) => !before.has(keyOf(item)));
    return [...new Set(added.map(({ rule }) => rule))].sort();
  }

  return cases.map(({ kind, defect }, index) => ({
    kind,
    defect,
    found: {
      check: [...new Set(ownFindings(planted(defect)))].sort(),
      lint: difference(lint, defect.base, index),
      validate: difference(validate, defect.base, index),
    },
  }));
}

/** Writes the templates of an assembly, and returns their files. */
function write({ stacks }: PlantedAssembly, folder: string): string[] {
  mkdirSync(folder);
  return stacks.map(({ template }, index) => {
    const file = join(folder, `${index}.template.json`);
    writeFileSync(file, JSON.stringify(template));
    return file;
  });
}

function keyOf({ rule, message }: Finding): string {
  return `${rule} ${message}`;
}

function ownFindings({ stacks }: PlantedAssembly): string[] {
  return check(stacks)
    .pipelines.flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity !== 'info')
    .map(({ id }) => id.replace(/\[.*$/s, ''));
}

const cfnLint: Validator = (files) => {
  const { stdout, error } = spawnSync('cfn-lint', ['--format', 'json', '--regions', 'eu-west-1', '--', ...files], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error) throw error;
  const matches = JSON.parse(stdout) as ReadonlyArray<{
    readonly Filename: string;
    readonly Level: string;
    readonly Message: string;
    readonly Rule: { readonly Id: string };
  }>;
  const entries = files.map((file): [string, Finding[]] => [
    file,
    matches
      .filter(({ Filename, Level }) => Filename === file && Level !== 'Informational')
      .map(({ Rule: { Id }, Message }) => ({ rule: Id, message: Message })),
  ]);
  return new Map(entries);
};

const cloudFormationValidate: Validator = (files) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const library = require(VALIDATE) as {
    CompositeEngine: typeof CompositeEngine;
    TemplateContent: typeof TemplateContent;
  };
  const engine = new library.CompositeEngine();
  try {
    const entries = files.map((file): [string, Finding[]] => {
      const { diagnostics } = engine.validateTemplate(new library.TemplateContent(readFileSync(file, 'utf8')));
      const findings = diagnostics
        .filter(({ severity }) => !/^info/i.test(severity))
        .map(({ ruleId, message }) => ({ rule: ruleId, message }));
      return [file, findings];
    });
    return new Map(entries);
  } finally {
    engine.free();
  }
};

function tables(results: readonly Result[]): string {
  const lint = execFileSync('cfn-lint', ['--version'], { encoding: 'utf8' }).trim().replace('cfn-lint ', '');
  const { version } = JSON.parse(readFileSync(join(VALIDATE, 'package.json'), 'utf8')) as { version: string };
  const today = new Date().toISOString().slice(0, 10);
  const kinds = Object.keys(DEFECTS).map((kind) =>
    countRow(
      kind,
      results.filter((result) => result.kind === kind),
    ),
  );
  return [
    `Run on ${today} with cfn-lint ${lint} and CloudFormation Validate ${version} (the copy in aws-cdk-lib).`,
    '',
    '| templates of | defects | `check` | cfn-lint | CloudFormation Validate |',
    '|---|---|---|---|---|',
    ...kinds,
    countRow('all', results),
    '',
    '## Every defect',
    '',
    '| templates of | defect | `check` | cfn-lint | CloudFormation Validate |',
    '|---|---|---|---|---|',
    ...results.map(({ kind, defect: { name, source }, found }) =>
      row([kind, `[${name}](${source})`, cell(found.check), cell(found.lint), cell(found.validate)]),
    ),
    '',
  ].join('\n');
}

function countRow(kind: string, results: readonly Result[]): string {
  const counts = (['check', 'lint', 'validate'] as const).map((name) =>
    results.filter(({ found }) => found[name].length > 0).length.toString(),
  );
  return row([kind, results.length.toString(), ...counts]);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function cell(rules: readonly string[]): string {
  return rules.length > 0 ? rules.join(', ') : '–';
}

main();
