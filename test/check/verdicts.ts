import type { CheckReport, Finding } from '../../src/check/finding';

/**
 * Classifies the reasons of an UNKNOWN verdict by the text of the findings. The first match is the class. The tests
 * list where each class occurs.
 */
const CLASSES: ReadonlyArray<readonly [name: string, text: RegExp]> = [
  // It is uncertain whether the call is made, and it would be denied.
  [
    'execution role: parameters reference an artifact',
    /^parameters reference an artifact, which CloudFormation reads under its execution role only if/,
  ],
  ['CodeCommit: ACL for other accounts', /^a report of a denial for a repository in another account/],
  ['Lambda: the code decides', /^the code of the function determines whether it reports failures/],
  ['Elastic Beanstalk: the whole service', /^AWS allows the whole service in its sample policy/],
  ['Service Catalog: all products', /^AWS lists it for all products together/],
  ['EC2: hybrid nodes', /^only nodes outside Amazon EC2/],
  ['ECS: tags', /^only task definitions with tags require it/],
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
export function classOf({ why }: Pick<Finding, 'why'>) {
  return CLASSES.find(([, text]) => text.test(why))?.[0] ?? `no class: ${why}`;
}

export function findingsOf(report: CheckReport) {
  return report.pipelines.flatMap(({ findings }) => findings);
}

/** Returns the denied calls as `<severity> <action>: <role> <call>`. */
export function denialsOf(report: CheckReport) {
  return findingsOf(report)
    .filter(({ verdict }) => verdict === 'DENIED')
    .flatMap(({ severity, action = 'pipeline', alsoFor, caller = '', call }) =>
      [action, ...alsoFor.map((place) => place.split(' / ')[1])].map(
        (name) => `${severity} ${name}: ${caller.replace(/^role (\S+) of stack .*/, '$1')} ${call}`,
      ),
    );
}

export function unmodelledOf(report: CheckReport) {
  return findingsOf(report)
    .filter(({ verdict }) => verdict === 'UNMODELLED')
    .map(({ message }) => message);
}

/** Returns the calls of an UNKNOWN finding, each with its reason. */
function unknownCallsOf({ call = '', why, doubts }: Finding) {
  if (doubts.length > 0) return doubts;
  return call.split(', ').map((name) => ({ call: name, why }));
}

/** Collects the UNKNOWN calls of each class and the places where they occur. */
export class Unknowns {
  private readonly classes = new Map<string, { readonly calls: Set<string>; readonly places: Set<string> }>();

  public add(place: string, report: CheckReport) {
    for (const finding of findingsOf(report).filter(({ verdict }) => verdict === 'UNKNOWN')) {
      for (const { call, why } of unknownCallsOf(finding)) {
        const name = classOf({ why });
        const entry = this.classes.get(name) ?? { calls: new Set(), places: new Set() };
        this.classes.set(name, entry);
        entry.calls.add(call);
        entry.places.add(place);
      }
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
