import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, aws_eks as eks, aws_logs as logs, aws_s3 as s3, CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  DeploymentEnvironment,
  DeployTarget,
  MultiEnvPromotionPipeline,
  SiteRelease,
  WebAppPipeline,
} from '../../src';
import { readInput } from '../../src/assembly/input';
import { main } from '../../src/cli/main';
import type { Leftover } from '../../src/leftovers/leftover';
import { leftoversOf } from '../../src/leftovers/leftovers';
import { source } from '../helpers/delivery';

const EU = 'eu-west-1';
const TOOLS = { account: '111111111111', region: EU };
const STAGING = { account: '222222222222', region: EU };
const PRODUCTION = { account: '333333333333', region: 'us-east-1' };

/** Synthesizes an app and returns the folder of its assembly. */
function assemblyOf(fill: (app: App) => void): string {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'leftovers-')) });
  fill(app);
  return app.synth().directory;
}

function found(before: string, after: string): Leftover[] {
  return leftoversOf(readInput(before), readInput(after));
}

function shown(leftovers: readonly Leftover[]): string[] {
  return leftovers.map(({ remove, kind, account, region, type, name, stack }) =>
    [remove, kind, account, region, type, name ?? stack].join(' '),
  );
}

/** Promotes a stack to these environments. */
function promotion(...environments: Array<[name: string, env: { account: string; region: string }]>) {
  return assemblyOf((app) => {
    new MultiEnvPromotionPipeline(new Stack(app, 'Orders', { env: TOOLS }), 'Delivery', {
      source,
      buildStep: BuildStep.shell(['make'], { outputDirectory: 'out' }),
      environments: environments.map(
        ([name, env]) =>
          new DeploymentEnvironment(name, { env, target: DeployTarget.cloudFormationStack(`orders-${name}`) }),
      ),
    });
  });
}

describe('environments', () => {
  const both = promotion(['staging', STAGING], ['production', PRODUCTION]);

  test('of the same app leave nothing', () => expect(found(both, both)).toEqual([]));

  test('that are removed leave their stack, and what they deployed', () => {
    const leftovers = found(both, promotion(['production', PRODUCTION]));
    expect(shown(leftovers)).toEqual([
      'before deployed-stack 222222222222 eu-west-1 AWS::CloudFormation::Stack orders-staging',
      'after stack 222222222222 eu-west-1 AWS::CloudFormation::Stack Orders-Delivery-222222222222-eu-west-1',
    ]);
    expect(leftovers.map(({ command }) => command)).toEqual([
      'aws cloudformation delete-stack --stack-name orders-staging --region eu-west-1',
      'aws cloudformation delete-stack --stack-name Orders-Delivery-222222222222-eu-west-1 --region eu-west-1',
    ]);
    expect(leftovers[0].reason).toBe('no pipeline deploys it any more; the action Deploy-staging did');
  });

  test('that are removed with their Region leave its artifact bucket and key', () => {
    const leftovers = found(both, promotion(['staging', STAGING]));
    expect(shown(leftovers)).toEqual([
      'before deployed-stack 333333333333 us-east-1 AWS::CloudFormation::Stack orders-production',
      'after stack 111111111111 us-east-1 AWS::CloudFormation::Stack Orders-Delivery-artifacts-us-east-1',
      'after stack 333333333333 us-east-1 AWS::CloudFormation::Stack Orders-Delivery-333333333333-us-east-1',
      'after retained-resource 111111111111 us-east-1 AWS::KMS::Key Orders-Delivery-artifacts-us-east-1',
      expect.stringMatching(
        /^after retained-resource 111111111111 us-east-1 AWS::S3::Bucket orders-delivery-.*artifacts/,
      ),
    ]);
    const [, , , key, bucket] = leftovers;
    expect(key.command).toMatch(
      /^aws kms schedule-key-deletion --key-id <name> --region us-east-1; note the name before the deployment: aws /,
    );
    expect(bucket.command).toBe(`empty it with all versions, then aws s3 rb s3://${bucket.name}`);
  });

  test('that are added leave nothing', () => {
    expect(found(promotion(['production', PRODUCTION]), both)).toEqual([]);
  });
});

