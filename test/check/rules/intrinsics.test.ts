import { compliantTemplate, findingsIn, type Properties, type TestTemplate } from './compliant';

type Path = ReadonlyArray<string | number>;

/** Returns the paths of the texts, numbers and booleans in a value. */
function leavesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, item]) => leavesIn(item, [...path, key]));
}

/** Returns the paths of the objects and lists in a value. */
function blocksIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return [path, ...Object.entries(value).flatMap(([key, item]) => blocksIn(item, [...path, key]))];
}

function at(value: Properties, path: Path): unknown {
  return path.reduce((owner: Properties, key) => owner[key] as Properties, value);
}

function replace(value: Properties, path: Path, by: (old: unknown) => unknown) {
  const owner = at(value, path.slice(0, -1)) as Properties;
  owner[path.at(-1)!] = by(owner[path.at(-1)!]);
}

/** Returns the compliant template with an open condition, and with parameters without a value. */
function openTemplate(): TestTemplate {
  return {
    ...compliantTemplate(),
    Parameters: { Open: { Type: 'String' }, Unknown: { Type: 'String' } },
    Conditions: { IsOpen: { 'Fn::Equals': [{ Ref: 'Open' }, 'yes'] } },
  };
}

/** Returns the template with each leaf of the pipeline replaced. */
function withLeaves(by: (value: unknown) => unknown): TestTemplate {
  const template = openTemplate();
  const { Properties: pipeline } = template.Resources.Pipeline;
  for (const path of leavesIn(pipeline)) replace(pipeline, path, by);
  return template;
}

function violationsIn(template: TestTemplate): string[] {
  return findingsIn(template)
    .filter(({ verdict }) => verdict === 'NON_COMPLIANT')
    .map(({ id, message }) => `${id} ${message}`);
}

function halves(value: unknown): [string, string] {
  const text = String(value);
  return [text.slice(0, 1), text.slice(1)];
}

test.each<[string, (value: unknown) => unknown]>([
  ['Fn::Join', (value) => ({ 'Fn::Join': ['', halves(value)] })],
  ['Fn::Sub', (value) => (/\$\{/.test(String(value)) ? value : { 'Fn::Sub': String(value) })],
  ['Fn::If with equal values', (value) => ({ 'Fn::If': ['IsOpen', value, value] })],
  ['Fn::Select', (value) => ({ 'Fn::Select': ['0', [value, 'other']] })],
  ['strings in place of numbers', (value) => String(value)],
  ['numbers in place of strings', (value) => (/^\d{1,5}$/.test(String(value)) ? Number(value) : value)],
])('finds nothing if the values are written with %s', (_, by) => {
  expect(violationsIn(withLeaves(by))).toEqual([]);
});

test.each<[string, unknown]>([
  ['a parameter', { Ref: 'Unknown' }],
  ['an import', { 'Fn::ImportValue': 'unknown' }],
  ['a dynamic reference', '{{resolve:ssm:/unknown}}'],
  ['a part that is unknown', { 'Fn::Sub': '${Unknown}' }],
])('finds nothing if %s hides one value', (_, hidden) => {
  const { Properties: pipeline } = compliantTemplate().Resources.Pipeline;
  const found = leavesIn(pipeline).flatMap((path) => {
    const template = openTemplate();
    replace(template.Resources.Pipeline.Properties, path, () => hidden);
    return violationsIn(template).map((finding) => `${path.join('.')}: ${finding}`);
  });

  expect(found).toEqual([]);
});

test.each<[string, (value: unknown) => unknown]>([
  ['a transform', () => ({ 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://a/b' } } })],
  ['a condition with a parameter', (value) => ({ 'Fn::If': ['IsOpen', value, { Ref: 'Unknown' }] })],
  ['a condition with the same block', (value) => ({ 'Fn::If': ['IsOpen', value, structuredClone(value)] })],
  ['a condition without the block', (value) => ({ 'Fn::If': ['IsOpen', value, { Ref: 'AWS::NoValue' }] })],
])('finds nothing if %s hides one block', (_, by) => {
  const { Properties: pipeline } = compliantTemplate().Resources.Pipeline;
  const found = blocksIn(pipeline)
    .filter((path) => path.length > 0)
    .flatMap((path) => {
      const template = openTemplate();
      replace(template.Resources.Pipeline.Properties, path, by);
      return violationsIn(template).map((finding) => `${path.join('.')}: ${finding}`);
    });

  expect(found).toEqual([]);
});

test.each(['false', 'False', 'no', false])('accepts %p as a boolean', (value) => {
  const template = openTemplate();
  template.Resources.Pipeline.Properties.Stages[0].Actions[1].Configuration.PollForSourceChanges = value;

  expect(violationsIn(template)).toEqual([]);
});
