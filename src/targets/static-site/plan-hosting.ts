import { NO_DUPLICATES, RESOURCE } from '../../pipeline/rules';
import { type aws_cloudfront as cloudfront, type aws_s3 as s3, Token } from 'aws-cdk-lib';
import {
  type ExistingSiteHostingOptions,
  type ManagedSiteHostingOptions,
  type SiteDomain,
  SiteRouting,
} from './hosting-options';
import type { HostingSpec } from './spec';
import { atLeastOne, type Problems } from '../../pipeline/problems';
import {
  duplicates,
  enumOf,
  FLAG,
  type OptionTypes,
  readOptions,
  TEXT,
  TEXTS,
  typeOf,
  resourceWith,
} from '../../pipeline/read-options';

/** Plans the hosting of a static site. */
export interface HostingPlanner {
  /** Returns the hosting; undefined if a bucket or a distribution is missing. */
  plan(problems: Problems): HostingSpec | undefined;
}

const MANAGED_TYPES: OptionTypes<ManagedSiteHostingOptions> = {
  routing: enumOf(SiteRouting),
  domain: typeOf('a SiteDomain', 'write it as in { names, certificate }', (value) => typeof value === 'object'),
  responseHeadersPolicy: resourceWith(
    'responseHeadersPolicyId',
    'a response headers policy',
    'pass a cloudfront.IResponseHeadersPolicy',
  ),
  webAclArn: TEXT,
  accessLogs: FLAG,
};

const CERTIFICATE = resourceWith('certificateArn', 'a certificate', 'pass an acm.ICertificate of us-east-1');

const DOMAIN_TYPES: OptionTypes<SiteDomain> = { names: TEXTS, certificate: CERTIFICATE };

/** Plans a bucket and a distribution that the pattern creates. */
export class ManagedHosting implements HostingPlanner {
  public constructor(private readonly options: ManagedSiteHostingOptions) {}

  public plan(problems: Problems): HostingSpec {
    const options = readOptions(this.options, MANAGED_TYPES, problems);
    const { routing = SiteRouting.SINGLE_PAGE, accessLogs, responseHeadersPolicy, webAclArn } = options;
    if (webAclArn !== undefined) validateWebAcl(webAclArn, problems.at('webAclArn'));
    const { names = [], certificate } = planDomain(options.domain, problems.at('domain'));
    return {
      kind: 'managed',
      singlePage: routing === SiteRouting.SINGLE_PAGE,
      domainNames: names,
      certificate,
      responseHeadersPolicy,
      webAclArn,
      accessLogs: accessLogs ?? true,
      requiresAccessLogs: accessLogs === true,
    };
  }
}

/** Rule of origin paths. */
export const ORIGIN_PATH = "consist of letters, digits, '_', '.', '-' and '/'";

const EXISTING_TYPES: OptionTypes<ExistingSiteHostingOptions> = { originPath: TEXT };
const BUCKET = resourceWith('bucketArn', RESOURCE.bucket, 'pass an s3.IBucket');
const DISTRIBUTION = resourceWith('distributionId', 'a distribution', 'pass a cloudfront.IDistribution');

/** Plans a bucket and a distribution that the user provides. */
export class ExistingHosting implements HostingPlanner {
  public constructor(
    private readonly bucket: s3.IBucket,
    private readonly distribution: cloudfront.IDistribution,
    private readonly options: ExistingSiteHostingOptions,
  ) {}

  public plan(problems: Problems): HostingSpec | undefined {
    const complete = this.validateResources(problems);
    const { bucket, distribution } = this;
    const { originPath = '' } = readOptions(this.options, EXISTING_TYPES, problems);
    const path = originPath.replace(/^\//, '').replace(/\/$/, '');
    const prefix = path === '' ? '' : `${path}/`;
    validatePrefix(prefix, problems.at('originPath'));
    return complete ? { kind: 'existing', bucket, distribution, prefix } : undefined;
  }

  private validateResources(problems: Problems): boolean {
    const { bucket, distribution } = this;
    const resources = Object.entries({ bucket, distribution });
    const missing = resources.filter(([, resource]) => resource === undefined || resource === null);
    if (missing.length === 0) {
      const isBucket = BUCKET(bucket, problems.at('bucket'));
      return DISTRIBUTION(distribution, problems.at('distribution')) && isBucket;
    }
    problems.add(
      'have a bucket and a distribution',
      `no ${missing.map(([name]) => name).join(' and no ')}`,
      'pass both, or use SiteHosting.managed(), since creating only one of them would make the ' +
        'stacks depend on each other',
    );
    return false;
  }
}

/**
 * Validates the ARN of a web ACL, which must have the scope CLOUDFRONT.
 *
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html
 */
function validateWebAcl(arn: string, problems: Problems): void {
  if (Token.isUnresolved(arn)) return;
  if (WEB_ACL_ARN.test(arn)) return validateGlobal('a web ACL', arn, problems);
  const fix = 'create a web ACL of scope CLOUDFRONT in us-east-1, and pass its attrArn';
  problems.add('be the ARN of a web ACL of AWS WAF', arn, fix);
}

const WEB_ACL_ARN = /^arn:[\w-]+:wafv2:[\w-]+:\d{12}:(global|regional)\/webacl\/[^/\s]+\/[^/\s]+$/;

function planDomain(domain: SiteDomain | undefined, problems: Problems): Partial<SiteDomain> {
  if (!domain) return {};
  const read = readOptions(domain, DOMAIN_TYPES, problems);
  // Values of a wrong type have already been reported, and are not missing.
  if (!domain.names || read.names) validateDomainNames(read.names ?? [], problems.at('names'));
  if (!domain.certificate) {
    const fix = 'pass one for the names, which CloudFront requires';
    problems.at('certificate').add('be a certificate', domain.certificate, fix);
  } else if (read.certificate) {
    validateGlobal('a certificate', read.certificate.certificateArn, problems.at('certificate'));
  }
  return read;
}

/** Validates the Region of a resource of CloudFront. An id without a Region and a token are accepted. */
function validateGlobal(what: string, arn: string, problems: Problems): void {
  const [, , , region] = arn.split(':');
  if (Token.isUnresolved(arn) || region === undefined || region === GLOBAL_REGION) return;
  problems.add(`be ${what} in ${GLOBAL_REGION}`, arn, `create it in ${GLOBAL_REGION}, from where CloudFront reads it`);
}

const GLOBAL_REGION = 'us-east-1';

const DOMAIN_NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;

function validateDomainNames(names: readonly string[], problems: Problems): void {
  if (names.length === 0) problems.add(atLeastOne('name'), [], 'add the names of the certificate');
  for (const name of duplicates(names, (text) => text.toLowerCase())) {
    problems.add(NO_DUPLICATES, name, 'remove one of them; upper and lower case are the same in domain names');
  }
  for (const name of names) {
    if (Token.isUnresolved(name) || DOMAIN_NAME.test(name)) continue;
    problems.add('be domain names', name, "write them as in 'www.example.com'");
  }
}

function validatePrefix(prefix: string, problems: Problems): void {
  const isPath = /^([A-Za-z0-9_.-]+\/)*$/.test(prefix) && !prefix.split('/').includes('..');
  if (!Token.isUnresolved(prefix) && !isPath) {
    const fix = "write it like the origin path of the distribution, e.g. '/site'";
    problems.add(ORIGIN_PATH, `/${prefix}`, fix);
  }
  if (prefix.startsWith('releases/')) {
    const fix = 'choose another path; the lists of releases are stored there';
    problems.add("not start with '/releases'", `/${prefix}`, fix);
  }
}
