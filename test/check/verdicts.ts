import type { CheckReport, Finding } from '../../src/check/finding';

/**
 * Why a verdict may be UNKNOWN, in the words of the findings; the first that fits is the class. The tests commit which
 * occur where.
 */
const CLASSES: ReadonlyArray<readonly [name: string, words: RegExp]> = [
  // Whether the call is made at all is in doubt, and it would be denied.
  [
    'CloudFormation: AWS lists it for all modes',
    /^AWS lists it for all modes together; roles of aws-cdk-lib that run this mode do without/,
  ],
  [
    'AWS lists it, aws-cdk-lib does without',
    /^the roles that aws-cdk-lib makes do not have it, and their pipelines run/,
  ],
  [
    'deployment role: the template is handed over',
    /^only nested templates, transforms and assets are read under the deployment role/,
  ],
  [
    'deployment role: parameters name an artifact',
    /^parameters name an artifact: a template that takes code from there reads it/,
  ],
  ['AWS lists it, published roles do without', /^AWS lists it, but published roles without it are said to work/],
  ['CodeCommit: for full clones', /^AWS asks for it for full clones/],
  ['CodeCommit: ACL for other accounts', /^only a repository in another account is seen to need it/],
  ['ECS: tags', /^it is for task definitions with tags/],
  ['ECS: listed no more', /^the newest page of AWS lists it no more/],
  ['EKS: only a private cluster needs it', /^the action names no subnets: only a private cluster needs it/],
  ['S3: tags', /^it is for objects with tags/],
  [
    'CodeBuild: reports of a specification in the source',
    /^whether the build specification reports anything is not known/,
  ],
  ['CDK CLI: older versions', /^only older versions of the CDK CLI/],
  ['KMS: parts of large objects', /^only a large object is written in parts/],
  ['the role of the pipeline itself', /^the action names the role of the pipeline itself/],
  // The call is made, and whether the policies allow it cannot be known.
  ['text of a managed policy', /^the text of the managed policy \S+ is not known here/],
  ['resource outside of the assembly', /is not in the assembly, so its policy is not known/],
  ['role outside of the assembly', /^role \S+ is not in the assembly, so what else it may do is not known/],
  ['same account or not', /whether caller and resource are in the same account cannot be known/],
  ['a condition', /may (allow|deny) the call: its condition \S+ \S+ cannot be known/],
  ['a name that only the run tells', /may (allow|deny) the call: it is about/],
];

/** The class of an UNKNOWN finding; what has no class is returned in its own words, so that a test names it. */
export function classOf({ why }: Finding) {
  return CLASSES.find(([, words]) => words.test(why))?.[0] ?? `no class: ${why}`;
}

export function findingsOf(report: CheckReport) {
  return report.pipelines.flatMap(({ findings }) => findings);
}

/** What is denied, in short: `<severity> <action>: <role> <call>`. */
export function denialsOf(report: CheckReport) {
  return findingsOf(report)
    .filter(({ verdict }) => verdict === 'DENIED')
    .map(
      ({ severity, action = 'pipeline', caller = '', call }) =>
        `${severity} ${action}: ${caller.replace(/^role (\S+) of stack .*/, '$1')} ${call}`,
    );
}

export function unmodelledOf(report: CheckReport) {
  return findingsOf(report)
    .filter(({ verdict }) => verdict === 'UNMODELLED')
    .map(({ message }) => message);
}

/** Of every class the calls and the places in which they are UNKNOWN. */
export class Unknowns {
  private readonly found = new Map<string, { readonly calls: Set<string>; readonly places: Set<string> }>();

  public add(place: string, report: CheckReport) {
    for (const finding of findingsOf(report).filter(({ verdict }) => verdict === 'UNKNOWN')) {
      const name = classOf(finding);
      const entry = this.found.get(name) ?? { calls: new Set(), places: new Set() };
      this.found.set(name, entry);
      entry.calls.add(finding.call ?? '');
      entry.places.add(place);
    }
  }

  /** As the tests commit it. */
  public list(): Record<string, UnknownClass> {
    return Object.fromEntries(
      [...this.found].map(([name, { calls, places }]) => [
        name,
        { calls: [...calls].sort(), places: [...places].sort() },
      ]),
    );
  }
}

export interface UnknownClass {
  readonly calls: readonly string[];
  readonly places: readonly string[];
}

/** Which calls are UNKNOWN where, both in alphabetical order. */
export function on(calls: string, places: string): UnknownClass {
  return { calls: calls.split(' '), places: places.split(' ') };
}
export function apis(service: string, names: string) {
  return names
    .split(' ')
    .map((name) => `${service}:${name}`)
    .join(' ');
}
