import { existsSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { readAssembly, readTemplate } from './cloud-assembly';
import type { AssemblyStack } from './cloud-assembly';
import type { Progress } from './json';
import { record, UnreadableInput } from './template';
import type { Template } from './template';
import { hasUnknown } from './unknown';

/** Configures the values that the input does not contain. */
export interface InputOptions {
  /** The account of environment-agnostic stacks. */
  readonly account?: string;
  /** The Region of environment-agnostic stacks. */
  readonly region?: string;
  /** Values for the templates that declare these parameters. They override the values of the manifest. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly progress?: Progress;
}

/**
 * Reads the stacks of a cloud assembly or of one template.
 *
 * @param path the folder or the manifest.json of a cloud assembly, or a template
 */
export function readInput(path: string, options: InputOptions = {}): AssemblyStack[] {
  rejectReservedCharacters(options);
  if (!existsSync(path)) {
    throw new UnreadableInput(`${path} does not exist; pass the output folder of 'cdk synth' or a template`);
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
  return [
    {
      displayName: name,
      stackName: name,
      parameters: record(),
      ...readTemplate(path),
      templateFile: resolve(path),
      directory: dirname(path),
    },
  ];
}

function declared({ Parameters = {} }: Template, values: InputOptions['parameters'] = {}) {
  return Object.entries(values).filter(([name]) => Object.hasOwn(Parameters, name));
}

/** Returns a valid stack name that is derived from the file name. */
function nameOf(path: string) {
  return (
    basename(path)
      .replace(/(\.template)?\.(json|ya?ml)$|\.template$/i, '')
      .replace(/[^A-Za-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'template'
  );
}

/** Rejects values with the characters that represent unknown values, as in the strings of a template. */
function rejectReservedCharacters({ account = '', region = '', parameters = {} }: InputOptions): void {
  for (const [name, value] of Object.entries({ account, region, ...parameters })) {
    if (hasUnknown(value) || /\p{Surrogate}/u.test(value)) {
      throw new UnreadableInput(
        `the value of ${name} must not contain lone surrogates or characters between U+F0000 and U+10FFFD; remove them`,
      );
    }
  }
}