test('sites leave their buckets', () => {
  function sites(...names: string[]) {
    return assemblyOf((app) => {
      new WebAppPipeline(new Stack(app, 'Shop'), 'Site', {
        source,
        environments: names.map((name) => new DeploymentEnvironment(name)),
      });
    });
  }

  expect(shown(found(sites('staging', 'production'), sites('production')))).toEqual([
    'after retained-resource   AWS::S3::Bucket Shop',
    'after retained-resource   AWS::S3::Bucket Shop',
  ]);
});

test('charts and manifests stay in the cluster', () => {
  function charts(...names: string[]) {
    return assemblyOf((app) => {
      const stack = new Stack(app, 'Orders', { env: TOOLS });
      const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'main' });
      new MultiEnvPromotionPipeline(stack, 'Delivery', {
        source,
        buildStep: BuildStep.shell(['make'], { outputDirectory: 'out' }),
        environments: names.map(
          (name) =>
            new DeploymentEnvironment(name, {
              target: DeployTarget.inOrder([
                DeployTarget.eksHelm(cluster, { releaseName: `shop-${name}`, chartPath: 'chart', deploymentName: 'A' }),
                DeployTarget.eksManifests(cluster, {
                  manifestFiles: ['a.yaml', 'b.yaml'],
                  kubernetesNamespace: name,
                  deploymentName: 'B',
                }),
              ]),
            }),
        ),
      });
    });
  }

  const leftovers = found(charts('staging', 'production'), charts('production'));
  expect(leftovers.filter(({ remove }) => remove === 'before').map(({ command }) => command)).toEqual([
    'helm uninstall shop-staging --namespace default',
    'kubectl delete --namespace staging -f a.yaml -f b.yaml',
  ]);
});

describe('retained resources', () => {
  function bucketIn(stackName: string, bucketName?: string, removalPolicy = RemovalPolicy.RETAIN, id = 'Bucket') {
    return assemblyOf((app) => {
      const stack = new Stack(app, stackName, { env: TOOLS });
      new s3.Bucket(stack, id, { bucketName, removalPolicy });
      new CfnResource(stack, 'Other', { type: 'AWS::SNS::Topic' });
    });
  }

  test('stay if they are replaced', () => {
    expect(shown(found(bucketIn('A', 'old-name'), bucketIn('A', 'new-name')))).toEqual([
      'after retained-resource 111111111111 eu-west-1 AWS::S3::Bucket old-name',
    ]);
  });

  test('are in use if they only move', () => {
    expect(found(bucketIn('A', 'same'), bucketIn('A', 'same', RemovalPolicy.RETAIN, 'Moved'))).toEqual([]);
  });

  test('without retention are deleted', () => {
    const before = bucketIn('A', 'old-name', RemovalPolicy.DESTROY);
    expect(found(before, bucketIn('A', 'new-name'))).toEqual([]);
  });

  test('of a type without a command are named', () => {
    const before = assemblyOf((app) => {
      const stack = new Stack(app, 'A', { env: TOOLS });
      new CfnResource(stack, 'Queue', {
        type: 'AWS::SQS::Queue',
        properties: { QueueName: 'jobs' },
      }).applyRemovalPolicy(RemovalPolicy.RETAIN);
      new logs.LogGroup(stack, 'Logs', { logGroupName: '/jobs', removalPolicy: RemovalPolicy.RETAIN });
      new CfnResource(stack, 'Other', { type: 'AWS::SNS::Topic' });
    });
    const after = assemblyOf((app) => {
      new CfnResource(new Stack(app, 'A', { env: TOOLS }), 'Other', { type: 'AWS::SNS::Topic' });
    });
    expect(found(before, after).map(({ name, command }) => [name, command])).toEqual([
      ['jobs', 'delete it'],
      ['/jobs', 'aws logs delete-log-group --log-group-name /jobs --region eu-west-1'],
    ]);
  });
});

