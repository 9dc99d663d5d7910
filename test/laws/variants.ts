import {
  Annotations,
  aws_certificatemanager as acm,
  aws_cloudfront as cloudfront,
  aws_kms as kms,
  aws_s3 as s3,
  Duration,
  Stack,
} from 'aws-cdk-lib';
import {
  Approval,
  BuildStep,
  DeploymentEnvironment,
  DeployTarget,
  EntryCondition,
  FailureHandling,
  Gate,
  GitConnection,
  Notification,
  PipelineSource,
  SiteFile,
  SiteHosting,
  SiteRelease,
  SiteRouting,
  SuccessCondition,
  type WebAppPipelineProps,
} from '../../src';
import { GATES } from '../helpers/gates';

export const CONNECTION_ARN =
  'arn:aws:codeconnections:eu-west-1:111111111111:connection/11112222-3333-4444-5555-666677778888';
export const source = PipelineSource.gitHub('acme/shop', 'main', { connection: GitConnection.fromArn(CONNECTION_ARN) });

function environments(...names: string[]) {
  return names.map((name) => new DeploymentEnvironment(name));
}

function site(target: DeployTarget) {
  return { source, environments: [new DeploymentEnvironment('production', { target })] };
}

/** Everything a user can choose, one choice at a time; the laws hold for each. */
export const VARIANTS: Readonly<Record<string, (stack: Stack) => WebAppPipelineProps>> = {
  'only a source': () => ({ source: PipelineSource.gitHub('acme/shop', 'main') }),
  'an existing connection': () => ({ source }),
  'a connection from a parameter': () => ({
    source: PipelineSource.gitHub('acme/shop', 'main', {
      connection: GitConnection.fromParameter('/delivery/connection'),
    }),
  }),
  'a named new connection': () => ({
    source: PipelineSource.gitHub('acme/shop', 'main', {
      connection: GitConnection.pending({ connectionName: 'acme-github' }),
    }),
  }),
  'two environments': () => ({ source, environments: environments('staging', 'production') }),
  'four environments': () => ({ source, environments: environments('dev', 'test', 'staging', 'production') }),
  'two production environments': () => ({
    source,
    environments: [
      new DeploymentEnvironment('staging'),
      new DeploymentEnvironment('eu', { production: true }),
      new DeploymentEnvironment('us', {
        production: true,
        approval: Approval.manual({
          timeout: Duration.days(30),
          comment: 'By #{Source-vars.AuthorDate}',
          reviewUrl: 'https://example.com',
        }),
      }),
    ],
  }),
  'two approvals, office hours and a bake, and the team hears of it': (stack) => ({
    source,
    onBuildFailure: FailureHandling.retryFailedActions(),
    environments: [
      new DeploymentEnvironment('staging'),
      new DeploymentEnvironment('production', {
        approval: Approval.all([
          Approval.manual({ approvalName: 'Security' }),
          Approval.manual({ approvalName: 'Product', notifyEmails: ['product@example.com'] }),
        ]),
        beforeEntry: EntryCondition.failUnless([Gate.officeHours('Europe/Berlin')]),
        onSuccess: SuccessCondition.rollBackUnless([GATES.alarm(stack, 'Success')]),
      }),
    ],
    notifications: Notification.email(['team@example.com']),
  }),
  'no approval at all': () => ({
    source,
    environments: [
      new DeploymentEnvironment('staging'),
      new DeploymentEnvironment('production', { approval: Approval.none() }),
    ],
  }),
  'a build of a folder': () => ({
    source,
    buildStep: BuildStep.nodeJs({ directory: 'apps/web', outputDirectory: 'build/out' }),
  }),
  'a build without reports': () => ({
    source,
    buildStep: BuildStep.nodeJs({
      installCommands: [],
      testCommands: [],
      buildCommands: ['make site'],
      testReports: [],
      coverageReports: [],
      nodeVersion: '20',
      environmentVariables: { MODE: 'production' },
      timeout: Duration.minutes(20),
    }),
  }),
  'a site of pages': () =>
    site(DeployTarget.staticSite({ hosting: SiteHosting.managed({ routing: SiteRouting.PAGES, accessLogs: false }) })),
  'a site with a domain': (stack) =>
    site(
      DeployTarget.staticSite({
        hosting: SiteHosting.managed({
          domain: {
            names: ['www.example.com', 'example.com'],
            certificate: acm.Certificate.fromCertificateArn(
              stack,
              'Certificate',
              'arn:aws:acm:us-east-1:111111111111:certificate/11112222-3333-4444-5555-666677778888',
            ),
          },
          webAclArn: 'arn:aws:wafv2:us-east-1:111111111111:global/webacl/site/11112222-3333-4444-5555-666677778888',
          responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.CORS_ALLOW_ALL_ORIGINS_AND_SECURITY_HEADERS,
        }),
      }),
    ),
  'an atomic site': () =>
    site(DeployTarget.staticSite({ release: SiteRelease.atomic(), immutablePaths: ['assets/**', '*.chunk.js'] })),
  'a site with the configuration of its environment': (stack) =>
    site(
      DeployTarget.staticSite({
        files: {
          'config.json': SiteFile.json({ api: 'https://api.example.com', stack: Stack.of(stack).stackId, beta: true }),
          'robots.txt': SiteFile.text('User-agent: *\nDisallow: /\n'),
        },
      }),
    ),
  'existing hosting': (stack) => {
    // The bucket has no key.
    Annotations.of(stack).acknowledgeWarning('cdk-pipeline-patterns:site-bucket-key[production]');
    return site(
      DeployTarget.staticSite({
        hosting: SiteHosting.existing(
          s3.Bucket.fromBucketName(stack, 'SiteBucket', 'acme-shop-site'),
          cloudfront.Distribution.fromDistributionAttributes(stack, 'SiteDistribution', {
            distributionId: 'E2ABCDEFGHIJKL',
            domainName: 'd111111abcdef8.cloudfront.net',
          }),
          { originPath: '/web' },
        ),
        immutablePaths: [],
      }),
    );
  },
  'existing hosting with a key': (stack) =>
    site(
      DeployTarget.staticSite({
        hosting: SiteHosting.existing(
          s3.Bucket.fromBucketAttributes(stack, 'SiteBucket', {
            bucketName: 'acme-shop-site',
            encryptionKey: kms.Key.fromKeyArn(
              stack,
              'SiteKey',
              'arn:aws:kms:eu-west-1:111111111111:key/11112222-3333-4444-5555-666677778888',
            ),
          }),
          cloudfront.Distribution.fromDistributionAttributes(stack, 'SiteDistribution', {
            distributionId: 'E2ABCDEFGHIJKL',
            domainName: 'd111111abcdef8.cloudfront.net',
          }),
        ),
      }),
    ),
  'a named pipeline with other retention': () => ({
    source,
    pipelineName: 'shop.web_acme',
    artifactRetention: Duration.days(400),
    logRetention: Duration.days(30),
  }),
};
