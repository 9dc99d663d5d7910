/**
 * Compares a CDK app that is promoted through three environments in three accounts with CDK Pipelines: the time of
 * synthesis, and the size of the pipeline.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { App, aws_codepipeline as codepipeline, aws_lambda as lambda, pipelines, Stack, Stage } from 'aws-cdk-lib';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { LIBRARY } from './contenders';
import { median, rotated } from './statistics';

const HELP = `Usage: npm run bench:promotion -- [options]

Synthesizes a CDK app of 20 functions with separate assets that is promoted through three accounts, with an approval
before the second and the third, by CDK Pipelines and by MultiEnvPromotionPipeline. Measures the compiled library, so
compile first.

  --functions 20  functions of an environment (default 20)
  --repeats 5     runs of each in rotated order; reports the median (default 5)
  --json          print JSON
  --help          print this help`;

const CONNECTION = 'arn:aws:codeconnections:eu-west-1:111111111111:connection/11111111-2222-3333-4444-555555555555';
const ENVIRONMENTS = { Dev: '222222222222', Staging: '333333333333', Production: '444444444444' };
const COMMANDS = ['npm ci', 'npx cdk synth'];
/** The list price of an action minute of a V2 pipeline in us-east-1, in dollars. Approvals are free. */
const MINUTE = 0.002;

type Build = (stack: Stack, stages: readonly Stage[]) => void;

function cdkPipelines(options: Partial<pipelines.CodePipelineProps> = {}): Build {
  return (stack, stages) => {
    const pipeline = new pipelines.CodePipeline(stack, 'Delivery', {
      pipelineType: codepipeline.PipelineType.V2,
      crossAccountKeys: true,
      synth: new pipelines.ShellStep('Synth', {
        input: pipelines.CodePipelineSource.connection('acme/shop', 'main', { connectionArn: CONNECTION }),
        commands: COMMANDS,
      }),
      ...options,
    });
    stages.forEach((stage, i) =>
      pipeline.addStage(stage, { pre: i > 0 ? [new pipelines.ManualApprovalStep(`Approve-${stage.stageName}`)] : [] }),
    );
  };
}

function ours(): Build {
  if (!existsSync(LIBRARY)) throw new Error(`${LIBRARY} is missing; run 'npx projen compile' first`);
  const library = createRequire(__filename)(LIBRARY) as typeof import('cdk-pipeline-patterns');
  const {
    Approval,
    BuildStep,
    DeploymentEnvironment,
    DeployTarget,
    GitConnection,
    MultiEnvPromotionPipeline,
    PipelineSource,
  } = library;
  return (stack, stages) => {
    new MultiEnvPromotionPipeline(stack, 'Delivery', {
      source: PipelineSource.gitHub('acme/shop', 'main', { connection: GitConnection.fromArn(CONNECTION) }),
      buildStep: BuildStep.shell(COMMANDS, { outputDirectory: 'cdk.out' }),
      environments: stages.map(
        (stage, i) =>
          new DeploymentEnvironment(stage.stageName, {
            target: DeployTarget.cdkStage(stage),
            approval: i > 0 ? Approval.manual() : Approval.none(),
          }),
      ),
    });
  };
}

interface Row {
  readonly name: string;
  readonly milliseconds: number;
  /** The median of the ratios to CDK Pipelines with default options in the same round. */
  readonly ratio: number;
  readonly actions: number;
  readonly projects: number;
  readonly bytes: number;
  /** The action minutes of an execution if every action ends within a minute. */
  readonly minutes: number;
  readonly dollars: string;
}

interface Run extends Omit<Row, 'name' | 'ratio' | 'dollars'> {}

function functionsOf(app: App, id: string, account: string, code: string, count: number): Stage {
  const stage = new Stage(app, id, { env: { account, region: 'eu-west-1' } });
  const stack = new Stack(stage, 'Orders');
  for (let i = 0; i < count; i++) {
    new lambda.Function(stack, `Function${i}`, {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(join(code, `${i}`)),
    });
  }
  return stage;
}

