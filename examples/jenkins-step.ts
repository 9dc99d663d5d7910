/** How do I let a job of my Jenkins server build? */
import { App, aws_codepipeline_actions as codepipeline_actions, Stack } from 'aws-cdk-lib';
import { BuildStep, DeliveryPipeline, PipelineSource, PipelineStage } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'JenkinsDelivery');

// Registers the action type. The CodePipeline plugin of the server must have the same provider name.
const jenkins = new codepipeline_actions.JenkinsProvider(stack, 'Jenkins', {
  providerName: 'AcmeJenkins',
  serverUrl: 'https://jenkins.example.com',
  forBuild: true,
});

const delivery = new DeliveryPipeline(stack, 'Delivery', {
  sources: [PipelineSource.gitHub('acme/legacy-shop', 'main')],
  stages: [
    PipelineStage.steps('Build', [
      BuildStep.jenkins('legacy-shop', { providerName: jenkins.providerName, producesArtifact: true }),
    ]),
  ],
});
// The pipeline names the type, which must be there first.
delivery.node.addDependency(jenkins);

app.synth();
