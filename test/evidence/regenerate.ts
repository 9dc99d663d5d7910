/**
 * Makes the fixtures again that come from old releases of the CDK: `npm run evidence`, or with `--check` only compares.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { cached, installCdk1, npm } from './cache';
import { OLD_TEMPLATES } from './old-templates';
import { applicationOf, ASSEMBLIES, assemblyName, DEFECTS } from './reported-defects';

const PACKAGE = '@aws-cdk/aws-codepipeline-actions@1.60.0';

/** Files by their path. */
type Files = Record<string, string>;

const {
  values: { check },
} = parseArgs({ options: { check: { type: 'boolean', default: false } } });

/** Reads all JSON files below a folder. */
function jsonFilesIn(directory: string): Files {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort();
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(directory, file), 'utf8')]));
}

/** JSON on few lines, with one for each resource, so that a change can be read. */
function compact(text: string): string {
  const value = JSON.parse(text) as Record<string, unknown>;

  function lines(entries: Record<string, unknown>, toText: (entry: unknown) => string) {
    return `{\n${Object.entries(entries)
      .map(([key, entry]) => `${JSON.stringify(key)}:${toText(entry)}`)
      .join(',\n')}\n}`;
  }

  const content = lines(value, (part) => {
    if (isObject(part)) return lines(part, (entry) => JSON.stringify(entry));
    return JSON.stringify(part);
  });
  return `${content}\n`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Extracts the expected templates of the integration tests from the package. */
function makeOldTemplates(): Files {
  const directory = cached(PACKAGE.replace('/', '-'), (draft) => {
    npm(draft, 'pack', PACKAGE, '--pack-destination', draft);
    const [tarball] = readdirSync(draft).filter((file) => file.endsWith('.tgz'));
    execFileSync('tar', ['-xzf', tarball, 'package/test'], { cwd: draft });
  });
  const entries = Object.entries(jsonFilesIn(join(directory, 'package/test')));
  return Object.fromEntries(
    entries.flatMap(([file, text]) => {
      const [, name] = /^integ\.(.*)\.expected\.json$/.exec(file) ?? [];
      return name ? [[`${name}.json`, compact(text)]] : [];
    }),
  );
}

/** Synthesizes the application of each defect with the releases that have it and that do not. */
function makeAssemblies(): Files {
  return Object.fromEntries(
    DEFECTS.flatMap(({ issue, repair }) =>
      'flag' in repair
        ? []
        : [repair.bad, repair.good].flatMap((release) => {
            const outdir = mkdtempSync(join(tmpdir(), 'evidence-'));
            const env = {
              ...process.env,
              NODE_PATH: installCdk1(release, repair.modules),
              CDK_DISABLE_STACK_TRACE: '1',
              JSII_DEPRECATED: 'quiet',
            };
            execFileSync(process.execPath, [applicationOf(issue), outdir], { env, cwd: outdir, stdio: 'pipe' });
            // The construct tree is for people.
            const files = Object.entries(jsonFilesIn(outdir)).filter(([file]) => !file.endsWith('tree.json'));
            rmSync(outdir, { recursive: true, force: true });
            return files.map(([file, text]) => {
              const kept = file.endsWith('manifest.json') ? withoutTraces(text) : text;
              return [join(assemblyName(issue, release), file), compact(kept)];
            });
          }),
    ),
  );
}

/** Removes the metadata of artifacts, which contains paths of this machine. */
function withoutTraces(text: string): string {
  const { artifacts, ...manifest } = JSON.parse(text) as { artifacts: Record<string, { metadata?: unknown }> };
  const kept = Object.entries(artifacts).map(([id, { metadata: _, ...artifact }]) => [id, artifact]);
  return JSON.stringify({ ...manifest, artifacts: Object.fromEntries(kept) });
}

function write(directory: string, files: Files): void {
  rmSync(directory, { recursive: true, force: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
}

function differences(directory: string, files: Files): string[] {
  const committed = jsonFilesIn(directory);
  const names = [...new Set([...Object.keys(committed), ...Object.keys(files)])];
  return names.filter((name) => committed[name] !== files[name]).map((name) => join(directory, name));
}

const fixtures: ReadonlyArray<readonly [directory: string, files: Files]> = [
  [OLD_TEMPLATES, makeOldTemplates()],
  [ASSEMBLIES, makeAssemblies()],
];
if (check) {
  const differing = fixtures.flatMap(([directory, files]) => differences(directory, files));
  for (const file of differing) console.log(`differs: ${file}`);
  const count = fixtures.reduce((sum, [, files]) => sum + Object.keys(files).length, 0);
  console.log(`${count - differing.length} passed, ${differing.length} failed`);
  process.exitCode = differing.length === 0 ? 0 : 1;
} else {
  for (const [directory, files] of fixtures) write(directory, files);
}