function synthesize(build: Build, code: string, count: number): Run {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-promotion-'));
  try {
    globalThis.gc?.();
    const start = process.hrtime.bigint();
    const app = new App({ outdir, context: flags, analyticsReporting: false });
    const stages = Object.entries(ENVIRONMENTS).map(([id, account]) => functionsOf(app, id, account, code, count));
    build(new Stack(app, 'Delivery', { env: { account: '111111111111', region: 'eu-west-1' } }), stages);
    app.synth();
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    return { milliseconds, ...sizeOf(readFileSync(join(outdir, 'Delivery.template.json'), 'utf8')) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

interface ActionJson {
  readonly ActionTypeId: { readonly Category: string };
}

function sizeOf(text: string): Omit<Run, 'milliseconds'> {
  const { Resources } = JSON.parse(text) as {
    Resources: Record<string, { Type: string; Properties: { Stages: Array<{ Actions: ActionJson[] }> } }>;
  };
  const resources = Object.values(Resources);
  const actions = resources
    .find(({ Type }) => Type === 'AWS::CodePipeline::Pipeline')!
    .Properties.Stages.flatMap(({ Actions }) => Actions);
  return {
    actions: actions.length,
    projects: resources.filter(({ Type }) => Type === 'AWS::CodeBuild::Project').length,
    bytes: Buffer.byteLength(text),
    minutes: actions.filter(({ ActionTypeId }) => ActionTypeId.Category !== 'Approval').length,
  };
}

function main(): void {
  const { values } = parseArgs({
    options: {
      functions: { type: 'string', default: '20' },
      repeats: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const [count, repeats] = [positive('--functions', values.functions), positive('--repeats', values.repeats)];
  const contenders: ReadonlyArray<readonly [string, Build]> = [
    ['CDK Pipelines', cdkPipelines()],
    ['CDK Pipelines, one publisher', cdkPipelines({ publishAssetsInParallel: false })],
    ['MultiEnvPromotionPipeline', ours()],
  ];
  const code = mkdtempSync(join(tmpdir(), 'bench-functions-'));
  for (let i = 0; i < count; i++) {
    mkdirSync(join(code, `${i}`));
    writeFileSync(join(code, `${i}`, 'index.js'), `exports.handler = async () => ${i};`);
  }
  process.env.CDK_VALIDATION = 'false'; // it would cost all of them the same
  for (const [, build] of contenders) synthesize(build, code, count); // warm
  const rounds = Array.from({ length: repeats }, (_, i) => {
    process.stderr.write(`round ${i + 1} of ${repeats}\n`);
    return new Map(rotated(contenders, i).map(([name, build]) => [name, synthesize(build, code, count)]));
  });
  rmSync(code, { recursive: true, force: true });
  const rows = contenders.map(([name]): Row => {
    const mine = rounds.map((one) => one.get(name)!);
    return {
      name,
      ...mine[0],
      milliseconds: Math.round(median(mine.map(({ milliseconds }) => milliseconds))),
      ratio: Number(
        median(rounds.map((one) => one.get(name)!.milliseconds / one.get(contenders[0][0])!.milliseconds)).toFixed(2),
      ),
      dollars: (mine[0].minutes * MINUTE).toFixed(3),
    };
  });
  if (values.json) console.log(JSON.stringify(rows, undefined, 2));
  else console.table(Object.fromEntries(rows.map(({ name, ...row }) => [name, row])));
}

function positive(option: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(
    `'${option}' must be a positive whole number, got ${JSON.stringify(text)}; write it as in ${option} 5`,
  );
}

// ts-node maps every stack trace to its sources, and aws-cdk-lib creates one for each construct.
Reflect.deleteProperty(Error, 'prepareStackTrace');
main();
