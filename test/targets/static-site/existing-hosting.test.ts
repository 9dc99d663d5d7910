import {
  Annotations,
  App,
  aws_cloudfront as cloudfront,
  aws_kms as kms,
  aws_s3 as s3,
  Fn,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import { Match, Annotations as Messages } from 'aws-cdk-lib/assertions';
import type { Construct } from 'constructs';
import {
  DeliveryPipeline,
  DeploymentAccess,
  DeploymentEnvironment,
  DeployTarget,
  PipelineStage,
  SiteHosting,
  WebAppPipeline,
} from '../../../src';
import { actionsOf, jsonOf, resolved, statementsOf } from '../../helpers/synth';
import { source } from '../../laws/variants';

const env = { account: '111111111111', region: 'eu-west-1' };

function distributionIn(stack: Stack, id = 'Distribution') {
  return cloudfront.Distribution.fromDistributionAttributes(stack, id, {
    distributionId: 'E2ABCDEFGHIJKL',
    domainName: 'd111111abcdef8.cloudfront.net',
  });
}

type Site = [bucket: s3.IBucket, originPath?: string];

/** Creates a pipeline that releases each site in an environment. */
function sites(stack: Stack, id: string, ...list: Site[]) {
  return new WebAppPipeline(stack, id, {
    source,
    environments: list.map(([bucket, originPath], i) => {
      const hosting = SiteHosting.existing(bucket, distributionIn(stack, `${id}${i}`), { originPath });
      return new DeploymentEnvironment(`e${i}`, { target: DeployTarget.staticSite({ hosting }) });
    }),
  });
}

function named(stack: Stack, id: string, name = 'acme-site') {
  return s3.Bucket.fromBucketName(stack, id, name);
}

const RULE = 'must be a path of the bucket that contains no files of another site';

describe('two sites in one bucket', () => {
  function stackIn(scope: Construct = new App(), id = 'Shop') {
    return new Stack(scope, id, { env });
  }

  test('are rejected with the paths of both', () => {
    const stack = stackIn();
    const bucket = named(stack, 'Bucket');
    expect(() => sites(stack, 'Site', [bucket, '/web'], [bucket, 'web/'])).toThrow(
      `[WebAppPipeline Shop/Site] 'environments[1].target.hosting.originPath' ${RULE}, got "/web/, like /web/ of ` +
        "Shop/Site 'environments[0].target'\"; set another originPath that is not nested, or use a bucket for each " +
        'site',
    );
  });

  test.each<[string, (stack: Stack) => Site[]]>([
    ['without paths', (stack) => [[named(stack, 'A')], [named(stack, 'B')]]],
    [
      'in nested paths',
      (stack) => [
        [named(stack, 'A'), '/web/admin'],
        [named(stack, 'B'), '/web'],
      ],
    ],
    ['at the root and below', (stack) => [[named(stack, 'A')], [named(stack, 'B'), '/web']]],
    [
      'by name and by ARN',
      (stack) => [[named(stack, 'A')], [s3.Bucket.fromBucketArn(stack, 'B', 'arn:aws:s3:::acme-site')]],
    ],
    [
      'by object and by its name',
      (stack) => {
        const bucket = new s3.Bucket(stack, 'Bucket');
        return [[bucket], [named(stack, 'B', bucket.bucketName)]];
      },
    ],
    [
      'by object and by its ARN',
      (stack) => {
        const bucket = new s3.Bucket(stack, 'Bucket');
        return [[s3.Bucket.fromBucketArn(stack, 'B', bucket.bucketArn)], [bucket]];
      },
    ],
    [
      'by object and by its explicit name',
      (stack) => [[new s3.Bucket(stack, 'A', { bucketName: 'acme-site' })], [named(stack, 'B')]],
    ],
    [
      'imported twice from an export',
      (stack) => [[named(stack, 'A', Fn.importValue('site'))], [named(stack, 'B', Fn.importValue('site'))]],
    ],
  ])('are rejected %s', (_, make) => {
    const stack = stackIn();
    expect(() => sites(stack, 'Site', ...make(stack))).toThrow(RULE);
  });

  test('are rejected in different pipelines, stacks, stages and patterns', () => {
    const app = new App();
    const first = stackIn(app);
    sites(first, 'Site', [named(first, 'Bucket'), '/web']);
    for (const second of [first, stackIn(app, 'Second'), stackIn(new Stage(app, 'Stage'))]) {
      expect(() => sites(second, 'Again', [named(second, 'Again-Bucket'), '/web'])).toThrow(RULE);
    }
    const hosting = SiteHosting.existing(named(first, 'Third'), distributionIn(first, 'Third-D'), {
      originPath: '/web',
    });
    const environment = new DeploymentEnvironment('production', { target: DeployTarget.staticSite({ hosting }) });
    expect(
      () =>
        new DeliveryPipeline(first, 'Delivery', {
          sources: [source],
          stages: [PipelineStage.environment(environment)],
        }),
    ).toThrow(RULE);
  });

  test('are accepted in separate paths, in other buckets and in other apps', () => {
    const stack = stackIn();
    const buckets = ['a', 'b', 'c', 'd', 'e'].map((id) => named(stack, id, id < 'e' ? 'acme-site' : 'acme-other'));
    const [a, b, c, d, e] = buckets;
    sites(stack, 'Site', [a, '/web'], [b, '/web2'], [c, '/admin/web'], [d, '/webs/x'], [e, '/web']);
    const other = stackIn();
    sites(other, 'Site', [named(other, 'Bucket'), '/web']);
  });

  test('have separate lists of releases and permissions', () => {
    const stack = stackIn();
    sites(stack, 'Site', [named(stack, 'A'), '/staging'], [named(stack, 'B'), '/x/production']);
    const template = jsonOf(stack);
    const scripts = ['e0', 'e1'].map((name) =>
      actionsOf(template)
        .find(({ Name }) => Name === `Deploy-${name}`)!
        .Commands!.map((command) => resolved(command))
        .join('\n'),
    );
    expect(scripts[0]).toContain("'STATE_PREFIX='\\''releases/staging/'\\'''");
    expect(scripts[1]).toContain("'STATE_PREFIX='\\''releases/x/production/'\\'''");
    const [role] = [
      statementsOf(template).filter(({ holder }) => holder.includes('e0') && holder.includes('ActionRole')),
    ];
    const s3Statements = role.filter(({ statement }) => JSON.stringify(statement.Action).includes('"s3:'));
    const text = JSON.stringify(s3Statements.map(({ statement }) => [statement.Resource, statement.Condition]));
    expect(text).toContain('{"StringEquals":{"s3:prefix":"releases/staging/"}}');
    expect(text).toContain('acme-site/releases/staging/*');
    expect(text).not.toContain('acme-site/releases/*');
  });

  test('is one site for a pipeline and the DeploymentAccess of its environment', () => {
    const app = new App();
    const there = { account: '222222222222', region: 'eu-west-1' };
    const access = new Stack(app, 'Access', { env: there });
    const hosting = SiteHosting.existing(named(access, 'Bucket'), distributionIn(access));
    const target = DeployTarget.staticSite({ hosting });
    const environments = [new DeploymentEnvironment('e', { target, env: there, existingAccess: true })];
    new DeploymentAccess(access, 'Access', { pipelineName: 'shop', pipelineEnv: env, environments });
    new WebAppPipeline(stackIn(app), 'Site', { source, pipelineName: 'shop', environments });
  });
});

describe('the key of a bucket', () => {
  const WARNING = Match.stringLikeRegexp(
    'was imported without its key.*fromBucketAttributes.*acknowledge this warning',
  );

  function made(prepare: (base: Stack, stack: Stack) => s3.IBucket, baseEnv = env) {
    const app = new App();
    const base = new Stack(app, 'Base', { env: baseEnv });
    const stack = new Stack(app, 'Shop', { env });
    sites(stack, 'Site', [prepare(base, stack)]);
    const keys = statementsOf(jsonOf(stack))
      .filter(
        ({ statement, holder }) =>
          holder.includes('ActionRole') && JSON.stringify(statement).includes('GenerateDataKey'),
      )
      .map(({ statement }) => JSON.stringify(statement.Resource));
    return { keys, warnings: Messages.fromStack(stack).findWarning('*', WARNING).length };
  }

  test.each<[string, (base: Stack, stack: Stack) => s3.IBucket]>([
    [
      'of a bucket that is imported by name',
      (base, stack) => {
        new s3.Bucket(base, 'Site', { bucketName: 'acme-site', encryptionKey: new kms.Key(base, 'Key') });
        return named(stack, 'Bucket');
      },
    ],
    [
      'of a bucket that is imported by ARN',
      (base, stack) => {
        const bucket = new s3.Bucket(base, 'Site', { encryption: s3.BucketEncryption.KMS });
        return s3.Bucket.fromBucketArn(stack, 'Bucket', bucket.bucketArn);
      },
    ],
    [
      'with an ARN in the template of the bucket',
      (base, stack) => {
        const key = kms.Key.fromKeyArn(base, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/1');
        new s3.Bucket(base, 'Site', { bucketName: 'acme-site', encryptionKey: key });
        return named(stack, 'Bucket');
      },
    ],
    [
      'that an L1 refers to by id',
      (base, stack) => {
        const key = new kms.CfnKey(base, 'Key', { keyPolicy: {} });
        const serverSideEncryptionByDefault = { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.ref };
        const bucketEncryption = { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault }] };
        new s3.CfnBucket(base, 'Site', { bucketName: 'acme-site', bucketEncryption });
        return named(stack, 'Bucket');
      },
    ],
  ])('is granted: the key %s', (_, prepare) => {
    const { keys, warnings } = made(prepare);
    expect([keys, warnings]).toEqual([[expect.stringMatching(/ImportValue|key\/1/)], 0]);
  });

  test.each<[string, (base: Stack, stack: Stack) => s3.IBucket]>([
    [
      'of the app without a key',
      (base, stack) => {
        new s3.Bucket(base, 'Site', { bucketName: 'acme-site' });
        return named(stack, 'Bucket');
      },
    ],
    [
      'with the key of S3',
      (base, stack) => {
        new s3.Bucket(base, 'Site', { bucketName: 'acme-site', encryption: s3.BucketEncryption.S3_MANAGED });
        return named(stack, 'Bucket');
      },
    ],
    ['that is passed', (base) => new s3.Bucket(base, 'Site', { bucketName: 'acme-site' })],
  ])('is not missed for a bucket %s', (_, prepare) => {
    expect(made(prepare)).toEqual({ keys: [], warnings: 0 });
  });

  test('is a warning if it is unknown or in another account', () => {
    expect(made((_, stack) => named(stack, 'Bucket'))).toEqual({ keys: [], warnings: 1 });
    const elsewhere = made(
      (base, stack) => {
        new s3.Bucket(base, 'Site', { bucketName: 'acme-site', encryptionKey: new kms.Key(base, 'Key') });
        return named(stack, 'Bucket');
      },
      { account: '222222222222', region: 'eu-west-1' },
    );
    expect(elsewhere).toEqual({ keys: [], warnings: 1 });
    const acknowledged = made((_, stack) => {
      Annotations.of(stack).acknowledgeWarning('cdk-pipeline-patterns:site-bucket-key[e0]');
      return named(stack, 'Bucket');
    });
    expect(acknowledged.warnings).toBe(0);
  });
});
