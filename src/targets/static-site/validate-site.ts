import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { bucketIdentity, recordSite } from './site-buckets';
import type { SitePart, StaticSiteSpec } from './spec';
import { hasCloudFront, isOptInRegion } from '../../aws/regions';
import { areKnownToDiffer } from '../../pipeline/env';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { containsVariable } from '../../pipeline/variables';
import type { EnvironmentPlacement } from '../../render/action-kind';
import { referencesInTokens } from '../../render/references';

/** Validates that no other site of the app has its files in the same path of a bucket. */
export function validateLocation(scope: Construct, { spec, path }: StepPlan<StaticSiteSpec>, problems: Problems): void {
  const { hosting } = spec;
  if (hosting.kind === 'managed') return;
  const { bucket, prefix } = hosting;
  const owner = `${scope.node.path} '${path}'`;
  const other = recordSite(scope, { bucket: bucketIdentity(bucket), prefix, owner });
  if (!other) return;
  const rule = 'be a path of the bucket that contains no files of another site';
  const fix = 'set another originPath that is not nested, or use a bucket for each site';
  problems.at('hosting.originPath').add(rule, `/${prefix}, like /${other.prefix} of ${other.owner}`, fix);
}

/** Validates a site against the account and Region of its environment. */
export function validateSiteEnv(
  { spec }: StepPlan<StaticSiteSpec>,
  placement: EnvironmentPlacement,
  problems: Problems,
): void {
  const { env, pipelineEnv } = placement;
  const region = env.region ?? pipelineEnv.region;
  if (region !== undefined && !Token.isUnresolved(region)) validateRegion(spec, region, problems);
  for (const part of spec.files.filter(({ text }) => Token.isUnresolved(text))) {
    validateTokens(part, placement, problems.at('files').at(part.path));
  }
}

function validateRegion({ hosting }: StaticSiteSpec, region: string, problems: Problems): void {
  if (!hasCloudFront(region)) {
    const fix = 'deploy the site in an account of another partition, which can serve the same application';
    problems.add('be in a partition that has CloudFront', region, fix);
  } else if (hosting.kind === 'managed' && hosting.requiresAccessLogs && isOptInRegion(region)) {
    const fix = 'remove it to store the logs of the bucket only, and configure standard logging (v2) in us-east-1';
    problems.at('hosting.accessLogs').add('not be true in an opt-in Region', region, fix);
  }
}

/** Validates the tokens of a file, which are resolved in the stack of the environment. */
function validateTokens(
  { text }: SitePart,
  { scope, env, pipelineEnv, crossEnv, existingAccess }: EnvironmentPlacement,
  problems: Problems,
): void {
  if (crossEnv && existingAccess) {
    const fix = 'pass literals, because a DeploymentAccess creates the resources of the environment';
    problems.add('not contain tokens', 'a token', fix);
    return;
  }
  if (crossEnv && containsVariable(text)) {
    const fix = 'pass them in separate files, because the stack of the environment stores the tokens';
    problems.add('not contain both pipeline variables and tokens', text, fix);
  }
  const { account = pipelineEnv.account, region = pipelineEnv.region } = env;
  for (const { target } of referencesInTokens(scope, text)) {
    const other = Stack.of(target);
    if (!areKnownToDiffer(account, other.account) && !areKnownToDiffer(region, other.region)) continue;
    problems.add(
      `contain only attributes of resources in the account and Region of the environment, ${account}/${region}`,
      `${target.node.path} in ${other.account}/${other.region}`,
      'write the value as a literal',
    );
  }
}
