import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeploymentEnvironment, DeployTarget, PipelineSource, SiteRelease } from '../../src';
import { statefulOf } from '../helpers/stateful';
import { templateOf } from '../helpers/synth';

// A change of stateful.json is a breaking change: users lose what these resources hold. It is edited by hand, never generated.
test('logical ids and names of stateful resources are what they always were', () => {
  const template = templateOf({
    source: PipelineSource.gitHub('acme/shop', 'main'),
    environments: [
      new DeploymentEnvironment('staging'),
      new DeploymentEnvironment('production', { target: DeployTarget.staticSite({ release: SiteRelease.atomic() }) }),
    ],
  });
  expect(statefulOf(template)).toEqual(JSON.parse(readFileSync(join(__dirname, 'stateful.json'), 'utf8')));
});
