import {
  aws_cloudwatch as cloudwatch,
  aws_ecs as ecs,
  aws_s3 as s3,
  aws_sns as sns,
  aws_cloudfront as cloudfront,
  App,
  Duration,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import {
  certificate,
  container,
  hosted,
  HOME,
  promotion,
  shifted,
  stackIn,
  target,
  task,
  unset,
  type Untyped,
  type WrongInput,
} from './inputs';
import * as api from '../../../src';
import { A_LIST, KNOWN_PROPERTY } from '../../../src/common/rules';
import { NON_EMPTY_STRING } from '../../../src/pipeline/problems';
import { A_FILE_PATH, NO_DUPLICATES, NO_PARENT } from '../../../src/pipeline/rules';
import { CLEAN_PATH } from '../../../src/steps/validate-names';
import { JSON_VALUE } from '../../../src/targets/static-site/site-file-json';

/** The library without its types, as in JavaScript. */
const library: Untyped = api;

/** Rule of strings. */
const A_STRING = 'be a string';

function farStack(app: App, env: object = { account: '333333333333', region: 'us-west-2' }): Stack {
  return new Stack(app, 'Far', { env });
}

/** Wrong targets. */
export const TARGET_OPTIONS: readonly WrongInput[] = [
  [
    'stack name slash',
    promotion(() => [stackIn('a/b')]),
    'environments[0].target.stackName',
    "consist of letters, digits and '-', beginning with a letter",
  ],
  [
    'stack name digit',
    promotion(() => [stackIn('1a')]),
    'environments[0].target.stackName',
    "consist of letters, digits and '-', beginning with a letter",
  ],
  [
    'stack name Stack',
    promotion((s: Stack) => [stackIn(s as Untyped)]),
    'environments[0].target.stackName',
    NON_EMPTY_STRING,
  ],
  [
    'templatePath trailing',
    promotion(() => [stackIn('x', { templatePath: 'a/' })]),
    'environments[0].target.templatePath',
    A_FILE_PATH,
  ],
  [
    'templatePath space',
    promotion(() => [stackIn('x', { templatePath: ' a.yaml' })]),
    'environments[0].target.templatePath',
    CLEAN_PATH,
  ],
  [
    'templatePath s3',
    promotion(() => [stackIn('x', { templatePath: 's3://b/x.yaml' })]),
    'environments[0].target.templatePath',
    A_FILE_PATH,
  ],
  [
    'templatePath artifact::',
    promotion(() => [stackIn('x', { templatePath: 'Build::a.yaml' })]),
    'environments[0].target.templatePath',
    "not contain '::'",
  ],
  [
    'parameters CDK form',
    promotion(() => [stackIn('x', { parameters: { A: { value: 'x' } } })]),
    'environments[0].target.parameters.A',
    A_STRING,
  ],
  [
    'parameters array',
    promotion(() => [stackIn('x', { parameters: [{ ParameterKey: 'A', ParameterValue: 'b' }] })]),
    'environments[0].target.parameters',
    'be an object',
  ],
  [
    'capabilities string',
    promotion(() => [stackIn('x', { capabilities: 'CAPABILITY_IAM' })]),
    'environments[0].target.capabilities',
    A_LIST,
  ],
  [
    'capabilities bad',
    promotion(() => [stackIn('x', { capabilities: ['CAPABILITY_EVERYTHING'] })]),
    'environments[0].target.capabilities',
    'contain only CAPABILITY_IAM, CAPABILITY_NAMED_IAM, CAPABILITY_AUTO_EXPAND',
  ],
  [
    'outputs dup',
    promotion(() => [stackIn('x', { outputs: ['Url', 'Url'] })]),
    'environments[0].target.outputs',
    NO_DUPLICATES,
  ],
  [
    'cfnRole arn',
    promotion(() => [stackIn('x', { cloudFormationRole: 'arn:aws:iam::111111111111:role/x' })]),
    'environments[0].target.cloudFormationRole',
    'be a role',
  ],
  ['cdkStage stack', target((s) => library.DeployTarget.cdkStage(s)), 'environments[0].target.stage', 'be a Stage'],
  [
    'cdkStage app',
    (s, a) => target(() => library.DeployTarget.cdkStage(a))(s, a),
    'environments[0].target.stage',
    'be a Stage, not the app itself',
  ],
  ['cdkStage class', target(() => library.DeployTarget.cdkStage(Stage)), 'environments[0].target.stage', 'be a Stage'],
  [
    'cdkStage empty',
    (s, a) => target(() => library.DeployTarget.cdkStage(new Stage(a, 'Empty', { env: HOME })))(s, a),
    'environments[0].target.stage',
    'contain at least one stack',
  ],
  [
    'cdkStage version ^',
    (s, a) =>
      target(() => {
        const st = new Stage(a, 'V1', { env: HOME });
        new sns.Topic(new Stack(st, 'X'), 'T');
        return library.DeployTarget.cdkStage(st, { cdkCliVersion: '^2.0.0' });
      })(s, a),
    'environments[0].target.cdkCliVersion',
    KNOWN_PROPERTY,
  ],
  [
    'cdkStage output string',
    (s, a) =>
      target(() => {
        const st = new Stage(a, 'V2', { env: HOME });
        new sns.Topic(new Stack(st, 'X'), 'T');
        return library.DeployTarget.cdkStage(st, { outputs: ['Url'] });
      })(s, a),
    'environments[0].target.outputs[0]',
    'be a CfnOutput',
  ],
  [
    'site immutable string',
    target(() => library.DeployTarget.staticSite({ immutablePaths: 'assets/**' })),
    'environments[0].target.immutablePaths',
    A_LIST,
  ],
  [
    'site immutable ../',
    target(() => library.DeployTarget.staticSite({ immutablePaths: ['../x'] })),
    'environments[0].target.immutablePaths[0]',
    NO_PARENT,
  ],
  [
    'site immutable /x',
    target(() => library.DeployTarget.staticSite({ immutablePaths: ['/assets/**'] })),
    'environments[0].target.immutablePaths[0]',
    "consist of letters, digits, '_', '.', '@', '+', '~', '-', '/', '*' and '?', and not start with '/'",
  ],
  [
    'site files string',
    target(() => library.DeployTarget.staticSite({ files: { 'config.json': '{}' } })),
    'environments[0].target.files.config.json',
    'be a SiteFile',
  ],
  [
    'site files object',
    target(() => library.DeployTarget.staticSite({ files: { 'config.json': { a: 1 } } })),
    'environments[0].target.files.config.json',
    'be a SiteFile',
  ],
  [
    'site files /x',
    target(() => library.DeployTarget.staticSite({ files: { '/config.json': library.SiteFile.json({}) } })),
    'environments[0].target.files./config.json',
    "consist of letters, digits, '_', '.', '@', '+', '~', '-' and '/' between names",
  ],
  [
    'site files ..',
    target(() => library.DeployTarget.staticSite({ files: { '../c.json': library.SiteFile.json({}) } })),
    'environments[0].target.files.../c.json',
    "not contain the names '.' and '..', nor begin with '.releases/'",
  ],
  [
    'site files NaN',
    target(() => library.DeployTarget.staticSite({ files: { 'c.json': library.SiteFile.json({ a: NaN }) } })),
    'environments[0].target.files.c.json.a',
    JSON_VALUE,
  ],
  [
    'site files Map',
    target(() => library.DeployTarget.staticSite({ files: { 'c.json': library.SiteFile.json(new Map()) } })),
    'environments[0].target.files.c.json',
    JSON_VALUE,
  ],
  [
    'site files circular',
    target(() => {
      const c: Untyped = {};
      c.c = c;
      return library.DeployTarget.staticSite({ files: { 'c.json': library.SiteFile.json(c) } });
    }),
    'environments[0].target.files.c.json.c',
    JSON_VALUE,
  ],
  [
    'site files undefined value',
    target(() => library.DeployTarget.staticSite({ files: { 'c.json': library.SiteFile.json({ api: unset() }) } })),
    'environments[0].target.files.c.json.api',
    JSON_VALUE,
  ],
  [
    'site hosting bucket',
    target((s) => library.DeployTarget.staticSite({ hosting: new s3.Bucket(s, 'B') })),
    'environments[0].target.hosting',
    'be a SiteHosting',
  ],
  [
    'site hosting {}',
    target(() => library.DeployTarget.staticSite({ hosting: { domain: { names: [] } } })),
    'environments[0].target.hosting',
    'be a SiteHosting',
  ],
  [
    'site domain string',
    hosted(() => ({ domain: 'example.com' })),
    'environments[0].target.hosting.domain',
    'be a SiteDomain',
  ],
  [
    'site names string',
    hosted((s) => ({ domain: { names: 'example.com', certificate: certificate(s) } })),
    'environments[0].target.hosting.domain.names',
    A_LIST,
  ],
  [
    'site name slash',
    hosted((s) => ({ domain: { names: ['example.com/'], certificate: certificate(s) } })),
    'environments[0].target.hosting.domain.names',
    'be domain names',
  ],
  [
    'site name dup',
    hosted((s) => ({ domain: { names: ['example.com', 'EXAMPLE.com'], certificate: certificate(s) } })),
    'environments[0].target.hosting.domain.names',
    NO_DUPLICATES,
  ],
  [
    'site cert arn',
    hosted(() => ({
      domain: { names: ['example.com'], certificate: 'arn:aws:acm:us-east-1:111111111111:certificate/1' },
    })),
    'environments[0].target.hosting.domain.certificate',
    'be a certificate',
  ],
  [
    'site web acl id',
    hosted(() => ({ webAclArn: '11112222-3333-4444-5555-666677778888' })),
    'environments[0].target.hosting.webAclArn',
    'be the ARN of a web ACL of AWS WAF',
  ],
  [
    'site web acl classic',
    hosted(() => ({ webAclArn: 'arn:aws:waf::111111111111:webacl/x' })),
    'environments[0].target.hosting.webAclArn',
    'be the ARN of a web ACL of AWS WAF',
  ],
  [
    'site routing',
    hosted(() => ({ routing: 'SPA' })),
    'environments[0].target.hosting.routing',
    'be one of SINGLE_PAGE, PAGES',
  ],
  [
    'site release',
    target(() => library.DeployTarget.staticSite({ release: 'atomic' })),
    'environments[0].target.release',
    'be a SiteRelease',
  ],
  [
    'existing L1 bucket',
    target((s) =>
      library.DeployTarget.staticSite({
        hosting: library.SiteHosting.existing(
          new s3.CfnBucket(s, 'B'),
          cloudfront.Distribution.fromDistributionAttributes(s, 'D', {
            distributionId: 'E1',
            domainName: 'd.cloudfront.net',
          }),
        ),
      }),
    ),
    'environments[0].target.hosting.bucket',
    'be a bucket',
  ],
  [
    'existing swapped',
    target((s) =>
      library.DeployTarget.staticSite({
        hosting: library.SiteHosting.existing(
          cloudfront.Distribution.fromDistributionAttributes(s, 'D', {
            distributionId: 'E1',
            domainName: 'd.cloudfront.net',
          }),
          s3.Bucket.fromBucketName(s, 'B', 'acme-b'),
        ),
      }),
    ),
    'environments[0].target.hosting.bucket',
    'be a bucket',
  ],
  [
    'ecs task as service',
    container(({ taskDefinition }) => library.DeployTarget.ecsService(taskDefinition)),
    'environments[0].target.service',
    'be an Amazon ECS service',
  ],
  [
    'ecs cluster as service',
    container(({ cluster }) => library.DeployTarget.ecsService(cluster)),
    'environments[0].target.service',
    'be an Amazon ECS service',
  ],
  [
    'ecs L1 service',
    container(({ stack, cluster }) =>
      library.DeployTarget.ecsService(new ecs.CfnService(stack, 'L1', { cluster: cluster.clusterName })),
    ),
    'environments[0].target.service',
    'be an Amazon ECS service',
  ],
  [
    'ecs service name',
    container(() => library.DeployTarget.ecsService('svc')),
    'environments[0].target.service',
    'be an Amazon ECS service',
  ],
  [
    'ecs containerName typo',
    container(({ service }) => library.DeployTarget.ecsService(service, { containerName: 'wbe' })),
    'environments[0].target.containerName',
    "name a container of the task definition: 'web'",
  ],
  [
    'ecs containerPort 0 rolling',
    container(({ service }) => library.DeployTarget.ecsService(service, { containerPort: 0 })),
    'environments[0].target.containerPort',
    'be a port between 1 and 65535',
  ],
  [
    'ecs containerPort 70000',
    container(({ service }) => library.DeployTarget.ecsService(service, { containerPort: 70000 })),
    'environments[0].target.containerPort',
    'be a port between 1 and 65535',
  ],
  [
    'ecs images string',
    container(({ service }) => library.DeployTarget.ecsService(service, { images: 'web' })),
    'environments[0].target.images',
    'be an object',
  ],
  [
    'ecs imageParameters Map',
    container(({ service }) => library.DeployTarget.ecsService(service, { imageParameters: new Map() })),
    'environments[0].target.imageParameters',
    'be an object',
  ],
  [
    'rollout string',
    container(({ service }) => library.DeployTarget.ecsService(service, { rollout: 'CANARY' })),
    'environments[0].target.rollout',
    'be a Rollout',
  ],
  [
    'rollout uncalled',
    container(({ service }) => library.DeployTarget.ecsService(service, { rollout: library.Rollout.canary })),
    'environments[0].target.rollout',
    'be a Rollout',
  ],
  [
    'rollout NaN',
    shifted(() => library.Rollout.canary(NaN, Duration.minutes(5))),
    'environments[0].target.rollout.percentage',
    'be a whole number of percent between 1 and 99',
  ],
  [
    'rollout swapped',
    shifted(() => library.Rollout.canary(Duration.minutes(5), 10)),
    'environments[0].target.rollout.wait',
    'be a Duration',
  ],
  [
    'rollout no wait',
    shifted(() => library.Rollout.canary(10)),
    'environments[0].target.rollout.wait',
    'be a whole number of minutes between 1 and 2880',
  ],
  [
    'rollout alarms single',
    shifted(({ alarm }) => library.Rollout.canary(10, Duration.minutes(5), { alarms: alarm })),
    'environments[0].target.rollout.alarms',
    A_LIST,
  ],
  [
    'rollout alarm L1',
    (s, a) =>
      shifted(() =>
        library.Rollout.canary(10, Duration.minutes(5), {
          alarms: [
            new cloudwatch.CfnAlarm(farStack(a, HOME), 'A', {
              comparisonOperator: 'GreaterThanThreshold',
              evaluationPeriods: 1,
            }),
          ],
        }),
      )(s, a),
    'environments[0].target.rollout.alarms[0]',
    'be an alarm',
  ],
  [
    'task swapped',
    container(({ taskDefinition, cluster }) => library.DeployTarget.ecsTask(cluster, taskDefinition)),
    'environments[0].target.taskDefinition',
    'be a task definition',
  ],
  [
    'task command string',
    task(({ group }) => ({ command: 'npm run x', securityGroups: [group] })),
    'environments[0].target.command',
    A_LIST,
  ],
  [
    'task command one word',
    task(({ group }) => ({ command: ['npm run x'], securityGroups: [group] })),
    'environments[0].target.command',
    'contain one word of the command in each item',
  ],
  ['task sg single', task(({ group }) => ({ securityGroups: group })), 'environments[0].target.securityGroups', A_LIST],
  [
    'task sg id',
    task(() => ({ securityGroups: ['sg-1'] })),
    'environments[0].target.securityGroups[0]',
    'be a security group',
  ],
  [
    'task subnets list',
    task(({ group }) => ({ securityGroups: [group], subnets: ['subnet-1'] })),
    'environments[0].target.subnets',
    'be a subnet selection',
  ],
  [
    'task subnets vpc',
    task(({ group, stack }) => ({ securityGroups: [group], subnets: stack })),
    'environments[0].target.subnets',
    'be a subnet selection',
  ],
  [
    'inOrder single',
    container(({ service }) => library.DeployTarget.inOrder(library.DeployTarget.ecsService(service))),
    'environments[0].target.targets',
    A_LIST,
  ],
];
