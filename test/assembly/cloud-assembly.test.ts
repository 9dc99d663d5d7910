import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { readAssembly } from '../../src/assembly/cloud-assembly';

test('all stacks are read, those of stages too', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'assembly-'));
  const app = new App({ outdir });
  new CfnResource(new Stack(app, 'One', { stackName: 'first' }), 'Thing', { type: 'AWS::SNS::Topic' });
  new CfnResource(new Stack(new Stage(app, 'Prod'), 'Two'), 'Thing', { type: 'AWS::SQS::Queue' });
  app.synth();
  expect(readAssembly(outdir).map(({ displayName, stackName, template }) => [displayName, stackName, template.Resources!.Thing.Type])).toEqual([
    ['Prod/Two', 'Prod-Two', 'AWS::SQS::Queue'],
    ['One', 'first', 'AWS::SNS::Topic'],
  ]);
});

test('a folder that is no assembly is told so', () => {
  const directory = mkdtempSync(join(tmpdir(), 'empty-'));
  expect(() => readAssembly(directory)).toThrow(new Error(`${directory} is no cloud assembly: it has no manifest.json; run 'cdk synth' first`));
});
