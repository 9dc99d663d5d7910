import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnParameter, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import type { AssemblyStack } from '../../src/assembly/cloud-assembly';
import { readInput } from '../../src/assembly/input';
import { UnreadableInput } from '../../src/assembly/template';

const outdir = mkdtempSync(join(tmpdir(), 'input-'));
const OPTIONS = { account: '999999999999', region: 'us-west-2', parameters: { Branch: 'main', Other: 'x' } };

beforeAll(() => {
  const app = new App({ outdir });
  const fixed = new Stack(app, 'Fixed', { env: { account: '111111111111', region: 'eu-west-1' } });
  const open = new Stack(new Stage(app, 'Prod'), 'Open');
  new CfnParameter(open, 'Branch');
  for (const stack of [fixed, open]) new CfnResource(stack, 'Thing', { type: 'AWS::SNS::Topic' });
  app.synth();
});

function told({ displayName, account, region, parameters }: AssemblyStack) {
  return [displayName, account, region, { ...parameters }];
}

test.each([
  ['the folder', ''],
  ['its manifest', 'manifest.json'],
])('reads an assembly by %s with the options for its open values', (_, name) => {
  expect(readInput(join(outdir, name), OPTIONS).map(told)).toEqual([
    ['Prod/Open', '999999999999', 'us-west-2', { Branch: 'main' }],
    ['Fixed', '111111111111', 'eu-west-1', {}],
  ]);
  expect(readInput(join(outdir, name)).map(told)).toEqual([
    ['Prod/Open', undefined, undefined, {}],
    ['Fixed', '111111111111', 'eu-west-1', {}],
  ]);
});

test('overrides the parameters of the manifest', () => {
  const directory = mkdtempSync(join(tmpdir(), 'input-'));
  const properties = { templateFile: 'x.json', parameters: { Branch: 'old', Kept: 'k' } };
  writeFileSync(
    join(directory, 'manifest.json'),
    JSON.stringify({ artifacts: { X: { type: 'aws:cloudformation:stack', properties } } }),
  );
  writeFileSync(
    join(directory, 'x.json'),
    JSON.stringify({ Resources: {}, Parameters: { Branch: { Type: 'String' } } }),
  );
  expect(readInput(directory, OPTIONS).map(({ parameters }) => ({ ...parameters }))).toEqual([
    { Branch: 'main', Kept: 'k' },
  ]);
});

describe('a single template', () => {
  const directory = mkdtempSync(join(tmpdir(), 'input-'));
  const YAML = 'Parameters: {Branch: {Type: String}}\nResources: {Thing: {Type: AWS::SNS::Topic}}';

  test.each([
    ['pipeline.yaml', 'pipeline'],
    ['pipeline.yml', 'pipeline'],
    ['pipeline.template', 'pipeline'],
    ['Shop-1.template.yaml', 'Shop-1'],
    ['plain', 'plain'],
    ['my app_v1.2.YAML', 'my-app-v1-2'],
    ['日本.yaml', 'template'],
  ])('reads %s as the stack %s', (name, stackName) => {
    writeFileSync(join(directory, name), YAML);
    const [stack, ...others] = readInput(join(directory, name), OPTIONS);
    expect(others).toEqual([]);
    expect(stack).toEqual({
      displayName: stackName,
      stackName,
      account: '999999999999',
      region: 'us-west-2',
      parameters: { Branch: 'main' },
      template: { Parameters: { Branch: { Type: 'String' } }, Resources: { Thing: { Type: 'AWS::SNS::Topic' } } },
      nested: {},
      warnings: [],
      templateFile: join(directory, name),
      directory,
    });
  });

  test('reads the JSON of CDK', () => {
    copyFileSync(join(outdir, 'Fixed.template.json'), join(directory, 'Fixed.template.json'));
    const [{ stackName, account, template }] = readInput(join(directory, 'Fixed.template.json'));
    expect([stackName, account, template.Resources!.Thing]).toEqual(['Fixed', undefined, { Type: 'AWS::SNS::Topic' }]);
  });
});

describe('missing input', () => {
  const missing = join(outdir, 'missing');

  test('a path', () => {
    expect(() => readInput(missing)).toThrow(
      new UnreadableInput(`${missing} does not exist; pass the output folder of 'cdk synth' or a template`),
    );
    expect(() => readInput(join(missing, 'manifest.json'))).toThrow(UnreadableInput);
  });

  test('a manifest', () => {
    const directory = mkdtempSync(join(tmpdir(), 'input-'));
    expect(() => readInput(directory)).toThrow(
      new UnreadableInput(`${directory} is not a cloud assembly: it has no manifest.json; run 'cdk synth' first`),
    );
  });
});
