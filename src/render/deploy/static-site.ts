import { DOCUMENTS } from '../../facts/front-end-tools';
import { CACHE_CONTROL, SITE_LAYOUT } from '../../facts/site-defaults';
import { siteReleaseScript } from '../../functions';
import type { StaticSitePlan } from '../../plan/static-site-plan';
import { variableOf } from '../../plan/variables';
import { lookUpCommands, parametersOf, readParameterStatements, tellParameters } from '../environment/parameters';
import { renderDeployRole, type Room } from '../environment/room';
import { allow, arnOf, artifactReadStatements, type Statement } from '../grants';
import type { ActionRenderer, RenderedEnvironment } from '../rendered';
import { scriptCommands } from '../shell';
import { renderHosting, type Hosting } from './site-hosting';

/** A static site: one Commands action that runs our script under the role of the environment. */
export const renderStaticSite: ActionRenderer<StaticSitePlan> = (context, work, step) => {
  const { room, elsewhere, seenRole } = context.environments.get(work.environment)!;
  const made = room && renderSiteRoom(room, work);
  const script = (variables: Record<string, string>) => scriptCommands('site-release.sh', { ...variables, ...fixedVariables(work) }, siteReleaseScript());
  const common = { role: seenRole(made?.deployRole), region: elsewhere?.region, environment: made };
  if (!elsewhere) {
    const { SITE_URL, ...told } = toldBy(made!.site);
    return { ...common, commands: script(told), outputs: { SITE_URL } };
  }
  return {
    ...common,
    commands: [...lookUpCommands(parametersOf(elsewhere, toldKeys(work))), ...script({})],
    exports: ['SITE_URL'],
    outputs: { SITE_URL: variableOf(step.name, 'SITE_URL') },
  };
};

/** What an environment with a site consists of. */
export function renderSiteRoom(room: Room, work: StaticSitePlan) {
  const site = renderHosting(room.scope, work, room.logDays);
  const parameters = room.names ? tellParameters(room.scope, room.names, toldBy(site)) : [];
  const deployRole = renderDeployRole(room, {
    policyName: 'Deploy',
    statements: [...artifactReadStatements(room.store), ...room.actionLogs(), ...siteStatements(site), ...readParameterStatements(parameters)],
  });
  return { environmentName: room.environment, deployRole, site } satisfies RenderedEnvironment;
}

/** What only the stack of a site knows of it. */
const toldBy = ({ bucket, distribution, releaseStore, url }: Hosting) => ({
  SITE_BUCKET: bucket.bucketName,
  DISTRIBUTION_ID: distribution.distributionId,
  SITE_URL: url,
  ...releaseStore && { KEY_VALUE_STORE: releaseStore.keyValueStoreArn },
});

const toldKeys = ({ atomic }: StaticSitePlan) => ['SITE_BUCKET', 'DISTRIBUTION_ID', 'SITE_URL', ...atomic ? ['KEY_VALUE_STORE'] : []];

/** What is known of a site wherever it is. */
const fixedVariables = ({ hosting, atomic, immutable }: StaticSitePlan) => ({
  ...!atomic && { KEY_VALUE_STORE: '' },
  SITE_PREFIX: hosting.kind === 'existing' ? hosting.prefix : SITE_LAYOUT.content,
  STATE_PREFIX: SITE_LAYOUT.state,
  IMMUTABLE: immutable,
  DOCUMENTS,
  IMMUTABLE_CACHE: CACHE_CONTROL.immutable,
  REVALIDATE_CACHE: CACHE_CONTROL.revalidate,
  KEEP_RELEASES: String(SITE_LAYOUT.keepReleases),
});

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
