import { Token } from 'aws-cdk-lib';
import { renderHosting, statePrefixOf } from './render-hosting';
import { siteKeyArn } from './site-key';
import type { SitePart, StaticSiteSpec } from './spec';
import { validateLocation, validateSiteEnv } from './validate-site';
import { DOCUMENTS, CACHE_CONTROL, SITE_LAYOUT } from '../../aws/front-end-tools';
import { compact } from '../../common/compact';
import { siteReleaseScript } from '../../functions';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { variableOf } from '../../pipeline/variables';
import type { ReferencedResource, TargetKind } from '../../render/action-kind';
import {
  lookUpCommands,
  lookUpLines,
  parametersOf,
  publishParameters,
  readParameterStatements,
} from '../../render/environment-parameters';
import { type EnvironmentScope, renderActionRole } from '../../render/environment-scope';
import { artifactReadStatements, allow, arnOf, type Statement } from '../../render/grants';
import type { RenderContext, RenderedAction, RenderedEnvironment, RenderedSite } from '../../render/rendered';
import { scriptCommands } from '../../render/shell';
import { RESOURCE } from '../../pipeline/rules';

/** Renders the Commands action that runs the release script of a static site under the role of the environment. */
export const STATIC_SITE: TargetKind<StaticSiteSpec> = {
  kind: 'static-site',
  render: renderStaticSite,
  renderResources,
  referencedResources,
  requiredNames: () => [],
  validate: validateLocation,
  validateEnvironment: validateSiteEnv,
};

function renderStaticSite(context: RenderContext, spec: StaticSiteSpec, step: StepPlan): RenderedAction {
  const { environmentScope, crossEnv, actionRole } = context.environments.get(spec.environment)!;
  const environment = environmentScope && renderResources(environmentScope, spec);
  const parts = crossEnv ? spec.files.filter((part) => !isPublished(part)) : spec.files;
  const common = {
    role: actionRole(environment?.actionRole),
    region: crossEnv?.region,
    environment,
    environmentVariables: parts.map(({ variable, text }) => ({ name: variable, value: text, type: 'PLAINTEXT' })),
  };
  const variables = fixedVariables(spec);
  if (!crossEnv) {
    const { SITE_URL, ...outputs } = outputsOfSite(environment!.site);
    return { ...common, commands: releaseCommands({ ...outputs, ...variables }), outputs: { SITE_URL } };
  }
  // The address is an output variable, so the shell of the commands sets it. The script reads everything else.
  const { SITE_URL, ...parameters } = parametersOf(crossEnv, parameterKeys(spec));
  return {
    ...common,
    commands: [...lookUpCommands({ SITE_URL }), ...releaseCommands(variables, lookUpLines(parameters))],
    exports: ['SITE_URL'],
    outputs: { SITE_URL: variableOf(step.name, 'SITE_URL') },
  };
}

function releaseCommands(variables: Record<string, string>, lookUps?: readonly string[]): string[] {
  return scriptCommands('site-release.sh', variables, siteReleaseScript(), lookUps);
}

/** Returns whether a part has tokens of the stack of the environment, which a parameter then contains. */
function isPublished({ text }: SitePart): boolean {
  return Token.isUnresolved(text);
}

/** Creates the resources of an environment with a site. */
function renderResources(environmentScope: EnvironmentScope, spec: StaticSiteSpec) {
  const site = renderHosting(environmentScope.scope, spec, environmentScope.logDays);
  const { scope, names, environment } = environmentScope;
  const parameters = names ? publishParameters(scope, names, { ...outputsOfSite(site), ...publishedParts(spec) }) : [];
  const actionRole = renderActionRole(environmentScope, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(environmentScope.store),
      ...environmentScope.actionLogs(),
      ...siteStatements(site, siteKeyArn(scope, environment, site.bucket)),
      ...readParameterStatements(parameters),
    ],
  });
  return { environmentName: environmentScope.environment, actionRole, site } satisfies RenderedEnvironment;
}

/** Returns the attributes of a site, which are tokens in its stack. */
function outputsOfSite({ bucket, distribution, releaseStore, url }: RenderedSite) {
  const outputs: { SITE_URL: string } & Record<string, string> = {
    SITE_BUCKET: bucket.bucketName,
    DISTRIBUTION_ID: distribution.distributionId,
    SITE_URL: url,
  };
  if (releaseStore) outputs.KEY_VALUE_STORE = releaseStore.keyValueStoreArn;
  return outputs;
}

function publishedParts({ files }: StaticSiteSpec): Record<string, string> {
  return Object.fromEntries(files.filter(isPublished).map(({ variable, text }) => [variable, text]));
}

function parameterKeys(spec: StaticSiteSpec): string[] {
  const outputs = compact(['SITE_BUCKET', 'DISTRIBUTION_ID', 'SITE_URL', spec.atomic && 'KEY_VALUE_STORE']);
  return [...outputs, ...Object.keys(publishedParts(spec))];
}

/** Returns the variables that are the same in every account and Region. */
function fixedVariables({ hosting, atomic, immutable, files }: StaticSiteSpec): Record<string, string> {
  const store: Record<string, string> = atomic ? {} : { KEY_VALUE_STORE: '' };
  return {
    ...store,
    SITE_PREFIX: hosting.kind === 'existing' ? hosting.prefix : SITE_LAYOUT.content,
    STATE_PREFIX: statePrefixOf(hosting),
    ROUTED: hosting.kind === 'existing' ? '' : 'true',
    FILES: files.map(({ path }) => path).join(' '),
    IMMUTABLE: immutable,
    DOCUMENTS,
    IMMUTABLE_CACHE: CACHE_CONTROL.immutable,
    REVALIDATE_CACHE: CACHE_CONTROL.revalidate,
    KEEP_RELEASES: String(SITE_LAYOUT.keepReleases),
  };
}

function referencedResources({ hosting }: StaticSiteSpec): ReferencedResource[] {
  if (hosting.kind === 'managed') return [];
  return [
    { prop: 'hosting.bucket', resourceKind: RESOURCE.bucket, resource: hosting.bucket },
    { prop: 'hosting.distribution', resourceKind: 'a distribution', resource: hosting.distribution },
  ];
}

/** Returns the permissions of the release script. */
export function siteStatements(
  { bucket, distribution, prefix, statePrefix: state, releaseStore }: RenderedSite,
  keyArn: string | undefined,
): Statement[] {
  const content = [bucket.arnForObjects(`${prefix}*`), bucket.arnForObjects(`${state}*`)];
  const statements = [
    allow(['s3:ListBucket'], [bucket.bucketArn], { StringEquals: { 's3:prefix': state } }),
    allow(['s3:PutObject', 's3:DeleteObject'], content),
    allow(['s3:GetObject'], [bucket.arnForObjects(`${state}*`)]),
  ];
  if (keyArn !== undefined) statements.push(allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn]));
  if (releaseStore) {
    const calls = ['cloudfront-keyvaluestore:DescribeKeyValueStore', 'cloudfront-keyvaluestore:PutKey'];
    statements.push(allow(calls, [releaseStore.keyValueStoreArn]));
  } else {
    const distributionArn = arnOf('cloudfront', `distribution/${distribution.distributionId}`, '');
    statements.push(allow(['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'], [distributionArn]));
  }
  return statements;
}
