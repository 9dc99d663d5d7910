import { existsSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { readAssembly, readText } from './cloud-assembly';
import type { AssemblyStack } from './cloud-assembly';
import type { Progress } from './json';
import { parseTemplate, record, UnreadableInput } from './template';
import type { Template } from './template';
import { hasUnknown } from './unknown';

/** What the input leaves open. */
export interface InputOptions {
  /** For stacks whose account is decided at deployment. */
  readonly account?: string;
  /** For stacks whose region is decided at deployment. */
  readonly region?: string;
  /** For the templates that declare them. They go before those of the manifest. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly progress?: Progress;
}

/**
 * The stacks that a path names.
 *
 * @param path a cloud assembly (its folder or its manifest.json), or one template
 */
export function readInput(path: string, options: InputOptions = {}): AssemblyStack[] {
  refuseMarks(options);
  if (!existsSync(path)) {
    throw new UnreadableInput(`${path} does not exist; give the folder that 'cdk synth' wrote, or a template`);
  }
  return stacksOf(path, options.progress).map((stack) => ({
    ...stack,
    account: stack.account ?? options.account,
    region: stack.region ?? options.region,
    parameters: record([...Object.entries(stack.parameters), ...declared(stack.template, options.parameters)]),
  }));
}

function stacksOf(path: string, progress?: Progress): AssemblyStack[] {
  if (statSync(path).isDirectory()) return readAssembly(path, progress);
  if (basename(path) === 'manifest.json') return readAssembly(dirname(path), progress);
  const name = nameOf(path);
  const template = parseTemplate(readText(path), path);
  return [
    { displayName: name, stackName: name, parameters: record(), template, nested: record(), directory: dirname(path) },
  ];
}

function declared({ Parameters = {} }: Template, values: InputOptions['parameters'] = {}) {
  return Object.entries(values).filter(([name]) => Object.hasOwn(Parameters, name));
}

/** The file's name as CloudFormation would take it for a stack. */
function nameOf(path: string) {
  return (
    basename(path)
      .replace(/(\.template)?\.(json|ya?ml)$|\.template$/i, '')
      .replace(/[^A-Za-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'template'
  );
}

/** Like the texts of a template, these must not look like the mark of an unknown value. */
function refuseMarks({ account = '', region = '', parameters = {} }: InputOptions): void {
  const [bad] = Object.entries({ account, region, ...parameters }).filter(
    ([, value]) => hasUnknown(value) || /\p{Surrogate}/u.test(value),
  );
  if (bad !== undefined) {
    throw new UnreadableInput(`the value given for ${bad[0]} has characters that no AWS name has; give another`);
  }
}
