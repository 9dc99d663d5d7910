import type { ServiceRule } from './service-rule';
import { type Violation, violation } from './violation';
import { isObject, memberOf } from '../../assembly/json';
import { hasUnknown } from '../../assembly/unknown';
import { PIPELINE_SCHEMA, type PropertySchema } from '../../aws/pipeline-schema';
import { closest } from '../../common/closest';
import { didYouMean } from '../../common/rules';

const SEE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codepipeline-pipeline.html';

type FaultKind = 'misspelt' | 'missing' | 'type';

interface Fault extends Pick<Violation, 'path' | 'must' | 'got' | 'fix'> {
  readonly kind: FaultKind;
}

/** Rules for the properties of the pipeline resource. */
export const PROPERTY_RULES: readonly ServiceRule[] = [
  propertyRule('PropertyMisspelt', 'misspelt', 'Properties are spelled as CloudFormation does.'),
  propertyRule(
    'PropertyMissing',
    'missing',
    'Stores, actions, rules, artifacts and triggers have their required properties.',
  ),
  propertyRule('PropertyType', 'type', 'Properties are lists, objects or values as CloudFormation requires.'),
];

function propertyRule(id: string, kind: FaultKind, summary: string): ServiceRule {
  return {
    id,
    severity: 'error',
    summary,
    see: SEE,
    violations: (pipeline) =>
      faultsIn(pipeline.properties, PIPELINE_SCHEMA, '')
        .filter((fault) => fault.kind === kind)
        .map(({ path, must, got, fix }) => violation(pipeline, path, { must, got, fix })),
  };
}

function faultsIn(value: unknown, schema: PropertySchema, path: string): Fault[] {
  if (value === undefined || value === null || (typeof value === 'string' && hasUnknown(value))) return [];
  // Other rules read the configuration.
  if (schema === 'json') return isObject(value) ? [] : [typeFault(path, 'be an object', value)];
  if (schema === 'value') {
    return typeof value === 'object' ? [typeFault(path, 'be a text, a number or a boolean', value)] : [];
  }
  if (isList(schema)) {
    if (!Array.isArray(value)) return [typeFault(path, 'be a list', value)];
    return value.flatMap((item, index) => faultsIn(item, schema[0], `${path}[${index}]`));
  }
  if (!isObject(value)) return [typeFault(path, 'be an object', value)];
  const required = Object.keys(schema).filter((key) => key.endsWith('*'));
  const names = Object.keys(schema).map((key) => key.replace('*', ''));
  const missing = required
    .map((key) => key.replace('*', ''))
    .filter((key) => value[key] === undefined)
    .map((key): Fault => ({ kind: 'missing', path: join(path, key), must: 'be set', fix: 'add it' }));
  const present = Object.entries(value).flatMap(([key, item]) => {
    const member = memberOf(schema, key) ?? memberOf(schema, `${key}*`);
    if (member !== undefined) return faultsIn(item, member, join(path, key));
    const similar = closest(key, names);
    if (similar === undefined || hasUnknown(key)) return []; // It may be a new property.
    const fault: Fault = {
      kind: 'misspelt',
      path: join(path, key),
      must: 'be a property of pipelines',
      got: item,
      fix: didYouMean(similar),
    };
    return [fault];
  });
  return [...missing, ...present];
}

function isList(schema: PropertySchema): schema is readonly [PropertySchema] {
  return Array.isArray(schema);
}

function typeFault(path: string, must: string, got: unknown): Fault {
  return { kind: 'type', path, must, got, fix: 'change its type' };
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
