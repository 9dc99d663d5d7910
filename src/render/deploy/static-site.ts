import { DOCUMENTS } from '../../facts/front-end-tools';
import { CACHE_CONTROL, SITE_LAYOUT } from '../../facts/site-defaults';
import { siteReleaseScript } from '../../functions';
import type { StaticSitePlan } from '../../plan/static-site-plan';
import { renderActionRole } from '../action-role';
import { allow, arnOf, artifactReadStatements, type Statement } from '../grants';
import type { ActionRenderer } from '../rendered';
import { scriptCommands } from '../shell';
import { environmentScope } from './environments';
import { renderHosting, type Hosting } from './site-hosting';

/** A static site: one Commands action that runs our script under the role of the environment. */
export const renderStaticSite: ActionRenderer<StaticSitePlan> = (context, work) => {
  const { plan, pipelineName, artifactBucket, actionLogs } = context;
  const scope = environmentScope(context.scope, work.environment);
  const hosting = renderHosting(scope, work, plan.logDays);
  const role = renderActionRole(scope, context, {
    id: 'DeployRole',
    description: `Releases to ${work.environment}, for the pipeline ${pipelineName}`,
    policyName: 'Deploy',
    statements: [...artifactReadStatements(artifactBucket), ...actionLogs(), ...siteStatements(hosting)],
  });
  return {
    role,
    commands: scriptCommands('site-release.sh', {
      SITE_BUCKET: hosting.bucket.bucketName,
      SITE_PREFIX: hosting.prefix,
      STATE_PREFIX: SITE_LAYOUT.state,
      DISTRIBUTION_ID: hosting.distribution.distributionId,
      KEY_VALUE_STORE: hosting.releaseStore?.keyValueStoreArn ?? '',
      IMMUTABLE: work.immutable,
      DOCUMENTS,
      IMMUTABLE_CACHE: CACHE_CONTROL.immutable,
      REVALIDATE_CACHE: CACHE_CONTROL.revalidate,
      KEEP_RELEASES: String(SITE_LAYOUT.keepReleases),
    }, siteReleaseScript()),
    outputs: { SITE_URL: hosting.url },
    site: { environmentName: work.environment, bucket: hosting.bucket, distribution: hosting.distribution, deployRole: role },
  };
};

/** The calls of our script, and nothing else. */
function siteStatements({ bucket, distribution, prefix, releaseStore }: Hosting): Statement[] {
  const { state } = SITE_LAYOUT;
  return [
    allow(['s3:ListBucket'], [bucket.bucketArn], { StringEquals: { 's3:prefix': state } }),
    allow(['s3:PutObject', 's3:DeleteObject'], [bucket.arnForObjects(`${prefix}*`), bucket.arnForObjects(`${state}*`)]),
    allow(['s3:GetObject'], [bucket.arnForObjects(`${state}*`)]),
    ...bucket.encryptionKey ? [allow(['kms:Decrypt', 'kms:GenerateDataKey'], [bucket.encryptionKey.keyArn])] : [],
    releaseStore
      ? allow(['cloudfront-keyvaluestore:DescribeKeyValueStore', 'cloudfront-keyvaluestore:PutKey'], [releaseStore.keyValueStoreArn])
      : allow(['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'], [arnOf('cloudfront', `distribution/${distribution.distributionId}`, '')]),
  ];
}
