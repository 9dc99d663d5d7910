import { DOCUMENTS } from '../../facts/front-end-tools';
import { CACHE_CONTROL, SITE_LAYOUT } from '../../facts/site-defaults';
import { siteReleaseScript } from '../../functions';
import type { StaticSitePlan } from '../../plan/static-site-plan';
import { variableOf } from '../../plan/variables';
import { lookUpCommands, readParameterStatements, tellParameters } from '../environment/parameters';
import { renderDeployRole } from '../environment/room';
import { allow, arnOf, artifactReadStatements, type Statement } from '../grants';
import type { ActionRenderer } from '../rendered';
import { scriptCommands } from '../shell';
import { renderHosting, type Hosting } from './site-hosting';

/** A static site: one Commands action that runs our script under the role of the environment. */
export const renderStaticSite: ActionRenderer<StaticSitePlan> = (context, work, step) => {
  const { room, elsewhere, seenRole } = context.environments.get(work.environment)!;
  const hosting = renderHosting(room.scope, work, room.logDays);
  const { fixed, told } = siteVariables(hosting, work);
  const parameters = elsewhere ? tellParameters(room.scope, elsewhere, told) : {};
  const role = renderDeployRole(room, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(room.store), ...room.actionLogs(), ...siteStatements(hosting), ...readParameterStatements(Object.values(parameters)),
    ],
  });
  const script = (variables: Record<string, string>) => scriptCommands('site-release.sh', variables, siteReleaseScript());
  const { SITE_URL, ...ofScript } = told;
  return {
    role: seenRole(role),
    region: elsewhere?.region,
    ...elsewhere
      ? { commands: [...lookUpCommands(parameters), ...script(fixed)], exports: ['SITE_URL'] }
      : { commands: script({ ...ofScript, ...fixed }) },
    outputs: { SITE_URL: elsewhere ? variableOf(step.name, 'SITE_URL') : SITE_URL },
    site: { environmentName: work.environment, bucket: hosting.bucket, distribution: hosting.distribution, deployRole: role },
  };
};

/** What the script is told: what is known here, and what only the stack of the site knows. */
function siteVariables(hosting: Hosting, { immutable }: StaticSitePlan) {
  return {
    told: {
      SITE_BUCKET: hosting.bucket.bucketName,
      DISTRIBUTION_ID: hosting.distribution.distributionId,
      ...hosting.releaseStore && { KEY_VALUE_STORE: hosting.releaseStore.keyValueStoreArn },
      SITE_URL: hosting.url,
    },
    fixed: {
      ...!hosting.releaseStore && { KEY_VALUE_STORE: '' },
      SITE_PREFIX: hosting.prefix,
      STATE_PREFIX: SITE_LAYOUT.state,
      IMMUTABLE: immutable,
      DOCUMENTS,
      IMMUTABLE_CACHE: CACHE_CONTROL.immutable,
      REVALIDATE_CACHE: CACHE_CONTROL.revalidate,
      KEEP_RELEASES: String(SITE_LAYOUT.keepReleases),
    },
  };
}

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
