import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Approval,
  BuildStep,
  DeploymentEnvironment,
  DeployTarget,
  GitConnection,
  PipelineSource,
  SiteRelease,
  type WebAppPipelineProps,
} from '../../src';
import { statefulOf } from '../helpers/stateful';
import { type CfnTemplate, resourcesOf, templateOf } from '../helpers/synth';
import { CONNECTION_ARN, source } from '../laws/variants';

const page = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');

/** Rows of the table below a heading, as cells. */
function table(heading: string): string[][] {
  const [, section] = page.split(`## ${heading}\n`);
  const [, , ...rows] = section
    .split(/\n## /)[0]
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

function env(name: string, options?: ConstructorParameters<typeof DeploymentEnvironment>[1]) {
  return new DeploymentEnvironment(name, options);
}

const two = { source, environments: [env('staging'), env('production')] };

/** What each row of the page says that the user does. */
const CHANGES: Record<string, [WebAppPipelineProps, WebAppPipelineProps]> = {
  'add an environment before production': [
    two,
    { source, environments: [env('staging'), env('qa'), env('production')] },
  ],
  'add a first environment before a lone production': [{ source }, two],
  'remove an environment': [two, { source, environments: [env('production')] }],
  'rename an environment': [two, { source, environments: [env('preview'), env('production')] }],
  'reorder environments': [two, { source, environments: [env('production'), env('staging')] }],
  'add or remove an approval': [
    two,
    { source, environments: [env('staging', { approval: Approval.manual() }), env('production')] },
  ],
  'change the build': [two, { ...two, buildStep: BuildStep.nodeJs({ buildCommands: ['make'] }) }],
  'switch to atomic releases': [
    { source },
    {
      source,
      environments: [env('production', { target: DeployTarget.staticSite({ release: SiteRelease.atomic() }) })],
    },
  ],
  'name the pipeline': [two, { ...two, pipelineName: 'shop' }],
  'change the branch': [
    two,
    {
      ...two,
      source: PipelineSource.gitHub('acme/shop', 'release', { connection: GitConnection.fromArn(CONNECTION_ARN) }),
    },
  ],
};

function diff(before: CfnTemplate, after: CfnTemplate) {
  const was = before.Resources;
  const is = after.Resources;

  function same(a: unknown, b: unknown) {
    return JSON.stringify(a) === JSON.stringify(b);
  }

  const pinned = [statefulOf(before), statefulOf(after)];
  return {
    made: Object.keys(is).filter((id) => !(id in was)).length,
    removed: Object.keys(was).filter((id) => !(id in is)).length,
    updated: Object.keys(is).filter((id) => id in was && !same(was[id], is[id])).length,
    replaced: Object.keys(pinned[1])
      .filter((id) => id in pinned[0] && !same(pinned[0][id], pinned[1][id]))
      .map((id) => is[id].Type),
  };
}

test('the table of changes is what the templates say', () => {
  const rows = table('What a change does');
  expect(rows.map(([change]) => change)).toEqual(Object.keys(CHANGES));
  for (const [change, made, updated, removed, replaced] of rows) {
    const is = diff(...(CHANGES[change].map((props) => templateOf(props)) as [CfnTemplate, CfnTemplate]));
    expect([change, made, updated, removed, replaced]).toEqual([
      change,
      String(is.made),
      String(is.updated),
      String(is.removed),
      is.replaced.length === 0 ? 'nothing' : is.replaced.map((type) => `\`${type}\``).join(', '),
    ]);
  }
});

test('the table of what stays behind is what the templates say', () => {
  const template = templateOf({ ...two, source: PipelineSource.gitHub('acme/shop', 'main') });
  const stays = Object.entries(template.Resources).filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain');
  expect(new Set(stays.map(([, { Type }]) => Type))).toEqual(new Set(['AWS::S3::Bucket']));
  const rows = table('What `cdk destroy` leaves');
  const left = rows.filter(([, what]) => what.startsWith('stays'));
  expect(left.map(([resource]) => resource)).toEqual([
    'artifact bucket',
    'bucket of each site',
    'bucket of the access logs of each site',
    'report groups that builds made', // by CodeBuild, not by the template
  ]);
  expect(stays).toHaveLength(1 + 2 * 2);
  expect(resourcesOf(template, 'AWS::S3::Bucket')).toHaveLength(stays.length);
});
