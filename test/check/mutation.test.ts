import { errorsOf, fixAll } from './fixes';
import { fates, type Fate, type Judged } from './mutants';
import { readInput } from '../../src/assembly/input';
import { check, EvaluatedCall } from '../../src/check/check';
import type { CheckReport } from '../../src/check/finding';
import { evaluate } from '../../src/check/iam/evaluate';
import type { AccessRequest, PolicySet } from '../../src/check/iam/request';
import { FLAGGED, PLAIN_PIPELINES } from '../evidence/plain';
import { plainAssembly } from '../evidence/plain-assembly';
import { NIGHTLY } from '../helpers/nightly';
import { once } from '../helpers/once';

/**
 * Statements that aws-cdk-lib grants and no call known here needs: who has them, what they allow, and why nothing
 * misses them.
 */
const SURVIVORS: ReadonlyArray<{ readonly of: RegExp; readonly actions: string; readonly why: string }> = [
  {
    of: /PipelineAssets(Docker|File)Role/,
    actions: 'codebuild:BatchGetBuilds codebuild:StartBuild codebuild:StopBuild',
    why:
      'the role of the builds that publish assets; CodePipeline starts these builds under the role of the action, ' +
      'which has the same',
  },
  {
    of: /PipelinePrepareCommandsCodePipelineActionRole/,
    actions: 'logs:GetLogEvents',
    why: 'AWS does not list it for the Commands action: it is for people who read the log in the console',
  },
  {
    of: /(ArtifactsBucket|ReplicationBucket)EncryptionKey\w+\.KeyPolicy\[[23]\]$/,
    actions: 'kms:Decrypt kms:DescribeKey',
    why: 'the CloudFormation execution role reads no artifact unless the parameters of the action reference one',
  },
  {
    of: /(ArtifactsBucket|ReplicationBucket)Policy\w+\.PolicyDocument\[2\]$/,
    actions: 's3:GetObject* s3:GetBucket* s3:List*',
    why: 'as for the key: CloudFormation receives the template itself',
  },
];
const MOST_SURVIVORS = 0.02;

const assemblies = Object.keys(PLAIN_PIPELINES).filter((name) => !name.endsWith(FLAGGED));

/** Assemblies whose mutants are mended. */
const MENDED = [
  'same-account-key',
  'cross-account',
  'cross-both',
  'cloudformation',
  'sources',
  'invokes-anywhere',
  'cdk-same-account',
  'cdk-cross-account',
];

/** Of each assembly, one mutant of this number is checked; at night, all are. */
const ONE_OF = NIGHTLY ? { mended: 1, others: 1 } : { mended: 2, others: 4 };

interface Errors {
  killed: number;
  /** What is wrong although every fix was made. */
  readonly left: unknown[];
}

/** Checks every mutant of every assembly, once for all tests. */
const judged = once(() => {
  const count: Record<Fate, number> = { denied: 0, warned: 0, doubted: 0, redundant: 0, survived: 0 };
  const survivors: Array<{ name: string; actions: string }> = [];
  const errors: Record<string, Errors> = {};
  for (const assembly of assemblies) {
    errors[assembly] = { killed: 0, left: [] };
    const isMended = MENDED.includes(assembly);
    for (const one of fates(readInput(plainAssembly(assembly)), isMended ? ONE_OF.mended : ONE_OF.others)) {
      const { mutant, fate } = one;
      count[fate]++;
      if (fate === 'survived') {
        survivors.push({ name: mutant.name, actions: [mutant.statement.Action].flat().join(' ') });
      }
      if (isMended) mend(one, errors[assembly]);
    }
  }
  return { count, survivors, errors };
});

/** Makes the fixes of what a mutant breaks. */
function mend({ mutant, report, original }: Judged, errors: Errors): void {
  const before = new Set(errorsOf(original).map(({ id }) => id));

  function newErrors(of: CheckReport) {
    return errorsOf(of).filter(({ id }) => !before.has(id));
  }

  const broken = newErrors(report);
  if (broken.length === 0) return;
  errors.killed++;
  errors.left.push(
    ...newErrors(check(fixAll(mutant.stacks, broken))).map(({ message, fix }) => [mutant.name, message, fix]),
  );
}

test('detects the removal of a statement that CDK grants', () => {
  const { count, survivors } = judged();
  const unexplained = survivors.filter(
    ({ name, actions }) => !SURVIVORS.some((known) => known.of.test(name) && known.actions === actions),
  );
  expect(unexplained).toEqual([]);
  const stale = SURVIVORS.filter(
    (known) => !survivors.some(({ name, actions }) => known.of.test(name) && known.actions === actions),
  );
  if (NIGHTLY) expect(stale).toEqual([]);
  const all = Object.values(count).reduce((sum, one) => sum + one, 0);
  expect(all).toBeGreaterThan(NIGHTLY ? 1000 : 400);
  expect(count.survived / all).toBeLessThanOrEqual(MOST_SURVIVORS);
  // Most statements are needed by a call that AWS documents.
  expect(count.denied / all).toBeGreaterThan(0.7);
  expect(count.warned).toBeGreaterThan(NIGHTLY ? 20 : 5);
}, 240_000);

test.each(MENDED)(
  'every mutant of %s is mended by the fixes of what it breaks',
  (assembly) => {
    const { killed, left } = judged().errors[assembly];
    expect(left).toEqual([]);
    expect(killed).toBeGreaterThan(NIGHTLY ? 10 : 5);
  },
  240_000,
);

test('denies a call if all statements that allow it are removed', () => {
  let redundant = 0;
  for (const assembly of assemblies) {
    function onCall({ request, evaluation }: EvaluatedCall) {
      if (evaluation.verdict !== 'ALLOWED') return;
      let stripped = request;
      let steps = 0;
      for (let current = evaluation; current.verdict === 'ALLOWED'; current = evaluate(stripped)) {
        if (++steps > 20) throw new Error(`${request.action} on ${request.resource} stays allowed`);
        stripped = without(stripped, current.reasons[0].policy!, current.reasons[0].statement!);
      }
      if (steps > 1) redundant++;
    }

    check(readInput(plainAssembly(assembly)), { onCall });
  }
  expect(redundant).toBeGreaterThan(100);
}, 120_000);

/** A request whose policies lack a statement that explanations name. */
function without(request: AccessRequest, policy: string, label: string): AccessRequest {
  function strip(set: PolicySet): PolicySet {
    return {
      ...set,
      policies: set.policies.map((one) => {
        if (one.name !== policy) return one;
        const document = one.document as { Statement: unknown };
        // A statement that is gone keeps its place, so that the numbers of the others stay.
        const Statement = [document.Statement]
          .flat()
          .map((statement, index) =>
            label === ((statement as { Sid?: string }).Sid || String(index + 1))
              ? { ...(statement as object), Effect: 'Deny', Action: 'none:Nothing' }
              : statement,
          );
        return { ...one, document: { ...document, Statement } };
      }),
    };
  }

  const { caller } = request;
  return {
    ...request,
    resourcePolicy: strip(request.resourcePolicy),
    caller: caller.kind === 'role' ? { ...caller, identity: strip(caller.identity) } : caller,
  };
}
