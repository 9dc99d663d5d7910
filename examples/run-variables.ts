/** How do I use the commit, a value that a build exported, or a value provided when an execution starts? */
import { App, Stack } from 'aws-cdk-lib';
import {
  Approval,
  BuildStep,
  CustomActionCategory,
  CustomStep,
  DeliveryPipeline,
  PipelineSource,
  PipelineStage,
  PipelineVariable,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ShopDelivery');

const source = PipelineSource.gitHub('acme/shop', 'main');
const reason = new PipelineVariable('REASON', {
  defaultValue: 'routine',
  description: 'Why this release is made',
});
const build = BuildStep.shell(['export VERSION="$(cat VERSION)-$COMMIT"', 'make VERSION="$VERSION"'], {
  // IDs are safe in any text. A commit message or a branch name would be an error, because it may contain quotes.
  environmentVariables: { COMMIT: source.variable('CommitId'), RUN: PipelineVariable.executionId() },
  exportedVariables: ['VERSION'],
  outputDirectory: 'out',
});

new DeliveryPipeline(stack, 'Delivery', {
  sources: [source],
  variables: [reason],
  stages: [
    PipelineStage.steps('Build', [build]),
    // Plain texts take any text.
    PipelineStage.approval(
      'Approve',
      Approval.manual({
        comment: `${build.variable('VERSION')} (${reason.reference()}): ${source.variable('CommitMessage')}`,
      }),
    ),
    PipelineStage.steps('Release', [
      CustomStep.actionType(CustomActionCategory.DEPLOY, 'AcmeRelease', {
        inputs: [build.artifact],
        configuration: { Version: build.variable('VERSION') },
      }),
    ]),
  ],
});

app.synth();
