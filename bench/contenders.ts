/**
 * Creates the same delivery in four ways: GitHub → npm ci, test, build → staging → approval → production, into existing
 * buckets.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  aws_cloudfront as cloudfront,
  aws_codebuild as codebuild,
  aws_codepipeline as codepipeline,
  aws_codepipeline_actions as actions,
  aws_kms as kms,
  aws_s3 as s3,
  pipelines,
  Stack,
} from 'aws-cdk-lib';

const CONNECTION = 'arn:aws:codeconnections:eu-west-1:111111111111:connection/11111111-2222-3333-4444-555555555555';
const KEY = 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555';
const OWNER = 'acme';
const REPOSITORY = 'shop';
const BRANCH = 'main';
const INSTALL = ['npm ci'];
const BUILD = ['npm test', 'npm run build'];
const OUTPUT = 'dist';

/** The compiled library, as users load it. Sources compiled by ts-node would be slower because of source maps. */
export const LIBRARY = join(__dirname, '..', 'lib', 'index.js');

export interface Contender {
  readonly name: string;
  /** Creates one pipeline in a stack. */
  readonly build: (stack: Stack) => void;
  /** The maximum number of stacks. */
  readonly upTo: number;
  /** The number of stacks above which the contender runs only once. */
  readonly onceBeyond: number;
}

/** The contender that is the base of the comparison. */
export const BASE = 'L2s, default roles';

export function contenders(): Contender[] {
  if (!existsSync(LIBRARY)) throw new Error(`${LIBRARY} is missing; run 'npx projen compile' first`);
  // Uses the types of the sources, so that a missing lib does not cause type errors.
  const library = createRequire(__filename)(LIBRARY) as typeof import('cdk-pipeline-patterns');
  const always = { upTo: Infinity, onceBeyond: Infinity };
  return [
    { name: BASE, build: (stack) => handWritten(stack, false), ...always },
    { name: 'L2s, one role', build: (stack) => handWritten(stack, true), ...always },
    // The aspect of every stack visits the whole App, so each stack is slower, and more than 120 stacks are an error.
    { name: 'CDK Pipelines', build: cdkPipelines, upTo: 200, onceBeyond: 50 },
    { name: 'WebAppPipeline', build: (stack) => ours(stack, library), ...always },
  ];
}

/**
 * Imports the bucket of a site and its key. Each pipeline has its own sites, because a path of a bucket has the files
 * of one site. Without its key, WebAppPipeline adds a warning, and the bench would measure the report of 400 warnings.
 */
function siteBucket(stack: Stack, environment: string) {
  return s3.Bucket.fromBucketAttributes(stack, `Bucket-${environment}`, {
    bucketName: `acme-${stack.stackName.toLowerCase()}-${environment}`,
    encryptionKey: kms.Key.fromKeyArn(stack, `Key-${environment}`, KEY),
  });
}

function handWritten(stack: Stack, usePipelineRoleForActions: boolean) {
  const source = new codepipeline.Artifact('Source');
  const site = new codepipeline.Artifact('Build');
  const project = new codebuild.PipelineProject(stack, 'Build', {
    buildSpec: codebuild.BuildSpec.fromObject({
      version: '0.2',
      phases: { install: { 'runtime-versions': { nodejs: '22' }, commands: INSTALL }, build: { commands: BUILD } },
      artifacts: { 'base-directory': OUTPUT, files: ['**/*'] },
    }),
    environment: { buildImage: codebuild.LinuxBuildImage.STANDARD_7_0 },
  });

  function deploy(environment: string) {
    return {
      stageName: environment,
      actions: [
        new actions.S3DeployAction({
          actionName: `Deploy-${environment}`,
          bucket: siteBucket(stack, environment),
          input: site,
        }),
      ],
    };
  }

  new codepipeline.Pipeline(stack, 'Pipeline', {
    pipelineType: codepipeline.PipelineType.V2,
    usePipelineRoleForActions,
    stages: [
      {
        stageName: 'Source',
        actions: [
          new actions.CodeStarConnectionsSourceAction({
            actionName: 'Source',
            connectionArn: CONNECTION,
            owner: OWNER,
            repo: REPOSITORY,
            branch: BRANCH,
            output: source,
          }),
        ],
      },
      {
        stageName: 'Build',
        actions: [new actions.CodeBuildAction({ actionName: 'Build', project, input: source, outputs: [site] })],
      },
      deploy('staging'),
      {
        stageName: 'production-Approve',
        actions: [new actions.ManualApprovalAction({ actionName: 'Approve-production' })],
      },
      deploy('production'),
    ],
  });
}

/** Copies to a bucket, for which CDK Pipelines has no step. */
class DeployStep extends pipelines.Step implements pipelines.ICodePipelineActionFactory {
  public constructor(
    private readonly environment: string,
    private readonly input: pipelines.FileSet,
  ) {
    super(`Deploy-${environment}`);
    this.addDependencyFileSet(input);
  }

  public produceAction(
    stage: codepipeline.IStage,
    options: pipelines.ProduceActionOptions,
  ): pipelines.CodePipelineActionFactoryResult {
    stage.addAction(
      new actions.S3DeployAction({
        actionName: options.actionName,
        runOrder: options.runOrder,
        bucket: siteBucket(Stack.of(options.scope), this.environment),
        input: options.artifacts.toCodePipeline(this.input),
      }),
    );
    return { runOrdersConsumed: 1 };
  }
}

function cdkPipelines(stack: Stack) {
  const synth = new pipelines.ShellStep('Build', {
    input: pipelines.CodePipelineSource.connection(`${OWNER}/${REPOSITORY}`, BRANCH, { connectionArn: CONNECTION }),
    installCommands: INSTALL,
    commands: BUILD,
    primaryOutputDirectory: OUTPUT,
  });
  const pipeline = new pipelines.CodePipeline(stack, 'Pipeline', {
    pipelineType: codepipeline.PipelineType.V2,
    selfMutation: false,
    synth,
  });
  pipeline.addWave('staging', { post: [new DeployStep('staging', synth.primaryOutput!)] });
  pipeline.addWave('production', {
    pre: [new pipelines.ManualApprovalStep('Approve-production')],
    post: [new DeployStep('production', synth.primaryOutput!)],
  });
}

function ours(stack: Stack, library: typeof import('cdk-pipeline-patterns')) {
  const { BuildStep, DeploymentEnvironment, DeployTarget, GitConnection, PipelineSource, SiteHosting, WebAppPipeline } =
    library;

  function environment(name: string) {
    const distribution = cloudfront.Distribution.fromDistributionAttributes(stack, `Distribution-${name}`, {
      distributionId: 'E1EXAMPLE',
      domainName: 'd1example.cloudfront.net',
    });
    return new DeploymentEnvironment(name, {
      target: DeployTarget.staticSite({ hosting: SiteHosting.existing(siteBucket(stack, name), distribution) }),
    });
  }

  new WebAppPipeline(stack, 'Site', {
    source: PipelineSource.gitHub(`${OWNER}/${REPOSITORY}`, BRANCH, { connection: GitConnection.fromArn(CONNECTION) }),
    buildStep: BuildStep.nodeJs({
      installCommands: INSTALL,
      testCommands: BUILD.slice(0, 1),
      buildCommands: BUILD.slice(1),
      outputDirectory: OUTPUT,
    }),
    environments: [environment('staging'), environment('production')],
  });
}
