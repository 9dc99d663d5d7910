import { Token } from 'aws-cdk-lib';
import { problem, type Problem } from '../../pipeline/problems';
import type { ExistingHostingPlan, ManagedHostingPlan, StaticSitePlan } from './static-site-spec';

/** The pattern is one line of a script, and a command that carries it may have 1000 characters. */
const MAX_PATTERN = 700;

/** What is wrong with a static site. */
export function checkStaticSite(prop: string, site: StaticSitePlan): Problem[] {
  const { hosting } = site;
  return [
    ...site.immutablePaths.flatMap((path, i) => checkPattern(`${prop}.immutablePaths[${i}]`, path)),
    ...(site.immutable.length <= MAX_PATTERN
      ? []
      : [
          problem(
            `${prop}.immutablePaths`,
            `be at most ${MAX_PATTERN} characters as one regular expression`,
            `${site.immutable.length} characters`,
            'use fewer and wider patterns',
          ),
        ]),
    ...(hosting.kind === 'existing'
      ? checkExisting(`${prop}.hosting`, hosting)
      : checkManaged(`${prop}.hosting`, hosting)),
    ...(site.atomic && hosting.kind === 'existing'
      ? [
          problem(
            `${prop}.release`,
            'be SiteRelease.inPlace() with hosting of your own',
            'SiteRelease.atomic()',
            'the switch needs a CloudFront function and a key value store on the distribution; use SiteHosting.managed()',
          ),
        ]
      : []),
  ];
}

function checkExisting(prop: string, { bucket, distribution, prefix }: ExistingHostingPlan): Problem[] {
  const missing = [...(bucket ? [] : ['bucket']), ...(distribution ? [] : ['distribution'])];
  return [
    ...(missing.length === 0
      ? []
      : [
          problem(
            prop,
            'have a bucket and a distribution',
            `no ${missing.join(' and no ')}`,
            "the bucket's policy names the distribution and the distribution names the bucket, so one made here for one made elsewhere is a cycle between stacks; pass both, or use SiteHosting.managed()",
          ),
        ]),
    ...(Token.isUnresolved(prefix) || (/^([A-Za-z0-9_.-]+\/)*$/.test(prefix) && !prefix.split('/').includes('..'))
      ? []
      : [
          problem(
            `${prop}.originPath`,
            "consist of letters, digits, '_', '.', '-' and '/'",
            `/${prefix}`,
            "write it like the origin path of the distribution, e.g. '/site'",
          ),
        ]),
    ...(prefix.startsWith('releases/')
      ? [
          problem(
            `${prop}.originPath`,
            "not start with '/releases'",
            `/${prefix}`,
            'the lists of releases are kept there; choose another path',
          ),
        ]
      : []),
  ];
}

function checkManaged(prop: string, { domainNames, certificate }: ManagedHostingPlan): Problem[] {
  const names = domainNames.filter((name) => !Token.isUnresolved(name));
  return [
    ...(certificate && domainNames.length === 0
      ? [problem(`${prop}.domain.names`, 'hold at least one name', [], 'name what the certificate is for')]
      : []),
    ...(!certificate && domainNames.length > 0
      ? [
          problem(
            `${prop}.domain.certificate`,
            'be a certificate',
            certificate,
            'CloudFront serves no name without one',
          ),
        ]
      : []),
    ...names
      .filter((name) => !/^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i.test(name))
      .map((name) => problem(`${prop}.domain.names`, 'be domain names', name, "write them as in 'www.example.com'")),
  ];
}

/** The pattern ends up inside quotes in a command and inside a CloudFront function. */
function checkPattern(prop: string, pattern: string): Problem[] {
  if (/^[A-Za-z0-9_.@+~?*/-]+$/.test(pattern) && !pattern.startsWith('/')) return [];
  return [
    problem(
      prop,
      "consist of letters, digits, '_', '.', '@', '+', '~', '-', '/', '*' and '?', and not start with '/'",
      pattern,
      "write it relative to the output folder, e.g. 'assets/**'",
    ),
  ];
}
