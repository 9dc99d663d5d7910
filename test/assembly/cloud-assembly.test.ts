import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { App, Aws, CfnResource, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { assetDestinations, readAssembly } from '../../src/assembly/cloud-assembly';
import type { NestedTemplate } from '../../src/assembly/cloud-assembly';

function newDirectory() {
  return mkdtempSync(join(tmpdir(), 'assembly-'));
}

// The CLI sets this context. Without it, CDK does not write the path of the template of a nested stack.
const TELLS_ASSETS = { 'aws:cdk:enable-asset-metadata': true };
const ENV = { account: '111111111111', region: 'eu-west-1' };

/** An assembly of an app that a function fills. */
function synth(fill: (app: App) => void, context: Record<string, unknown> = TELLS_ASSETS): string {
  const outdir = newDirectory();
  const app = new App({ outdir, context });
  fill(app);
  app.synth();
  return outdir;
}

function topicIn(scope: Construct) {
  return new CfnResource(scope, 'Thing', { type: 'AWS::SNS::Topic' });
}

function stackWithNested(scope: Construct, id: string, props?: StackProps): Stack {
  const stack = new Stack(scope, id, props);
  const outer = new NestedStack(stack, 'Outer', { parameters: { Given: Aws.REGION } });
  topicIn(outer);
  topicIn(new NestedStack(outer, 'Inner'));
  topicIn(new NestedStack(stack, 'Other'));
  return stack;
}

/** Returns the nested stacks without the hashes that CDK appends to ids. */
function shapeOf(nested: Readonly<Record<string, NestedTemplate>>): unknown {
  return Object.fromEntries(
    Object.entries(nested).map(([id, { template, nested: inner }]) => [
      id.replace(/NestedStack.*/, ''),
      [template.Resources!.Thing.Type, shapeOf(inner)],
    ]),
  );
}

const NESTED = { Outer: ['AWS::SNS::Topic', { Inner: ['AWS::SNS::Topic', {}] }], Other: ['AWS::SNS::Topic', {}] };

test('reads all stacks, including those of stages', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'assembly-'));
  const app = new App({ outdir });
  new CfnResource(new Stack(app, 'One', { stackName: 'first' }), 'Thing', { type: 'AWS::SNS::Topic' });
  new CfnResource(new Stack(new Stage(app, 'Prod'), 'Two'), 'Thing', { type: 'AWS::SQS::Queue' });
  app.synth();
  expect(
    readAssembly(outdir).map(({ displayName, stackName, template }) => [
      displayName,
      stackName,
      template.Resources!.Thing.Type,
    ]),
  ).toEqual([
    ['Prod/Two', 'Prod-Two', 'AWS::SQS::Queue'],
    ['One', 'first', 'AWS::SNS::Topic'],
  ]);
});

test('rejects a folder that is not an assembly', () => {
  const directory = mkdtempSync(join(tmpdir(), 'empty-'));
  expect(() => readAssembly(directory)).toThrow(
    new Error(`${directory} is not a cloud assembly: it has no manifest.json; run 'cdk synth' first`),
  );
});

test('returns the account and the Region if they are concrete', () => {
  const outdir = synth((app) => {
    topicIn(new Stack(app, 'Both', { env: ENV }));
    topicIn(new Stack(app, 'Neither'));
    topicIn(new Stack(app, 'Region', { env: { region: 'us-east-1' } }));
    topicIn(new Stack(app, 'Account', { env: { account: '222222222222' } }));
    topicIn(new Stack(new Stage(app, 'Prod', { env: ENV }), 'Staged'));
  });
  expect(
    Object.fromEntries(
      readAssembly(outdir).map(({ displayName, account, region }) => [displayName, [account, region]]),
    ),
  ).toEqual({
    Both: ['111111111111', 'eu-west-1'],
    Neither: [undefined, undefined],
    Region: [undefined, 'us-east-1'],
    Account: ['222222222222', undefined],
    'Prod/Staged': ['111111111111', 'eu-west-1'],
  });
});

test('reads a stack without resources', () => {
  const outdir = synth((app) => new Stack(app, 'Empty'));
  expect(JSON.parse(readFileSync(join(outdir, 'Empty.template.json'), 'utf8')).Resources).toBeUndefined();
  expect(readAssembly(outdir)[0].template.Resources).toEqual({});
});

test('reads nested stacks at all levels, including those of stages', () => {
  const outdir = synth((app) => {
    stackWithNested(app, 'Top');
    stackWithNested(new Stage(new Stage(app, 'Wave'), 'Prod', { env: ENV }), 'Shop');
  });
  const stacks = readAssembly(outdir);
  expect(stacks.map(({ displayName, directory }) => [displayName, directory])).toEqual([
    ['Wave/Prod/Shop', join(outdir, 'assembly-Wave', 'assembly-Wave-Prod')],
    ['Top', outdir],
  ]);
  for (const { nested, template } of stacks) {
    expect(shapeOf(nested)).toEqual(NESTED);
    expect(Object.keys(nested).map((id) => template.Resources![id].Type)).toEqual([
      'AWS::CloudFormation::Stack',
      'AWS::CloudFormation::Stack',
    ]);
  }
  expect(shapeOf(readAssembly(join(outdir, 'assembly-Wave', 'assembly-Wave-Prod'))[0].nested)).toEqual(NESTED);
});

