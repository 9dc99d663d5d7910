/** How do I release to production during office hours only? */
import { App, Stack } from 'aws-cdk-lib';
import { DeploymentEnvironment, EntryCondition, Gate, PipelineSource, WebAppPipeline } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'Shop');

new WebAppPipeline(stack, 'Site', {
  source: PipelineSource.gitHub('acme/shop', 'main'),
  environments: [
    new DeploymentEnvironment('staging'), // at any time
    new DeploymentEnvironment('production', {
      // A release that is approved at night waits until 9:00, and one of a Friday until Monday. Only the newest of
      // those that wait behind it follows.
      beforeEntry: EntryCondition.failUnless([
        Gate.officeHours('Europe/Berlin', { fromHour: 9, untilHour: 16, days: 'MON-THU' }),
      ]),
    }),
  ],
});

app.synth();
