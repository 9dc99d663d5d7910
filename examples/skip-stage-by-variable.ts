/** How do I choose, when I start an execution, whether it also goes to the demo environment? */
import { App, Stack } from 'aws-cdk-lib';
import {
  Approval,
  DeploymentEnvironment,
  EntryCondition,
  Gate,
  PipelineSource,
  PipelineVariable,
  VariableOperator,
  WebAppPipeline,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'Shop');

// A push takes the default. By hand: aws codepipeline start-pipeline-execution --name … --variables name=DEMO,value=yes
const demo = new PipelineVariable('DEMO', {
  defaultValue: 'no',
  description: 'yes releases to the demo environment, too',
});

new WebAppPipeline(stack, 'Site', {
  source: PipelineSource.gitHub('acme/shop', 'main'),
  variables: [demo],
  environments: [
    new DeploymentEnvironment('staging'),
    new DeploymentEnvironment('demo', {
      // A release that skips the stage requires no approval.
      approval: Approval.manual({ comment: 'No customer is looking at the demo?' }),
      beforeEntry: EntryCondition.skipUnless([Gate.variable(demo.reference(), VariableOperator.EQUALS, 'yes')]),
    }),
    new DeploymentEnvironment('production'),
  ],
});

app.synth();
