import type { AssemblyStack } from '../../src/assembly/cloud-assembly';
import type { CheckReport, Finding, Fix } from '../../src/check/finding';
import { document } from '../helpers/small-pipeline';
import { scopesOf } from '../helpers/stacks';

type Document = { Statement: Array<Record<string, unknown>> };
type Changeable = Record<string, { Type: string; Properties: Record<string, any> }>;

/** Where a resource of each type holds the policy that a fix speaks of. Made, where the template has none. */
const DOCUMENTS: Readonly<
  Record<string, (resource: Changeable[string], resources: Changeable, logicalId: string, to: string) => Document>
> = {
  'AWS::IAM::Policy': ({ Properties }) => Properties.PolicyDocument,
  'AWS::IAM::ManagedPolicy': ({ Properties }) => Properties.PolicyDocument,
  'AWS::IAM::Role': ({ Properties }, _, __, to) => {
    if (to.includes('trust policy')) return Properties.AssumeRolePolicyDocument;
    Properties.Policies = [...(Properties.Policies ?? []), { PolicyName: 'fix', PolicyDocument: document() }];
    return Properties.Policies.at(-1).PolicyDocument;
  },
  'AWS::KMS::Key': ({ Properties }) => (Properties.KeyPolicy ??= document()),
  'AWS::S3::BucketPolicy': ({ Properties }) => Properties.PolicyDocument,
  'AWS::S3::Bucket': (_, resources, logicalId) => {
    resources.Fix ??= {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: { Ref: logicalId }, PolicyDocument: document() },
    };
    return resources.Fix.Properties.PolicyDocument;
  },
};

/**
 * A statement with the names filled in that it describes in words, because no function of CloudFormation reaches them.
 */
function filledIn(statement: Fix['statement'], stacks: readonly AssemblyStack[]): Document['Statement'][0] {
  const { scopes } = scopesOf(...stacks);
  const text = JSON.stringify(statement).replace(
    /<name of (\w+) in stack ([^>]+)>/g,
    (_, id: string, stack: string) => scopes[stack].resources.get(id)!.name,
  );
  return JSON.parse(text) as Document['Statement'][0];
}

/** Applies a fix as a person would who has no other information. */
function applied(
  stacks: readonly AssemblyStack[],
  { change, to, stack, logicalId = '', statement }: Fix,
): AssemblyStack[] {
  const copy = structuredClone(stacks) as AssemblyStack[];
  const resources = copy.find(({ displayName }) => displayName === stack)?.template.Resources as Changeable | undefined;
  const resource = resources?.[logicalId];
  if (!resource) throw new Error(`no resource ${logicalId} in stack ${stack}: ${to}`);
  if (change === 'add') {
    const policy = DOCUMENTS[resource.Type](resource, resources!, logicalId, to);
    policy.Statement = [policy.Statement, filledIn(statement, stacks)].flat();
  } else {
    const [, label] = /^(\S+) of /.exec(statement as string)!;
    if (removed(resource.Properties, label) === 0) throw new Error(`no statement ${label} in ${logicalId}`);
  }
  return copy;
}

/**
 * Removes a statement by its label, a `Sid` or a position, wherever it is below a value; returns how many there were.
 */
function removed(value: any, label: string): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (!Array.isArray(value.Statement)) {
    return Object.values(value).reduce<number>((sum, one) => sum + removed(one, label), 0);
  }
  const kept = value.Statement.filter(({ Sid }: any, index: number) => (Sid ?? String(index + 1)) !== label);
  const gone = value.Statement.length - kept.length;
  value.Statement = kept;
  return gone;
}

/** The errors of all pipelines. */
export function errorsOf(report: CheckReport) {
  return report.pipelines.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'error');
}
/** With all fixes of some findings; a change of several fixes is made once. */
export function fixAll(stacks: readonly AssemblyStack[], findings: readonly Finding[]) {
  const fixes = new Map(findings.flatMap(({ fix }) => fix).map((fix) => [JSON.stringify(fix), fix]));
  return [...fixes.values()].reduce<readonly AssemblyStack[]>(applied, stacks);
}
