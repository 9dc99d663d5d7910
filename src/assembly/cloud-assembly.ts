import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A CloudFormation template, as far as everybody agrees on it. */
export interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
}

export interface AssemblyStack {
  /** How `cdk deploy` names it. */
  readonly displayName: string;
  readonly stackName: string;
  readonly template: Template;
}

interface Manifest {
  readonly artifacts?: Readonly<Record<string, {
    readonly type: string;
    readonly displayName?: string;
    readonly properties?: { readonly templateFile?: string; readonly stackName?: string; readonly directoryName?: string };
  }>>;
}

/**
 * All stacks of a cloud assembly, those of its stages included.
 *
 * @param directory the folder that `cdk synth` wrote, usually `cdk.out`
 */
export function readAssembly(directory: string): AssemblyStack[] {
  const manifestFile = join(directory, 'manifest.json');
  if (!existsSync(manifestFile)) throw new Error(`${directory} is no cloud assembly: it has no manifest.json; run 'cdk synth' first`);
  const { artifacts = {} } = readJson<Manifest>(manifestFile);
  return Object.entries(artifacts).flatMap(([id, { type, displayName, properties = {} }]) => {
    switch (type) {
      case 'cdk:cloud-assembly':
        return readAssembly(join(directory, properties.directoryName!));
      case 'aws:cloudformation:stack':
        return [{
          displayName: displayName ?? id,
          stackName: properties.stackName ?? id,
          template: readJson<Template>(join(directory, properties.templateFile!)),
        }];
      default:
        return [];
    }
  });
}

const readJson = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T;
