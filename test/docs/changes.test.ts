import { CHANGES, CROSS_ACCOUNT_CHANGES, rowOf, type Change } from './changes';
import { textOf } from './pages';
import { DeploymentEnvironment, PipelineSource } from '../../src';
import { resourcesOf, templateOf } from '../helpers/synth';

/** Returns the rows of the first table below a heading, as cells. */
function table(page: string, heading: string): string[][] {
  const [, section] = textOf(page).split(`## ${heading}\n`);
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

const REPLACEMENTS = 'docs/reference/replacements.md';
const REMOVAL = 'docs/reference/removal.md';

test.each<[string, Readonly<Record<string, Change>>]>([
  ['A site in one account', CHANGES],
  ['Environments in other accounts and Regions', CROSS_ACCOUNT_CHANGES],
])('%s: the table is that of the templates', (heading, changes) => {
  expect(table(REPLACEMENTS, heading)).toEqual(
    Object.entries(changes).map(([words, change]) => [words, ...rowOf(change)]),
  );
});

test('the table of what stays is that of the template', () => {
  const environments = ['staging', 'production'].map((name) => new DeploymentEnvironment(name));
  const template = templateOf({ source: PipelineSource.gitHub('acme/shop', 'main'), environments });
  const retained = Object.values(template.Resources).filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain');
  expect(new Set(retained.map(({ Type }) => Type))).toEqual(new Set(['AWS::S3::Bucket']));
  expect(resourcesOf(template, 'AWS::S3::Bucket')).toHaveLength(retained.length);
  const stays = table(REMOVAL, 'In one account')
    .filter(([, destroy]) => destroy.startsWith('stays'))
    .map(([resource]) => resource);
  expect(stays).toEqual([
    'artifact bucket',
    'bucket of each site',
    'bucket of the access logs of each site',
    'report groups that builds created', // by CodeBuild, not by the template
  ]);
  // One artifact bucket, and two for each site.
  expect(retained).toHaveLength(1 + 2 * environments.length);
});
