import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Template {
  readonly Resources?: Record<string, unknown>;
}

/** The templates of a cloud assembly by their file. */
export function templatesOf(directory: string): Record<string, Template> {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.template.json'))
    .sort();
  return Object.fromEntries(
    files.map((file) => [file, JSON.parse(readFileSync(join(directory, file), 'utf8')) as Template]),
  );
}

/** The rules and the texts in the report of validation plugins, or nothing if there is none. */
export function violationsIn(directory: string): Array<{ readonly rule: string; readonly text: string }> {
  const file = join(directory, 'policy-validation-report.json');
  if (!existsSync(file)) return [];
  const { pluginReports } = JSON.parse(readFileSync(file, 'utf8')) as {
    pluginReports: ReadonlyArray<{ violations: ReadonlyArray<{ ruleName: string; description: string }> }>;
  };
  return pluginReports.flatMap(({ violations }) =>
    violations.map(({ ruleName, description }) => ({ rule: ruleName, text: description })),
  );
}

/** How much there is: '1 stack, 27 resources'. */
export function size(templates: Record<string, Template>): string {
  const resources = Object.values(templates).flatMap(({ Resources }) => Object.keys(Resources ?? {})).length;
  return `${count(Object.keys(templates).length, 'stack')}, ${count(resources, 'resource')}`;
}

function count(n: number, noun: string) {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** Where two values differ: 'path: this instead of that'. */
export function differences(expected: unknown, got: unknown, path = ''): string[] {
  if (isNode(expected) && isNode(got) && Array.isArray(expected) === Array.isArray(got)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(got)])];
    return keys.flatMap((key) => differences(expected[key], got[key], path === '' ? key : `${path}/${key}`));
  }
  return expected === got ? [] : [`${path}: ${short(got)} instead of ${short(expected)}`];
}

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function short(value: unknown) {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 120);
}
