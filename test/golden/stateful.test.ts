import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Approval,
  DeploymentEnvironment,
  DeployTarget,
  EntryCondition,
  Gate,
  Notification,
  PipelineSource,
  ReleaseFreeze,
  SiteRelease,
  WebAppPipeline,
} from '../../src';
import { statefulOf } from '../helpers/stateful';
import { jsonOf, made } from '../helpers/synth';

// A change of stateful.json is a breaking change: users lose what these resources hold. It is edited by hand, never
// generated.
test('keeps the logical ids and names of stateful resources', () => {
  const template = jsonOf(
    made((stack, id) => {
      const freeze = new ReleaseFreeze(stack, 'Freeze');
      new WebAppPipeline(stack, id, {
        source: PipelineSource.gitHub('acme/shop', 'main'),
        environments: [
          new DeploymentEnvironment('staging'),
          new DeploymentEnvironment('production', {
            target: DeployTarget.staticSite({ release: SiteRelease.atomic() }),
            approval: Approval.manual({ notifyEmails: ['owner@example.com'] }),
            beforeEntry: EntryCondition.failUnless([freeze.gate(), Gate.officeHours('Europe/Berlin')]),
          }),
        ],
        notifications: Notification.all([
          Notification.email(['team@example.com']),
          Notification.slack('T0123ABCD', 'C0123ABCD'),
          Notification.teams(
            '11112222-3333-4444-5555-666677778888',
            '22223333-4444-5555-6666-777788889999',
            '19%3aabcdef%40thread.tacv2',
          ),
        ]),
      });
    }).stack,
  );
  expect(statefulOf(template)).toEqual(JSON.parse(readFileSync(join(__dirname, 'stateful.json'), 'utf8')));
});
