import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// The manifest of jsii: what other languages see. `npm test` compiles first.
interface Docs {
  readonly summary?: string;
  readonly default?: string;
  readonly example?: string;
}
interface Member {
  readonly name: string;
  readonly optional?: boolean;
  readonly docs?: Docs;
  readonly parameters?: ReadonlyArray<{ name: string }>;
}
interface Type {
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly docs?: Docs;
  readonly properties?: readonly Member[];
  readonly methods?: readonly Member[];
  readonly members?: readonly Member[];
}

const types = Object.values(
  (JSON.parse(readFileSync(join(__dirname, '../../.jsii'), 'utf8')) as { types: Record<string, Type> }).types,
);
const properties = types.flatMap((type) =>
  (type.properties ?? []).map((member) => ({ type, member, id: `${type.name}.${member.name}` })),
);
const members = [
  ...properties,
  ...types.flatMap((type) =>
    [...(type.methods ?? []), ...(type.members ?? [])].map((member) => ({
      type,
      member,
      id: `${type.name}.${member.name}`,
    })),
  ),
];

test('the manifest is that of this library', () => expect(types.map((type) => type.name)).toContain('WebAppPipeline'));

test('every optional prop has a @default', () => {
  expect(
    properties.filter(({ member }) => member.optional && !member.docs?.default?.trim()).map(({ id }) => id),
  ).toEqual([]);
});

test('a @default is a value or describes the behavior, and a required prop has none', () => {
  expect(
    properties
      .filter(({ member }) => /^(-\s*)?(undefined|none given|the default)\.?$/i.test(member.docs?.default ?? ''))
      .map(({ id }) => id),
  ).toEqual([]);
  expect(
    properties
      .filter(({ member, type }) => type.datatype && !member.optional && member.docs?.default)
      .map(({ id }) => id),
  ).toEqual([]);
});

test('every class has an @example', () => {
  expect(types.filter((type) => type.kind === 'class' && !type.docs?.example).map((type) => type.name)).toEqual([]);
});

test('everything has a summary', () => {
  expect(types.filter((type) => !type.docs?.summary).map((type) => type.name)).toEqual([]);
  expect(members.filter(({ member }) => !member.docs?.summary).map(({ id }) => id)).toEqual([]);
});

test('a construct has at most 12 props, 3 of them required', () => {
  for (const { name, properties: props = [] } of types.filter((type) => type.name.endsWith('PipelineProps'))) {
    expect([name, props.length <= 12, props.filter((prop) => !prop.optional).length <= 3]).toEqual([name, true, true]);
  }
});

test('no name is a word that Python, Java, C# or Go keep for themselves', () => {
  const RESERVED = new Set([
    // Python
    'and',
    'as',
    'assert',
    'async',
    'await',
    'break',
    'class',
    'continue',
    'def',
    'del',
    'elif',
    'else',
    'except',
    'finally',
    'for',
    'from',
    'global',
    'if',
    'import',
    'in',
    'is',
    'lambda',
    'None',
    'nonlocal',
    'not',
    'or',
    'pass',
    'raise',
    'return',
    'try',
    'while',
    'with',
    'yield',
    'print',
    // Java and C#
    'abstract',
    'base',
    'boolean',
    'bool',
    'byte',
    'case',
    'catch',
    'char',
    'checked',
    'const',
    'decimal',
    'default',
    'delegate',
    'do',
    'double',
    'enum',
    'event',
    'explicit',
    'extends',
    'extern',
    'final',
    'fixed',
    'float',
    'foreach',
    'goto',
    'implements',
    'implicit',
    'instanceof',
    'int',
    'interface',
    'internal',
    'lock',
    'long',
    'namespace',
    'native',
    'new',
    'null',
    'object',
    'operator',
    'out',
    'override',
    'package',
    'params',
    'private',
    'protected',
    'public',
    'readonly',
    'ref',
    'sbyte',
    'sealed',
    'short',
    'sizeof',
    'stackalloc',
    'static',
    'strictfp',
    'string',
    'struct',
    'super',
    'switch',
    'synchronized',
    'this',
    'throw',
    'throws',
    'transient',
    'typeof',
    'uint',
    'ulong',
    'unchecked',
    'unsafe',
    'ushort',
    'using',
    'virtual',
    'void',
    'volatile',
    // Go
    'chan',
    'defer',
    'fallthrough',
    'func',
    'go',
    'map',
    'range',
    'select',
    'type',
    'var',
  ]);
  expect(
    members.flatMap(({ id, member }) => [
      ...(RESERVED.has(member.name) ? [id] : []),
      ...(member.parameters ?? [])
        .filter((parameter) => RESERVED.has(parameter.name))
        .map((parameter) => `${id}(${parameter.name})`),
    ]),
  ).toEqual([]);
});
