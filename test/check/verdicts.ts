import type { CheckReport, Finding } from '../../src/check/finding';

/**
 * Classifies the reasons of an UNKNOWN verdict by the text of the findings. The first match is the class. The tests
 * list where each class occurs.
 */
const CLASSES: ReadonlyArray<readonly [name: string, text: RegExp]> = [
  // It is uncertain whether the call is made, and it would be denied.
  [
    'CloudFormation: AWS lists it for all modes',
    /^AWS lists it for all modes together, but this mode works without it with the roles of aws-cdk-lib/,
  ],
  ['AWS lists it, aws-cdk-lib does without', /^pipelines work with the roles of aws-cdk-lib, which do not allow it/],
  [
    'execution role: only the template',
    /^CloudFormation reads only nested templates, transforms and assets under its execution role/,
  ],
  [
    'execution role: parameters reference an artifact',
    /^parameters reference an artifact, which CloudFormation reads under its execution role only if/,
  ],
  ['AWS lists it, published roles do without', /^AWS lists it, but published roles without it are reported to work/],
  ['CodeCommit: for full clones', /^AWS lists it for full clones/],
  ['CodeCommit: ACL for other accounts', /^denials were reported only for a repository in another account/],
  ['ECS: tags', /^only task definitions with tags require it/],
  ['ECS: no longer listed', /^the current AWS documentation does not list it/],
  ['EKS: only a private cluster requires it', /^the action has no subnets, and only a private cluster requires it/],
  ['S3: tags', /^only objects with tags require it/],
  ['CodeBuild: reports of a buildspec in the source', /^it is unknown whether the buildspec contains reports/],
  ['CDK CLI: older versions', /^only older versions of the CDK CLI/],
  ['KMS: multipart uploads', /^only the multipart upload of a large object decrypts with the key/],
  ['the pipeline role as action role', /^the action role is the pipeline role, and it is unknown whether/],
  // The call is made, but it is unknown whether the policies allow it.
  ['document of a managed policy', /^the document of the managed policy \S+ is unknown/],
  ['resource outside the assembly', /is not in the assembly, so its policy is unknown/],
  ['role outside the assembly', /^role \S+ is not in the assembly, so its other permissions are unknown/],
  ['same account or not', /it is unknown whether the caller and the resource are in the same account/],
  ['a condition', /may (allow|deny) the call: its condition \S+ \S+ is unknown/],
  ['a name that is known only at run time', /may (allow|deny) the call: its (Not)?(Action|Resource|Principal) is/],
];

/** Returns the class of an UNKNOWN finding. If it has none, returns its text, so that the test fails with the text. */
export function classOf({ why }: Finding) {
  return CLASSES.find(([, text]) => text.test(why))?.[0] ?? `no class: ${why}`;
}

export function findingsOf(report: CheckReport) {
  return report.pipelines.flatMap(({ findings }) => findings);
}

/** Returns the denied calls as `<severity> <action>: <role> <call>`. */
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

/** Collects the UNKNOWN calls of each class and the places where they occur. */
export class Unknowns {
  private readonly classes = new Map<string, { readonly calls: Set<string>; readonly places: Set<string> }>();

  public add(place: string, report: CheckReport) {
    for (const finding of findingsOf(report).filter(({ verdict }) => verdict === 'UNKNOWN')) {
      const name = classOf(finding);
      const entry = this.classes.get(name) ?? { calls: new Set(), places: new Set() };
      this.classes.set(name, entry);
      entry.calls.add(finding.call ?? '');
      entry.places.add(place);
    }
  }

  /** Returns the classes in the form of the tests' expectations. */
  public list(): Record<string, UnknownClass> {
    return Object.fromEntries(
      [...this.classes].map(([name, { calls, places }]) => [
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

/** Returns a class with its calls and places, both in alphabetical order. */
export function on(calls: string, places: string): UnknownClass {
  return { calls: calls.split(' '), places: places.split(' ') };
}
export function apis(service: string, names: string) {
  return names
    .split(' ')
    .map((name) => `${service}:${name}`)
    .join(' ');
}
