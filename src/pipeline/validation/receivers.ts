import type { aws_sns as sns } from 'aws-cdk-lib';
import { allActions } from '../actions';
import type { ActionPlan, PipelinePlan } from '../pipeline-plan';
import { pathIn, type Problems } from '../problems';
import { duplicates, TOPIC } from '../read-options';

/**
 * Validates that each resource is deployed to by one environment. If environments shared a resource, a release to one
 * of them would be live in all of them before its approval.
 *
 * @param problems collector at the property that most stages come from
 */
export function validateReceivers(plan: PipelinePlan, problems: Problems): void {
  const environments = plan.stages.flatMap((stage) => stage.environments ?? []);
  const envs = new Map(environments.map(({ name, env }) => [name, env] as const));
  const receivers = allActions(plan).flatMap(({ environment = '', receiver }) => {
    if (!receiver) return [];
    const { account = '', region = '' } = envs.get(environment) ?? {};
    return [{ ...receiver, key: [account, region, receiver.resourceKind, ...receiver.identity].join('/') }];
  });
  for (const { resourceKind, name } of duplicates(receivers, ({ key }) => key)) {
    problems.add(
      `deploy to each ${resourceKind} only once`,
      name,
      'create one for each environment, because a release is live in all environments that share it; deploy ' +
        'several containers in one deployment',
    );
  }
}

/** Rule of domain names. */
export const OWN_DOMAIN_NAMES = 'contain only names that no other site uses';

/**
 * Validates that each domain name belongs to one site.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html
 */
export function validateDomainNames(plan: PipelinePlan, problems: Problems): void {
  const names = allActions(plan).flatMap((site) => distinctNames(site).map((name) => ({ site, name })));
  for (const { site, name } of duplicates(names, (each) => each.name)) {
    const fix =
      "CloudFront serves a name with one distribution; use e.g. 'staging.example.com' in the other environment";
    problems.root(pathIn(site, 'domainNames')).add(OWN_DOMAIN_NAMES, name, fix);
  }
}

/** Returns the domain names of a site in lower case. Duplicates within a site are reported with the site. */
function distinctNames({ domainNames = [] }: ActionPlan): readonly string[] {
  return [...new Set(domainNames.map((name) => name.toLowerCase()))];
}

/** Alias of the AWS managed key of SNS, whose policy admits the principals of the account but no services. */
export const SERVICE_KEY = 'alias/aws/sns';

/** Returns whether a topic is encrypted with the AWS managed key, as far as the construct tree shows. */
export function usesServiceKey({ masterKey, node }: sns.ITopic): boolean {
  const { kmsMasterKeyId } = (node?.defaultChild ?? {}) as Partial<sns.CfnTopic>;
  return [masterKey?.keyId, masterKey?.keyArn, kmsMasterKeyId].some(
    (key) => typeof key === 'string' && /(^|:)alias\/aws\/sns$/.test(key),
  );
}

/** Validates a topic that a service publishes to, and returns whether it is a topic. */
export function validateTopic(topic: sns.ITopic, publisher: 'notification' | 'alarm', problems: Problems): boolean {
  if (!TOPIC(topic, problems)) return false;
  if (!usesServiceKey(topic)) return true;
  const rule = `not be encrypted with the AWS managed key, whose policy allows no ${publisher} to publish`;
  problems.add(rule, SERVICE_KEY, 'encrypt it with a customer managed key ($1 per month)');
  return true;
}
