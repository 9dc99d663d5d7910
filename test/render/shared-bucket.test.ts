import { App, aws_kms as kms, aws_s3 as s3, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  BuildStep,
  DeploymentEnvironment,
  DeployTarget,
  MultiEnvPromotionPipeline,
  PipelineSource,
  WebAppPipeline,
} from '../../src';
import { readInput } from '../../src/assembly/input';
import { check } from '../../src/check/check';
import { denialsOf, unmodelledOf } from '../check/verdicts';
import { jsonOf, resourcesOf } from '../helpers/synth';

const TOOLS = { account: '111111111111', region: 'eu-west-1' };
const STAGING = { account: '222222222222', region: 'eu-west-1' };
const PRODUCTION = { account: '333333333333', region: 'us-east-1' };

function bucketIn(scope: Stack, hasKey = false) {
  const encryptionKey = hasKey ? new kms.Key(scope, 'Key') : undefined;
  return new s3.Bucket(scope, 'Artifacts', { encryptionKey, enforceSSL: true });
}

/** Two pipelines with the same steps that share a bucket of another stack. */
function twoPipelines(hasKey: boolean, ...envs: Array<{ account: string; region: string }>) {
  const app = new App();
  const shared = new Stack(app, 'Shared', { env: TOOLS });
  const artifactBucket = bucketIn(shared, hasKey);
  const stacks = ['Shop', 'Orders'].map((name) => {
    const stack = new Stack(app, name, { env: TOOLS });
    new MultiEnvPromotionPipeline(stack, 'Delivery', {
      source: PipelineSource.gitHub(`acme/${name.toLowerCase()}`, 'main'),
      buildStep: BuildStep.nodeJs({ buildCommands: ['npm run build'] }),
      artifactBucket,
      environments: envs.map(
        (env, i) =>
          new DeploymentEnvironment(`env${i}`, { env, target: DeployTarget.cloudFormationStack(`${name}-${i}`) }),
      ),
    });
    return stack;
  });
  return { app, shared, stacks };
}

interface PolicyResource {
  readonly Properties: Record<string, { readonly Statement: ReadonlyArray<Record<string, unknown>> }>;
}

function statementsIn(stack: Stack, type: string, property: string) {
  const [[, resource]] = resourcesOf(jsonOf(stack), type) as unknown as Array<[string, PolicyResource]>;
  return resource.Properties[property].Statement.filter(({ Condition }) =>
    JSON.stringify(Condition ?? {}).includes('aws:PrincipalArn'),
  );
}

test('two pipelines use one bucket, with separate caches', () => {
  const { stacks } = twoPipelines(false, TOOLS);
  for (const stack of stacks) {
    const template = jsonOf(stack);
    expect(resourcesOf(template, 'AWS::S3::Bucket')).toEqual([]);
    const [[, { Properties }]] = resourcesOf(template, 'AWS::CodePipeline::Pipeline');
    expect(JSON.stringify(Properties.ArtifactStore)).toContain('Shared:ExportsOutputRefArtifacts');
  }
  const caches = stacks.map((stack) => {
    const [[, { Properties }]] = resourcesOf(jsonOf(stack), 'AWS::CodeBuild::Project');
    return JSON.stringify((Properties.Cache as { Location: unknown }).Location);
  });
  expect(caches[0]).toMatch(/"cache\/Shop-Delivery-[0-9a-f]+\/Build"/);
  expect(caches[1]).toMatch(/"cache\/Orders-Delivery-[0-9a-f]+\/Build"/);
});

test('the policies of bucket and key have one statement for the roles of all pipelines', () => {
  const { shared } = twoPipelines(true, STAGING);
  for (const [type, property] of [
    ['AWS::S3::BucketPolicy', 'PolicyDocument'],
    ['AWS::KMS::Key', 'KeyPolicy'],
  ]) {
    const statements = statementsIn(shared, type, property);
    expect(statements).toHaveLength(1);
    const [{ Principal, Condition }] = statements;
    expect(JSON.stringify(Principal)).toContain(':iam::222222222222:root');
    const roles = (Condition as { ArnEquals: Record<string, unknown[]> }).ArnEquals['aws:PrincipalArn'];
    expect(roles.map((role) => JSON.stringify(role))).toEqual([
      expect.stringMatching(/role\/Shop-Delivery-.*env0/),
      expect.stringMatching(/role\/Orders-Delivery-.*env0/),
    ]);
  }
});

