import { App, aws_codebuild as codebuild, aws_codecommit as codecommit, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  DeliveryPipeline,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
  PipelineStage,
  WebAppPipeline,
} from '../../../src';
import { jsonOf } from '../../helpers/synth';

const HOME = { account: '111111111111', region: 'eu-west-1' };

function there(account: string) {
  return { account, region: 'eu-west-1' };
}

/** A template of a repository of one account goes to an environment of another, without a build between. */
function release(from: string, to: string): void {
  const app = new App();
  const repository = new codecommit.Repository(new Stack(app, 'Code', { env: there(from) }), 'Repository', {
    repositoryName: 'shop',
  });
  new DeliveryPipeline(new Stack(app, 'Shop', { env: HOME }), 'Delivery', {
    sources: [PipelineSource.codeCommit(repository, 'main')],
    stages: [
      PipelineStage.environment(
        new DeploymentEnvironment('live', { env: there(to), target: DeployTarget.cloudFormationStack('shop') }),
      ),
    ],
  });
}

test('rejects artifacts of a source in a third account', () => {
  expect(() => release('222222222222', '333333333333')).toThrow(
    "[DeliveryPipeline Shop/Delivery] 'stages[0].environment.target' must deploy an artifact of its own account, " +
      '333333333333, or of the account of the pipeline, 111111111111, got "Source of 222222222222"; copy it in a ' +
      "build of the pipeline: BuildStep.shell(['true'], { outputDirectory: '.' })",
  );
  expect(() => release('222222222222', '222222222222')).not.toThrow();
  expect(() => release('222222222222', '111111111111')).not.toThrow();
  expect(() => release('111111111111', '333333333333')).not.toThrow();
});

test('allows an existing project to use the artifact key if other accounts read artifacts', () => {
  function keyOf(account: string) {
    const stack = new Stack(new App(), 'Shop', { env: HOME });
    const project = new codebuild.PipelineProject(stack, 'Project');
    new WebAppPipeline(stack, 'Site', {
      source: PipelineSource.gitHub('acme/shop', 'main'),
      buildStep: BuildStep.project(project, { producesArtifact: true }),
      environments: [new DeploymentEnvironment('live', { env: there(account) })],
    });
    const [made] = Object.values(jsonOf(stack).Resources).filter(({ Type }) => Type === 'AWS::CodeBuild::Project');
    return made.Properties.EncryptionKey;
  }

  expect(keyOf('111111111111')).toBe('alias/aws/s3');
  expect(keyOf('222222222222')).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^SiteArtifactKey/), 'Arn'] });
});
