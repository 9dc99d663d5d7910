import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DOCUMENTS } from '../../facts/front-end-tools';
import { CACHE_CONTROL, SITE_LAYOUT } from '../../facts/site-defaults';
import { siteReleaseScript } from '../../functions';
import type { StaticSitePlan } from '../../plan/pipeline-plan';
import { artifactReadStatements } from '../grants';
import type { ActionRenderer } from '../rendered';
import { scriptCommands } from '../shell';
import { renderHosting, type Hosting } from './site-hosting';

/** A static site: one Commands action that runs our script under the role of the environment. */
export const renderStaticSite: ActionRenderer<StaticSitePlan> = (context, work) => {
  const { plan, pipelineName, pipelineRole, artifactBucket, actionLogs } = context;
  const scope = new Construct(environments(context.scope), work.environment);
  const hosting = renderHosting(scope, work, plan.logDays);
  const role = new iam.Role(scope, 'DeployRole', {
    // The account, narrowed to one role: a trust that names the role breaks for good when that role is made anew.
    assumedBy: new iam.AccountPrincipal(Stack.of(scope).account).withConditions({ ArnEquals: { 'aws:PrincipalArn': pipelineRole.roleArn } }),
    description: `Releases to ${work.environment}, for the pipeline ${pipelineName}`,
    inlinePolicies: {
      Deploy: new iam.PolicyDocument({ statements: [...artifactReadStatements(artifactBucket), ...actionLogs(), ...siteStatements(scope, hosting)] }),
    },
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
    site: { environmentName: work.environment, bucket: hosting.bucket, distribution: hosting.distribution, deployRole: role },
  };
};

/** The calls of our script, and nothing else. */
function siteStatements(scope: Construct, { bucket, distribution, prefix, releaseStore }: Hosting): iam.PolicyStatement[] {
  const { state } = SITE_LAYOUT;
  const distributionArn = Stack.of(scope).formatArn({ service: 'cloudfront', region: '', resource: 'distribution', resourceName: distribution.distributionId });
  return [
    new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn], conditions: { StringEquals: { 's3:prefix': state } } }),
    new iam.PolicyStatement({ actions: ['s3:PutObject', 's3:DeleteObject'], resources: [...new Set([bucket.arnForObjects(`${prefix}*`), bucket.arnForObjects(`${state}*`)])] }),
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(`${state}*`)] }),
    ...bucket.encryptionKey ? [new iam.PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [bucket.encryptionKey.keyArn] })] : [],
    ...releaseStore
      ? [new iam.PolicyStatement({ actions: ['cloudfront-keyvaluestore:DescribeKeyValueStore', 'cloudfront-keyvaluestore:PutKey'], resources: [releaseStore.keyValueStoreArn] })]
      : [new iam.PolicyStatement({ actions: ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'], resources: [distributionArn] })],
  ];
}

/** Environments live in a scope of their own, so that none can take the id of anything else. */
function environments(pattern: Construct): Construct {
  const id = 'Environments';
  return (pattern.node.tryFindChild(id) as Construct | undefined) ?? new Construct(pattern, id);
}
