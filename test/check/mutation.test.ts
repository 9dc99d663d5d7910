import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fates, Fate } from './mutants';
import { readInput } from '../../src/assembly/input';
import { check, EvaluatedCall } from '../../src/check/check';
import { evaluate } from '../../src/check/iam/evaluate';
import type { AccessRequest, PolicySet } from '../../src/check/iam/request';
import { FLAGGED, PLAIN_PIPELINES } from '../evidence/plain';

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
];
const MOST_SURVIVORS = 0.02;

const assemblies = Object.keys(PLAIN_PIPELINES).filter((name) => !name.endsWith(FLAGGED));
const synthesized = new Map<string, string>();

function directoryOf(name: string) {
  if (!synthesized.has(name)) {
    synthesized.set(name, PLAIN_PIPELINES[name](join(mkdtempSync(join(tmpdir(), 'mutation-')), 'cdk.out')));
  }
  return synthesized.get(name)!;
}

test('detects the removal of a statement that CDK grants', () => {
  const count: Record<Fate, number> = { denied: 0, warned: 0, doubted: 0, redundant: 0, survived: 0 };
  const survivors: Array<{ name: string; actions: string }> = [];
  for (const assembly of assemblies) {
    for (const { mutant, fate } of fates(readInput(directoryOf(assembly)))) {
      count[fate]++;
      if (fate === 'survived') {
        survivors.push({ name: mutant.name, actions: [mutant.statement.Action].flat().join(' ') });
      }
    }
  }
  const unexplained = survivors.filter(
    ({ name, actions }) => !SURVIVORS.some((known) => known.of.test(name) && known.actions === actions),
  );
  expect(unexplained).toEqual([]);
  const stale = SURVIVORS.filter(
    (known) => !survivors.some(({ name, actions }) => known.of.test(name) && known.actions === actions),
  );
  expect(stale).toEqual([]);
  const all = Object.values(count).reduce((sum, one) => sum + one, 0);
  expect(all).toBeGreaterThan(1000);
  expect(count.survived / all).toBeLessThanOrEqual(MOST_SURVIVORS);
  // Most statements are needed by a call that AWS documents.
  expect(count.denied / all).toBeGreaterThan(0.7);
  expect(count.warned).toBeGreaterThan(20);
}, 240_000);

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

    check(readInput(directoryOf(assembly)), { onCall });
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
