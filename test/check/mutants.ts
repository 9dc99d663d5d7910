import type { AssemblyStack } from '../../src/assembly/cloud-assembly';
import { check } from '../../src/check/check';
import type { CheckReport } from '../../src/check/finding';

/** An assembly without one statement that allows something. */
export interface Mutant {
  /** Where the statement was. */
  readonly name: string;
  readonly statement: Statement;
  readonly stacks: readonly AssemblyStack[];
}

interface Statement { Effect?: unknown; Sid?: unknown; Action?: unknown; Resource?: unknown; Principal?: unknown }

/** Where templates keep statements: a resource type, and the paths to its policy documents. */
const DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Policy': ['PolicyDocument'],
  'AWS::IAM::ManagedPolicy': ['PolicyDocument'],
  'AWS::IAM::Role': ['AssumeRolePolicyDocument', 'Policies.*.PolicyDocument'],
  'AWS::KMS::Key': ['KeyPolicy'],
  'AWS::S3::BucketPolicy': ['PolicyDocument'],
  'AWS::SNS::TopicPolicy': ['PolicyDocument'],
};

/** Every assembly that lacks one allowing statement of this one, or one bus policy. */
export function* mutants(stacks: readonly AssemblyStack[]): Generator<Mutant> {
  for (const [index, stack] of stacks.entries()) {
    const resources = stack.template.Resources ?? {};
    for (const [logicalId, resource] of Object.entries(resources)) {
      const without = (change: (properties: any) => void) => {
        const properties = structuredClone(resource.Properties ?? {});
        change(properties);
        const template = { ...stack.template, Resources: { ...resources, [logicalId]: { ...resource, Properties: properties } } };
        return stacks.map((other, at) => at === index ? { ...stack, template } : other);
      };
      for (const path of Object.hasOwn(DOCUMENTS, resource.Type) ? DOCUMENTS[resource.Type] : []) {
        for (const [document, locate] of documentsAt(resource.Properties ?? {}, path.split('.'))) {
          for (const [at, statement] of [document.Statement].flat().entries()) {
            if (statement.Effect !== 'Allow') continue;
            yield {
              name: `${stack.displayName}/${logicalId}.${path}[${at}]`,
              statement,
              stacks: without((properties) => { const found = locate(properties); found.Statement = [found.Statement].flat().filter((_: unknown, i: number) => i !== at); }),
            };
          }
        }
      }
      if (resource.Type === 'AWS::Events::EventBusPolicy') {
        const { [logicalId]: removed, ...rest } = resources;
        const template = { ...stack.template, Resources: rest };
        yield { name: `${stack.displayName}/${logicalId}`, statement: removed.Properties ?? {}, stacks: stacks.map((other, at) => at === index ? { ...stack, template } : other) };
      }
    }
  }
}

/** The documents at a path, each with the way to it from the properties. */
function documentsAt(root: any, path: readonly string[]): Array<[document: any, locate: (properties: any) => any]> {
  const [step, ...rest] = path;
  if (step === undefined) return root && typeof root === 'object' ? [[root, (properties) => properties]] : [];
  if (step === '*') {
    return (Array.isArray(root) ? root : []).flatMap((item, index) =>
      documentsAt(item, rest).map(([document, locate]): [any, (properties: any) => any] => [document, (properties) => locate(properties[index])]));
  }
  return root?.[step] === undefined ? [] : documentsAt(root[step], rest).map(([document, locate]) => [document, (properties) => locate(properties[step])]);
}

/** What became of a mutant. */
export type Fate = 'error' | 'warning' | 'survived';

/** Whether the check tells the mutant from the original: by an error, by a warning, or not at all. */
export function fateOf(mutant: Mutant, original: CheckReport): Fate {
  const { summary } = check(mutant.stacks);
  if (summary.errors > original.summary.errors) return 'error';
  return summary.warnings > original.summary.warnings ? 'warning' : 'survived';
}
