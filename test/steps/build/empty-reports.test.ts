import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EMPTY_REPORTS, LANGUAGES, type ReportFormat } from '../../../src/aws/languages';
import { emptyReportCommands } from '../../../src/steps/build/empty-reports';
import type { ReportPlan } from '../../../src/steps/build/spec';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'reports-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the commands in one shell, as CodeBuild does, after a command that changed the folder. */
function run(reports: readonly ReportPlan[], directory = '.', shell = 'sh') {
  mkdirSync(join(folder, directory), { recursive: true });
  const script = ['set -e', 'cd /', ...emptyReportCommands(directory, reports)].join('\n');
  execFileSync(shell, ['-c', script], { env: { ...process.env, CODEBUILD_SRC_DIR: folder } });
}

function write(path: string, text = 'written by a test') {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function files(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

function junit(...patterns: string[]): ReportPlan {
  return { name: 'tests', files: patterns, format: 'JUNITXML' };
}

test.each(['sh', 'bash'])('writes an empty report with %s if there is none', (shell) => {
  run([junit('junit.xml', 'reports/junit.xml')], '.', shell);
  expect(files()).toEqual(['junit.xml']);
  expect(readFileSync(join(folder, 'junit.xml'), 'utf8')).toBe(`${EMPTY_REPORTS.JUNITXML}\n`);
});

test.each<[string, string[], string]>([
  ['the first file', ['junit.xml', 'reports/junit.xml'], 'junit.xml'],
  ['another file', ['junit.xml', 'reports/junit.xml'], 'reports/junit.xml'],
  ['a file below any folder', ['**/surefire-reports/TEST-*.xml'], 'api/target/surefire-reports/TEST-A.xml'],
  ['a file in no folder of **', ['**/surefire-reports/TEST-*.xml'], 'surefire-reports/TEST-A.xml'],
  ['a file of the second pattern', ['**/a/*.xml', '**/b/*.xml'], 'x/b/1.xml'],
  ['a file with a blank', ['my reports/*.xml'], 'my reports/one two.xml'],
])('leaves %s alone', (_, patterns, path) => {
  write(path);
  run([junit(...patterns)]);
  expect(files()).toEqual([path]);
  expect(readFileSync(join(folder, path), 'utf8')).toBe('written by a test');
});

test('writes below the folder that is built', () => {
  run([junit('reports/junit.xml')], 'apps/my web');
  expect(files()).toEqual(['apps/my web/reports/junit.xml']);
});

test('replaces patterns by names that they match', () => {
  run([junit('**/surefire-reports/TEST-*.xml')]);
  expect(files()).toEqual(['reports/surefire-reports/TEST-empty.xml']);
});

test('writes nothing for patterns whose meaning is unknown', () => {
  run([junit('reports/[ab].xml')]);
  expect(files()).toEqual([]);
});

test('quotes file names', () => {
  run([junit('a; touch owned; b.xml')]);
  expect(files()).toEqual(['a; touch owned; b.xml']);
});

test.each(Object.entries(LANGUAGES))('writes both reports of %s, and writes them once', (_, language) => {
  const reports: ReportPlan[] = [
    { name: 'tests', ...language.tests },
    { name: 'coverage', ...language.coverage },
  ];
  run(reports);
  const written = files();
  expect(written).toHaveLength(2);
  run(reports);
  expect(files()).toEqual(written);
});

test.each(Object.entries(EMPTY_REPORTS))('has well-formed XML for %s', (format, text) => {
  const path = join(folder, `${format as ReportFormat}.xml`);
  writeFileSync(path, text);
  expect(existsSync(path)).toBe(true);
  const tags = [...text.replace(/<\?.*?\?>/, '').matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)];
  const open: string[] = [];
  for (const [, isEnd, name, isEmpty] of tags) {
    if (isEnd) expect(open.pop()).toBe(name);
    else if (!isEmpty) open.push(name);
  }
  expect(open).toEqual([]);
  expect(tags.length).toBeGreaterThan(0);
});
