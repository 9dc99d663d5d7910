import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, aws_codepipeline as codepipeline, aws_lambda as lambda, pipelines, Stack, Stage } from 'aws-cdk-lib';
import {
  Approval,
  BuildStep,
  DeliveryPipeline,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
  PipelineStage,
} from '../../../src';
import { cdkApp } from '../../helpers/cdk-app';
import { jsonOf, pipelineOf, resourcesOf } from '../../helpers/synth';

const CONNECTION = 'arn:aws:codeconnections:eu-west-1:111111111111:connection/00000000-0000-0000-0000-000000000000';
const ENVIRONMENTS = ['Dev', 'Test', 'Prod'];
const code = mkdtempSync(join(tmpdir(), 'functions-'));

/** A stage of two stacks with half of the functions each, every function with its own code. */
function functions(app: App, id: string, count: number): Stage {
  const stage = new Stage(app, id);
  const stacks = ['Orders', 'Stock'].map((name) => new Stack(stage, name));
  for (let i = 0; i < count; i++) {
    const folder = join(code, `${i}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.js'), `exports.handler = async () => ${i};`);
    new lambda.Function(stacks[i % 2], `Function${i}`, {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(folder),
    });
  }
  return stage;
}

/** One source, one build, an approval before the second and the third environment. */
function ours(stack: Stack, stages: readonly Stage[]) {
  new DeliveryPipeline(stack, 'Delivery', {
    sources: [PipelineSource.gitHub('acme/shop', 'main')],
    stages: [
      PipelineStage.steps('Build', [BuildStep.shell(['npm ci', 'npx cdk synth'], { outputDirectory: 'cdk.out' })]),
      ...stages.map((stage, i) =>
        PipelineStage.environment(
          new DeploymentEnvironment(stage.stageName, {
            target: DeployTarget.cdkStage(stage),
            approval: i > 0 ? Approval.manual() : Approval.none(),
          }),
        ),
      ),
    ],
  });
}

function cdkPipelines(options: Partial<pipelines.CodePipelineProps> = {}) {
  return (stack: Stack, stages: readonly Stage[]) => {
    const pipeline = new pipelines.CodePipeline(stack, 'Delivery', {
      pipelineType: codepipeline.PipelineType.V2,
      synth: new pipelines.ShellStep('Synth', {
        input: pipelines.CodePipelineSource.connection('acme/shop', 'main', { connectionArn: CONNECTION }),
        commands: ['npm ci', 'npx cdk synth'],
      }),
      ...options,
    });
    stages.forEach((stage, i) =>
      pipeline.addStage(stage, { pre: i > 0 ? [new pipelines.ManualApprovalStep(`Approve-${stage.stageName}`)] : [] }),
    );
  };
}

function sizeOf(make: (stack: Stack, stages: readonly Stage[]) => void, count = 20) {
  const app = cdkApp();
  const stack = new Stack(app, 'Shop');
  make(
    stack,
    ENVIRONMENTS.map((id) => functions(app, id, count)),
  );
  const template = jsonOf(stack);
  return {
    actions: pipelineOf(template).Stages.flatMap(({ Actions }) => Actions).length,
    projects: resourcesOf(template, 'AWS::CodeBuild::Project').length,
    resources: Object.keys(template.Resources).length,
    bytes: JSON.stringify(template).length,
  };
}

test('compares 20 functions in 3 environments with CDK Pipelines', () => {
  // Source, build, two approvals, and for each environment one that publishes and two for each of two stacks.
  expect(sizeOf(ours)).toMatchObject({ actions: 2 + 2 + 3 * (1 + 2 * 2), projects: 1 + 3 });
  // Source, build, its update of itself, one for each function, two approvals, and two for each stack.
  expect(sizeOf(cdkPipelines())).toMatchObject({ actions: 3 + 20 + 2 + 3 * 2 * 2, projects: 2 + 20 });
  // One that publishes all.
  expect(sizeOf(cdkPipelines({ publishAssetsInParallel: false }))).toMatchObject({
    actions: 3 + 1 + 2 + 3 * 2 * 2,
    projects: 2 + 1,
  });
}, 60_000);

test('keeps the size of the pipeline with twice as many functions', () => {
  expect(sizeOf(ours, 40)).toEqual(sizeOf(ours, 20));
}, 60_000);