test('other Regions keep a bucket for each pipeline', () => {
  const { app } = twoPipelines(true, STAGING, PRODUCTION);
  const names = app.synth().stacks.map(({ stackName }) => stackName);
  expect(names).toEqual(
    expect.arrayContaining(['Shop-Delivery-artifacts-us-east-1', 'Orders-Delivery-artifacts-us-east-1']),
  );
});

test.each<[string, boolean, Array<{ account: string; region: string }>]>([
  ['in one account', false, [TOOLS]],
  ['in one account, with a key', true, [TOOLS]],
  ['in other accounts and Regions', true, [STAGING, PRODUCTION]],
])('the check denies nothing %s', (_, hasKey, envs) => {
  const { app } = twoPipelines(hasKey, ...envs);
  const report = check(readInput(app.synth().directory));
  expect({ denied: denialsOf(report), unmodelled: unmodelledOf(report) }).toEqual({ denied: [], unmodelled: [] });
});

describe('errors', () => {
  function problemsOf(bucketOf: (stack: Stack) => s3.IBucket, env = STAGING, more: object = {}, props?: StackProps) {
    const app = new App();
    const stack = new Stack(app, 'Shop', props ?? { env: TOOLS });
    try {
      new WebAppPipeline(stack, 'Site', {
        source: PipelineSource.gitHub('acme/shop', 'main'),
        artifactBucket: bucketOf(stack),
        environments: [new DeploymentEnvironment('live', props ? {} : { env })],
        ...more,
      });
      return [];
    } catch (error) {
      return (error as Error).message.split('\n').map((line) => line.replace('[WebAppPipeline Shop/Site] ', ''));
    }
  }

  test('for a value that is no bucket', () => {
    expect(problemsOf(() => 'artifacts' as never)).toEqual([
      '\'artifactBucket\' must be a bucket, got "artifacts"; pass one of this app, or import it',
    ]);
  });

  test('for a bucket in another account', () => {
    const elsewhere = { account: '444444444444', region: 'us-east-1' };
    expect(problemsOf((stack) => bucketIn(new Stack(stack.node.root, 'B', { env: elsewhere }), true))).toEqual([
      '\'artifactBucket\' must be a bucket in the account of the pipeline, 111111111111, got "444444444444"; pass a ' +
        'bucket in that account',
      '\'artifactBucket\' must be a bucket in the Region of the pipeline, eu-west-1, got "us-east-1"; pass a bucket ' +
        'in that Region',
    ]);
  });

  test('for an imported bucket with other accounts', () => {
    expect(problemsOf((stack) => s3.Bucket.fromBucketName(stack, 'B', 'artifacts'))).toEqual([
      "'artifactBucket' must be a bucket of this app, because its policy must allow 222222222222, got \"an imported " +
        'one"; pass an s3.Bucket of this app; the policy of an imported bucket cannot be changed',
    ]);
  });

  test('for a bucket without a key with other accounts', () => {
    expect(problemsOf((stack) => bucketIn(stack))).toEqual([
      "'artifactBucket' must have a key of this app, because its policy must allow 222222222222, got " +
        '"Shop/Artifacts"; pass a bucket with encryptionKey: new kms.Key(…); other accounts cannot use the AWS ' +
        'managed key',
    ]);
  });

  test('for a retention besides', () => {
    expect(problemsOf((stack) => bucketIn(stack, true), STAGING, { artifactRetention: Duration.days(400) })).toEqual([
      expect.stringMatching(
        /^'artifactRetention' must not be set together with artifactBucket, got .*; remove it, and/,
      ),
    ]);
  });

  test('none for an imported bucket in one account', () => {
    expect(problemsOf((stack) => s3.Bucket.fromBucketName(stack, 'B', 'artifacts'), STAGING, {}, {})).toEqual([]);
  });
});