describe('the command', () => {
  const before = promotion(['staging', STAGING], ['production', STAGING]);
  const after = promotion(['production', STAGING]);

  function run(...args: string[]) {
    const written = { out: '', err: '' };
    const code = main(['leftovers', ...args], {
      interactive: false,
      out: (text) => (written.out += text),
      err: (text) => (written.err += text),
    });
    return { code, ...written };
  }

  test('reports leftovers as text', () => {
    expect(run(before, after)).toEqual({
      code: 1,
      err: '',
      out: `Remove before you deploy the new version:
  AWS::CloudFormation::Stack orders-staging in 222222222222/eu-west-1
    no pipeline deploys it any more; the action Deploy-staging did
    aws cloudformation delete-stack --stack-name orders-staging --region eu-west-1

1 leftover.
`,
    });
  });

  test('reports leftovers as JSON with all keys', () => {
    const { code, out } = run(before, after, '--format', 'json');
    expect([code, JSON.parse(out)]).toEqual([
      1,
      {
        leftovers: [
          {
            kind: 'deployed-stack',
            remove: 'before',
            account: '222222222222',
            region: 'eu-west-1',
            type: 'AWS::CloudFormation::Stack',
            name: 'orders-staging',
            stack: null,
            logicalId: null,
            reason: 'no pipeline deploys it any more; the action Deploy-staging did',
            command: 'aws cloudformation delete-stack --stack-name orders-staging --region eu-west-1',
          },
        ],
      },
    ]);
  });

  test('quotes names of templates in commands, and prints no control characters', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'hostile-')), 'a.template.json');
    const Properties = { BucketName: "x'; $(rm -rf /)\u001b[2J" };
    const Bucket = { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain', Properties };
    writeFileSync(file, JSON.stringify({ Resources: { Bucket } }));
    const { out } = run(file, after);
    expect(out).toContain("aws s3 rb s3://'x'\\''; $(rm -rf /)?[2J'");
    expect(out).not.toMatch(/[^\P{C}\n]/u);
  });

  test('succeeds if nothing stays', () => {
    expect(run(after, after)).toEqual({ code: 0, err: '', out: '0 leftovers.\n' });
  });

  test.each<[string, string[], number, RegExp]>([
    ['one path', [before], 2, /pass the old and the new cloud assembly, got 1 paths; see --help/],
    ['three paths', [before, after, after], 2, /got 3 paths/],
    ['an unknown format', [before, after, '--format', 'xml'], 2, /'--format' must be text or json, got 'xml'/],
    ['an unknown option', [before, after, '--fromat', 'json'], 2, /Unknown option '--fromat'/],
    ['a folder that does not exist', [before, '/nowhere'], 3, /\/nowhere does not exist/],
  ])('refuses %s', (_, args, code, message) => {
    const result = run(...args);
    expect(result).toMatchObject({ code, out: '' });
    expect(result.err).toMatch(/^cdk-pipeline-patterns leftovers: [^\n]+\n$/);
    expect(result.err).toMatch(message);
  });

  test('describes itself', () => {
    expect(run('--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('leftovers <old cdk.out> <new cdk.out>'),
    });
  });
});

test('a site that changes its release keeps its bucket', () => {
  function site(release: SiteRelease) {
    return assemblyOf((app) => {
      new WebAppPipeline(new Stack(app, 'Shop'), 'Site', {
        source,
        environments: [new DeploymentEnvironment('live', { target: DeployTarget.staticSite({ release }) })],
      });
    });
  }

  expect(found(site(SiteRelease.inPlace()), site(SiteRelease.atomic()))).toEqual([]);
});
