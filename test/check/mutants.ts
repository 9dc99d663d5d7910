import type { AssemblyStack } from '../../src/assembly/cloud-assembly';
import type { Resource } from '../../src/assembly/template';
import { check, EvaluatedCall } from '../../src/check/check';
import type { CheckReport } from '../../src/check/finding';

/** An assembly without one statement that allows something. */
export interface Mutant {
  /** The location of the statement: stack, logical id, document and position, starting with 1. */
  readonly name: string;
  readonly logicalId: string;
  readonly type: string;
  /** Its `Sid`, or its position from 1: what explanations call it. */
  readonly label: string;
  readonly statement: Readonly<Record<string, unknown>>;
  readonly stacks: readonly AssemblyStack[];
}

/** Lists the paths of policy documents by resource type. */
const DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Policy': ['PolicyDocument'],
  'AWS::IAM::ManagedPolicy': ['PolicyDocument'],
  'AWS::IAM::Role': ['AssumeRolePolicyDocument', 'Policies.*.PolicyDocument'],
  'AWS::KMS::Key': ['KeyPolicy'],
  'AWS::S3::BucketPolicy': ['PolicyDocument'],
  'AWS::SNS::TopicPolicy': ['PolicyDocument'],
};

/** Every assembly that lacks one allowing statement of this one. */
export function* mutants(stacks: readonly AssemblyStack[]): Generator<Mutant> {
  for (const [index, stack] of stacks.entries()) {
    for (const [logicalId, resource] of Object.entries(stack.template.Resources ?? {})) {
      for (const [path, position] of allowingStatements(resource)) {
        const changed = structuredClone(resource) as Resource;
        const document = at(changed.Properties, path) as { Statement: Array<Readonly<Record<string, unknown>>> };
        document.Statement = [document.Statement].flat();
        const [statement] = document.Statement.splice(position, 1);
        yield {
          name: `${stack.displayName}/${logicalId}.${path.join('.')}[${position + 1}]`,
          logicalId,
          type: resource.Type,
          label: typeof statement.Sid === 'string' && statement.Sid !== '' ? statement.Sid : String(position + 1),
          statement,
          stacks: stacks.map((other, place) =>
            place === index
              ? {
                  ...stack,
                  template: { ...stack.template, Resources: { ...stack.template.Resources, [logicalId]: changed } },
                }
              : other,
          ),
        };
      }
    }
  }
}

/** Paths of the documents of a resource, with the positions of the statements that allow something. */
function allowingStatements({ Type, Properties = {} }: Resource): Array<[path: string[], position: number]> {
  return (Object.hasOwn(DOCUMENTS, Type) ? DOCUMENTS[Type] : []).flatMap((path) =>
    expand(Properties, path.split('.')).flatMap((found) =>
      [(at(Properties, found) as { Statement?: unknown }).Statement ?? []]
        .flat()
        .flatMap((statement, position): Array<[string[], number]> =>
          (statement as { Effect?: unknown }).Effect === 'Allow' ? [[found, position]] : [],
        ),
    ),
  );
}

/** The paths that exist, with every `*` replaced by the positions of a list. */
function expand(root: unknown, [step, ...rest]: readonly string[]): string[][] {
  if (step === undefined) return [[]];
  const keys = step === '*' ? Object.keys(root as object) : [step];
  return keys.flatMap((key) =>
    at(root, [key]) === undefined ? [] : expand(at(root, [key]), rest).map((tail) => [key, ...tail]),
  );
}

function at(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], root);
}

/** The result of the check of a mutant. */
export type Fate =
  /** A call that AWS documents is denied now. */
  | 'denied'
  /** A call that is inferred is denied now. */
  | 'warned'
  /** Something is not known any more. */
  | 'doubted'
  /** The statement allows a call which another statement allows as well. */
  | 'redundant'
  /** No call that is known of needs it. */
  | 'survived';

/** A mutant and the verdict of the check. */
export interface Judged {
  readonly mutant: Mutant;
  readonly fate: Fate;
  readonly report: CheckReport;
  /** The report on the assembly without a change. */
  readonly original: CheckReport;
}

/**
 * Checks an assembly and, for each mutant that concerns a caller or a resource of its pipelines, returns its
 * verdict.
 *
 * @param oneOf judges one mutant of this number
 */
export function* fates(stacks: readonly AssemblyStack[], oneOf = 1): Generator<Judged> {
  const used = new Set<string>();
  const concerned = new Set<string>();

  function onCall({ request, target, evaluation }: EvaluatedCall) {
    for (const { policy, statement } of evaluation.reasons) used.add(`${policy} ${statement}`);
    const { caller, resourcePolicy } = request;
    for (const { name } of [...(caller.kind === 'role' ? caller.identity.policies : []), ...resourcePolicy.policies]) {
      concerned.add(name);
    }
    for (const { logicalId } of target.policyResources) concerned.add(logicalId);
  }

  const original = check(stacks, { onCall });

  // Explanations name policies for people; the logical id is in every such name.
  function names(mutant: Mutant) {
    return [...concerned].filter((name) => new RegExp(`\\b${mutant.logicalId}\\b`).test(name));
  }

  let concerning = 0;
  for (const mutant of mutants(stacks)) {
    const policies = names(mutant);
    if (policies.length === 0 || concerning++ % oneOf !== 0) continue;
    const report = check(mutant.stacks);
    const fate = fateOf(report, original);
    const isUsed = policies.some((name) => used.has(`${name} ${mutant.label}`));
    yield { mutant, original, report, fate: fate === 'survived' && isUsed ? 'redundant' : fate };
  }
}

function fateOf(report: CheckReport, original: CheckReport): Fate {
  if (report.summary.errors > original.summary.errors) return 'denied';
  if (report.summary.warnings > original.summary.warnings) return 'warned';
  return report.summary.unknown > original.summary.unknown ? 'doubted' : 'survived';
}
