import { ALL_VARIANTS } from './all-variants';
import { source } from './variants';
import { Approval, BuildStep, DeploymentEnvironment, DeployTarget, SiteRelease, type WebAppPipelineProps } from '../../src';
import { statefulOf } from '../helpers/stateful';
import { jsonOf, made, templateOf } from '../helpers/synth';

const env = (name: string) => new DeploymentEnvironment(name);
const two: WebAppPipelineProps = { source, environments: [env('staging'), env('production')] };

/** What the user changes, and which stateful resources may go because of it. */
const CHANGES: ReadonlyArray<[string, WebAppPipelineProps, WebAppPipelineProps, RegExp | undefined]> = [
  ['add the first environment by name', { source }, { source, environments: [env('production')] }, undefined],
  ['add an environment before', { source }, two, undefined],
  ['add an environment between', two, { source, environments: [env('staging'), env('qa'), env('production')] }, undefined],
  ['remove an environment', two, { source, environments: [env('production')] }, /Environmentsstaging/],
  ['rename an environment', two, { source, environments: [env('preview'), env('production')] }, /Environmentsstaging/],
  ['reorder environments', two, { source, environments: [env('production'), env('staging')] }, undefined],
  ['add an approval', { source }, { source, environments: [new DeploymentEnvironment('production', { approval: Approval.people() })] }, undefined],
  ['change the build', two, { ...two, buildStep: BuildStep.nodeJs({ directory: 'web', testReports: [], coverageReports: [] }) }, undefined],
  ['release atomically', { source }, {
    source, environments: [new DeploymentEnvironment('production', { target: DeployTarget.staticSite({ release: SiteRelease.atomic() }) })],
  }, undefined],
  ['name the pipeline', two, { ...two, pipelineName: 'shop' }, /^Site(Pipeline|ActionLogs)/],
];

test.each(CHANGES)('%s: no stateful resource is replaced or lost that the user did not remove', (_, before, after, mayGo) => {
  const was = statefulOf(templateOf(before));
  const is = statefulOf(templateOf(after));
  const gone = Object.keys(was).filter((id) => JSON.stringify(was[id]) !== JSON.stringify(is[id]));
  expect(gone.filter((id) => !mayGo?.test(id))).toEqual([]);
  if (mayGo) expect(gone.length).toBeGreaterThan(0);
});

// But for what the user names, and for the connection of another provider, which is another one.
test('between any two variants, what both have is the same', () => {
  const templates = Object.entries(ALL_VARIANTS).filter(([name]) => !/named|GitHub Enterprise|GitLab|Bitbucket|Azure/.test(name)).map(([, make]) => statefulOf(jsonOf(made(make).stack)));
  for (const was of templates) {
    for (const is of templates) {
      for (const id of Object.keys(was).filter((one) => one in is)) expect(is[id]).toEqual(was[id]);
    }
  }
});
