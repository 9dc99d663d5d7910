import { DOCUMENTS } from '../../aws/front-end-tools';
import { CACHE_CONTROL, SITE_LAYOUT } from '../../aws/site-defaults';
import { siteReleaseScript } from '../../functions';
import type { StaticSitePlan } from './static-site-spec';
import { variableOf } from '../../pipeline/variables';
import {
  lookUpCommands,
  parametersOf,
  readParameterStatements,
  publishParameters,
} from '../../render/environment-parameters';
import { renderDeployRole, type EnvironmentScope } from '../../render/environment-scope';
import { allow, arnOf, artifactReadStatements, type Statement } from '../../render/grants';
import type { ActionRenderer, RenderedEnvironment, RenderedSite } from '../../render/rendered';
import { scriptCommands } from '../../render/shell';
import { renderHosting } from './render-site-hosting';
import type { TargetKind } from '../../render/action-kind';

/** A static site: one Commands action that runs our script under the role of the environment. */
export const renderStaticSite: ActionRenderer<StaticSitePlan> = (context, spec, step) => {
  const { environmentScope, crossEnv, actionRole } = context.environments.get(spec.environment)!;
  const made = environmentScope && renderSiteResources(environmentScope, spec);
  const script = (variables: Record<string, string>) =>
    scriptCommands('site-release.sh', { ...variables, ...fixedVariables(spec) }, siteReleaseScript());
  const common = { role: actionRole(made?.deployRole), region: crossEnv?.region, environment: made };
  if (!crossEnv) {
    const { SITE_URL, ...outputs } = outputsOfSite(made!.site);
    return { ...common, commands: script(outputs), outputs: { SITE_URL } };
  }
  return {
    ...common,
    commands: [...lookUpCommands(parametersOf(crossEnv, outputKeys(spec))), ...script({})],
    exports: ['SITE_URL'],
    outputs: { SITE_URL: variableOf(step.name, 'SITE_URL') },
  };
};

/** What an environment with a site consists of. */
export function renderSiteResources(environmentScope: EnvironmentScope, spec: StaticSitePlan) {
  const site = renderHosting(environmentScope.scope, spec, environmentScope.logDays);
  const parameters = environmentScope.names
    ? publishParameters(environmentScope.scope, environmentScope.names, outputsOfSite(site))
    : [];
  const deployRole = renderDeployRole(environmentScope, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(environmentScope.store),
      ...environmentScope.actionLogs(),
      ...siteStatements(site),
      ...readParameterStatements(parameters),
    ],
  });
  return { environmentName: environmentScope.environment, deployRole, site } satisfies RenderedEnvironment;
}

/** What only the stack of a site knows of it. */
const outputsOfSite = ({ bucket, distribution, releaseStore, url }: RenderedSite) => ({
  SITE_BUCKET: bucket.bucketName,
  DISTRIBUTION_ID: distribution.distributionId,
  SITE_URL: url,
  ...(releaseStore && { KEY_VALUE_STORE: releaseStore.keyValueStoreArn }),
});

const outputKeys = ({ atomic }: StaticSitePlan) => [
  'SITE_BUCKET',
  'DISTRIBUTION_ID',
  'SITE_URL',
  ...(atomic ? ['KEY_VALUE_STORE'] : []),
];

/** What is known of a site wherever it is. */
const fixedVariables = ({ hosting, atomic, immutable }: StaticSitePlan) => ({
  ...(!atomic && { KEY_VALUE_STORE: '' }),
  SITE_PREFIX: hosting.kind === 'existing' ? hosting.prefix : SITE_LAYOUT.content,
  STATE_PREFIX: SITE_LAYOUT.state,
  IMMUTABLE: immutable,
  DOCUMENTS,
  IMMUTABLE_CACHE: CACHE_CONTROL.immutable,
  REVALIDATE_CACHE: CACHE_CONTROL.revalidate,
  KEEP_RELEASES: String(SITE_LAYOUT.keepReleases),
});

/** The calls of our script, and nothing else. */
function siteStatements({ bucket, distribution, prefix, releaseStore }: RenderedSite): Statement[] {
  const { state } = SITE_LAYOUT;
  return [
    allow(['s3:ListBucket'], [bucket.bucketArn], { StringEquals: { 's3:prefix': state } }),
    allow(['s3:PutObject', 's3:DeleteObject'], [bucket.arnForObjects(`${prefix}*`), bucket.arnForObjects(`${state}*`)]),
    allow(['s3:GetObject'], [bucket.arnForObjects(`${state}*`)]),
    ...(bucket.encryptionKey ? [allow(['kms:Decrypt', 'kms:GenerateDataKey'], [bucket.encryptionKey.keyArn])] : []),
    releaseStore
      ? allow(
          ['cloudfront-keyvaluestore:DescribeKeyValueStore', 'cloudfront-keyvaluestore:PutKey'],
          [releaseStore.keyValueStoreArn],
        )
      : allow(
          ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
          [arnOf('cloudfront', `distribution/${distribution.distributionId}`, '')],
        ),
  ];
}

export const STATIC_SITE: TargetKind<StaticSitePlan> = {
  kind: 'static-site',
  render: renderStaticSite,
  renderResources: renderSiteResources,
  referencedResources: ({ hosting }) =>
    hosting.kind === 'existing'
      ? [
          { prop: 'hosting.bucket', what: 'a bucket', resource: hosting.bucket },
          { prop: 'hosting.distribution', what: 'a distribution', resource: hosting.distribution },
        ]
      : [],
  requiredNames: () => [],
  validateEnvironment: () => {},
};
