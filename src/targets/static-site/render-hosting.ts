import {
  Annotations,
  aws_cloudfront as cloudfront,
  aws_cloudfront_origins as origins,
  aws_iam as iam,
  aws_s3 as s3,
  CfnOutput,
  Duration,
  RemovalPolicy,
  Stack,
  Token,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { HostingSpec, ManagedHostingSpec, StaticSiteSpec } from './spec';
import { isOptInRegion } from '../../aws/regions';
import { RETENTION_DAYS } from '../../aws/retention';
import { SITE_LAYOUT } from '../../aws/front-end-tools';
import { siteRouter } from '../../functions';
import { globalName } from '../../render/names';
import type { RenderedSite } from '../../render/rendered';

/** Creates the bucket and the distribution of a site, unless the user provides them. */
export function renderHosting(
  scope: Construct,
  { hosting, atomic, immutable }: StaticSiteSpec,
  logDays: number,
): RenderedSite {
  const statePrefix = statePrefixOf(hosting);
  if (hosting.kind === 'existing') {
    return { ...hosting, statePrefix, url: `https://${hosting.distribution.distributionDomainName}` };
  }

  const hasLegacyLogs = hosting.accessLogs && !isOptInStack(scope);
  if (hosting.accessLogs && !hasLegacyLogs) warnOfMissingLogs(scope);
  const logBucket = hosting.accessLogs ? renderLogBucket(scope, logDays, hasLegacyLogs) : undefined;
  const bucket = renderSiteBucket(scope, logBucket);
  const releaseStore = atomic
    ? new cloudfront.KeyValueStore(scope, 'ReleaseStore', { keyValueStoreName: globalName(scope, 64, 'Store') })
    : undefined;
  const router = new cloudfront.Function(scope, 'Router', {
    functionName: globalName(scope, 64, 'Router'),
    runtime: cloudfront.FunctionRuntime.JS_2_0,
    code: cloudfront.FunctionCode.fromInline(siteRouter({ singlePage: hosting.singlePage, immutable, atomic })),
    keyValueStore: releaseStore,
  });
  const distribution = renderDistribution(scope, hosting, bucket, router, hasLegacyLogs ? logBucket : undefined);
  const url = `https://${hosting.domainNames[0] ?? distribution.distributionDomainName}`;
  new CfnOutput(scope, 'Url', { description: `URL of the environment ${scope.node.id}`, value: url });
  return { bucket, distribution, prefix: SITE_LAYOUT.content, statePrefix, url, releaseStore };
}

/** Returns the key prefix of the file lists of releases. Sites that share a bucket have separate lists. */
export function statePrefixOf(hosting: HostingSpec): string {
  return hosting.kind === 'existing' ? `${SITE_LAYOUT.state}${hosting.prefix}` : SITE_LAYOUT.state;
}

function isOptInStack(scope: Construct): boolean {
  const { region } = Stack.of(scope);
  return !Token.isUnresolved(region) && isOptInRegion(region);
}

/**
 * Adds a warning that CloudFront stores no access logs. Its legacy logging supports no buckets in opt-in Regions,
 * and standard logging (v2) is configured in us-east-1 only, so the stack of the site cannot contain it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
function warnOfMissingLogs(scope: Construct): void {
  const { region } = Stack.of(scope);
  Annotations.of(scope).addWarningV2(
    `cdk-pipeline-patterns:no-cloudfront-logs[${scope.node.id}]`,
    `CloudFront cannot store access logs of ${scope.node.id} in the opt-in Region ${region}, so only the ` +
      'logs of the bucket are stored. Configure standard logging (v2) of the distribution in us-east-1, or set ' +
      'accessLogs: false.',
  );
}

function renderDistribution(
  scope: Construct,
  hosting: ManagedHostingSpec,
  bucket: s3.Bucket,
  router: cloudfront.Function,
  logBucket?: s3.Bucket,
): cloudfront.Distribution {
  const notFound = { responseHttpStatus: 404, responsePagePath: '/404.html', ttl: Duration.seconds(10) };
  return new cloudfront.Distribution(scope, 'Distribution', {
    comment: `${scope.node.path}`.slice(0, 128),
    domainNames: hosting.domainNames.length > 0 ? [...hosting.domainNames] : undefined,
    certificate: hosting.certificate,
    // Without a custom certificate, CloudFront determines the policy, and the CDK warns that the property has no
    // effect.
    minimumProtocolVersion: hosting.certificate && cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
    httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
    webAclId: hosting.webAclArn,
    defaultRootObject: 'index.html',
    defaultBehavior: {
      origin: origins.S3BucketOrigin.withOriginAccessControl(bucket, {
        // The lists of releases are outside of this path, so they cannot be requested.
        originPath: `/${SITE_LAYOUT.content.slice(0, -1)}`,
        originAccessControl: new cloudfront.S3OriginAccessControl(scope, 'OriginAccess', {
          originAccessControlName: globalName(scope, 64, 'Access'),
        }),
      }),
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: hosting.responseHeadersPolicy ?? cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
      functionAssociations: [{ function: router, eventType: cloudfront.FunctionEventType.VIEWER_REQUEST }],
    },
    // The bucket returns 403 for missing objects, since the distribution has no permission to list it.
    errorResponses: [
      { httpStatus: 403, ...notFound },
      { httpStatus: 404, ...notFound },
    ],
    enableLogging: logBucket !== undefined,
    logBucket,
    logFilePrefix: logBucket && 'cloudfront/',
  });
}

function renderSiteBucket(scope: Construct, logBucket?: s3.Bucket): s3.Bucket {
  const bucket = new s3.Bucket(scope, 'Bucket', {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      {
        id: 'old-versions',
        noncurrentVersionExpiration: Duration.days(RETENTION_DAYS.oldSiteVersions),
        abortIncompleteMultipartUploadAfter: Duration.days(RETENTION_DAYS.incompleteUploads),
        expiredObjectDeleteMarker: true,
      },
    ],
  });
  if (logBucket) logAccess(scope, bucket, logBucket);
  return bucket;
}

/**
 * Enables access logs of a bucket, and allows them in the policy of the log bucket. The aws-s3 module would do so only
 * with a feature flag; without the flag, it sets a deprecated access control list.
 */
function logAccess(scope: Construct, bucket: s3.Bucket, logBucket: s3.Bucket): void {
  const prefix = 's3/';
  (bucket.node.defaultChild as s3.CfnBucket).loggingConfiguration = {
    destinationBucketName: logBucket.bucketName,
    logFilePrefix: prefix,
  };
  logBucket.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [logBucket.arnForObjects(`${prefix}*`)],
      conditions: {
        ArnLike: { 'aws:SourceArn': bucket.bucketArn },
        StringEquals: { 'aws:SourceAccount': Stack.of(scope).account },
      },
    }),
  );
}

function renderLogBucket(scope: Construct, logDays: number, hasLegacyLogs: boolean): s3.Bucket {
  return new s3.Bucket(scope, 'AccessLogs', {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    // The legacy logging of CloudFront requires an access control list.
    objectOwnership: hasLegacyLogs
      ? s3.ObjectOwnership.BUCKET_OWNER_PREFERRED
      : s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      {
        id: 'logs',
        expiration: Duration.days(logDays),
        abortIncompleteMultipartUploadAfter: Duration.days(RETENTION_DAYS.incompleteUploads),
      },
    ],
  });
}
