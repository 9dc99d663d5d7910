import { readInput } from '../../src/assembly/input';
import type { Template } from '../../src/assembly/template';
import { check } from '../../src/check/check';
import { plainAssembly } from '../evidence/plain-assembly';

/**
 * Properties that hold a policy. CloudFormation takes each as a text of JSON, too, which is how many people write them.
 */
const DOCUMENTS = [
  'PolicyDocument',
  'AssumeRolePolicyDocument',
  'KeyPolicy',
  'RepositoryPolicyText',
  'ResourcePolicy',
  'Statement',
];

/** The same with every policy as a text. */
function asTexts(value: unknown, within = ''): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => asTexts(item));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      (DOCUMENTS.includes(key) && within === 'Properties') || key === 'PolicyDocument'
        ? { 'Fn::ToJsonString': item as unknown }
        : asTexts(item, key),
    ]),
  );
}

test.each(['same-account-key', 'sources', 'cross-both', 'invokes-anywhere', 'cdk-cross-account'])(
  'evaluates a policy in a JSON string like an object: %s',
  (name) => {
    const stacks = readInput(plainAssembly(name));
    const texts = stacks.map((stack) => ({ ...stack, template: asTexts(stack.template) as Template }));
    expect(JSON.stringify(texts).match(/Fn::ToJsonString/g)!.length).toBeGreaterThan(5);
    expect(check(texts)).toEqual(check(stacks));
  },
);