/** The one file of a folder whose name matches. */
function fileIn(directory: string, name: RegExp) {
  return join(
    directory,
    readdirSync(directory).find((file) => name.test(file))!,
  );
}

test('omits a nested stack whose template is missing', () => {
  const outdir = synth((app) => stackWithNested(app, 'Top'));
  rmSync(fileIn(outdir, /Other.*nested/));
  expect(shapeOf(readAssembly(outdir)[0].nested)).toEqual({ Outer: NESTED.Outer });
});

test('finds the template of a nested stack without metadata in the asset manifest', () => {
  const outdir = synth((app) => stackWithNested(app, 'Top'), {});
  expect(shapeOf(readAssembly(outdir)[0].nested)).toEqual(NESTED);
});

test('reads the template of a nested stack of a stage from the root folder', () => {
  const outdir = synth((app) => stackWithNested(new Stage(app, 'Prod'), 'Shop'));
  const stage = join(outdir, 'assembly-Prod');
  const file = fileIn(stage, /Other.*nested/);
  const parent = fileIn(stage, /ProdShop\w*\.template/);
  renameSync(file, join(outdir, 'moved.json'));
  writeFileSync(parent, readFileSync(parent, 'utf8').replace(basename(file), '../moved.json'));
  expect(shapeOf(readAssembly(outdir)[0].nested)).toEqual(NESTED);
  // By itself, the stage is the outermost folder.
  expect(() => readAssembly(stage)).toThrow(
    `${parent} references ../moved.json, which is outside the assembly ${stage}; run 'cdk synth' again`,
  );
});

test('reads only the template of a nested stack', () => {
  const directory = newDirectory();

  function metadata(property: string) {
    return { 'aws:asset:path': 'inner.json', 'aws:asset:property': property };
  }

  writeFileSync(join(directory, 'inner.json'), '{"Resources":{}}');
  writeFileSync(
    join(directory, 'x.json'),
    JSON.stringify({
      Resources: {
        Nested: { Type: 'AWS::CloudFormation::Stack', Metadata: metadata('TemplateURL') },
        OtherProperty: { Type: 'AWS::CloudFormation::Stack', Metadata: metadata('Code') },
        OtherType: { Type: 'AWS::Lambda::Function', Metadata: metadata('TemplateURL') },
      },
    }),
  );
  writeFileSync(
    join(directory, 'manifest.json'),
    JSON.stringify({
      artifacts: {
        Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
        Later: { type: 'cdk:of-the-future' },
        Shop: {
          type: 'aws:cloudformation:stack',
          properties: { templateFile: 'x.json', parameters: { Stage: 'prod' } },
        },
      },
    }),
  );
  const [stack, ...others] = readAssembly(directory);
  expect(others).toEqual([]);
  expect(Object.keys(stack.nested)).toEqual(['Nested']);
  expect(stack).toMatchObject({ displayName: 'Shop', stackName: 'Shop', parameters: { Stage: 'prod' }, directory });
  expect([stack.account, stack.region]).toEqual([undefined, undefined]);
});

describe('asset manifests', () => {
  const outdir = synth((app) => {
    for (const [scope, id, env] of [
      [app, 'Fixed', ENV],
      [new Stage(app, 'Prod'), 'Open', undefined],
    ] as const) {
      const stack = new Stack(scope, id, { env });
      new Asset(stack, 'File', { path: __filename });
      const directory = newDirectory();
      writeFileSync(join(directory, 'Dockerfile'), 'FROM scratch');
      new DockerImageAsset(stack, 'Image', { directory });
    }
  });

  test('contain the destinations of files and images with their roles', () => {
    const destinations = assetDestinations(outdir, 'Fixed.assets.json');
    expect(destinations.map(({ kind }) => kind)).toEqual(['file', 'file', 'image']);
    const id = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(destinations).toContainEqual({
      id,
      kind: 'file',
      destination: expect.stringMatching(/^111111111111-eu-west-1/),
      bucketName: 'cdk-hnb659fds-assets-111111111111-eu-west-1',
      objectKey: expect.stringMatching(/^[0-9a-f]{64}\.ts$/),
      assumeRoleArn:
        'arn:${AWS::Partition}:iam::111111111111:role/cdk-hnb659fds-file-publishing-role-111111111111-eu-west-1',
      region: 'eu-west-1',
    });
    expect(destinations[2]).toEqual({
      id,
      kind: 'image',
      destination: expect.stringMatching(/^111111111111-eu-west-1/),
      repositoryName: 'cdk-hnb659fds-container-assets-111111111111-eu-west-1',
      imageTag: destinations[2].id,
      assumeRoleArn:
        'arn:${AWS::Partition}:iam::111111111111:role/cdk-hnb659fds-image-publishing-role-111111111111-eu-west-1',
      region: 'eu-west-1',
    });
  });

  test('keep their placeholders, including those of stages', () => {
    const [file] = assetDestinations(outdir, relative(outdir, fileIn(join(outdir, 'assembly-Prod'), /assets\.json$/)));
    expect(file.bucketName).toBe('cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}');
    expect(file.region).toBeUndefined();
  });
});
