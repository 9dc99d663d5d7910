import { nearMissOf, NearMiss } from './near-miss';
import { parsePolicy, Policy, Statement } from './policy';
import type { AccessRequest, NamedPolicy, PolicyKind, PolicySet, Reason } from './request';
import { matchStatement, matchCaller } from './statements';
import { Tristate, both, either } from '../../assembly/match';

type Allows = PolicyResult['allows'];

/** What the policies of one kind say of a request. */
export interface PolicyResult {
  readonly kind: PolicyKind;
  readonly denies: Tristate;
  /** By how exactly the statement names the caller; for all but resource policies the three are alike. */
  readonly allows: { readonly session: Tristate; readonly role: Tristate; readonly account: Tristate };
  readonly reasons: readonly Reason[];
  /** Allow statements that come close. */
  readonly nearMisses: readonly NearMiss[];
}

export function evaluatePolicies(kind: PolicyKind, set: PolicySet, request: AccessRequest): PolicyResult {
  // What cannot be read may allow; it is not held against a call that what can be read allows ("by the policies in this
  // assembly").
  const beyond: Tristate = set.outside === undefined ? 'no' : 'unknown';
  const reading = {
    kind,
    denies: 'no' as Tristate,
    allows: { session: beyond, role: beyond, account: beyond } as Allows,
    reasons: [] as Reason[],
    misses: [] as NearMiss[],
  };
  if (set.outside !== undefined) reading.reasons.push({ finding: 'unknown', kind, explanation: set.outside });
  for (const { name, document, uncertainty: doubt, holder } of set.policies) {
    const policy = parsePolicy(document);
    if (policy.unreadable !== undefined) {
      reading.reasons.push({ finding: 'unknown', kind, policy: name, explanation: policy.unreadable });
      reading.denies = either([reading.denies, 'unknown']);
      reading.allows = atLeast(reading.allows, { session: 'unknown', role: 'unknown', account: 'unknown' });
    }
    for (const statement of policy.statements) applyStatement(reading, { name, uncertainty: doubt, holder }, policy, statement, request);
  }
  return reading;
}

function applyStatement(
  reading: { -readonly [K in keyof PolicyResult]: PolicyResult[K] } & { reasons: Reason[]; misses: NearMiss[] },
  { name, uncertainty: doubt, holder }: Omit<NamedPolicy, 'document'>,
  policy: Policy,
  statement: Statement,
  request: AccessRequest,
) {
  const found = matchStatement(policy, statement, request);
  const application = doubt === undefined ? found : { ...found, applies: both([found.applies, 'unknown']) };
  if (application.action === 'no') return;
  const naming =
    reading.kind === 'resource'
      ? matchCaller(statement, request.caller)
      : ({ session: 'yes', role: 'yes', account: 'yes' } as const);
  const named = either([naming.session, naming.role, naming.account]);
  const answer = both([named, application.applies]);
  const where = { kind: reading.kind, policy: name, statement: statement.label, ...(holder && { holder }) };
  if (statement.effect === 'Deny') {
    if (answer === 'no') return;
    reading.denies = either([reading.denies, answer]);
    reading.reasons.push(
      answer === 'yes'
        ? { ...where, finding: 'denies', explanation: 'denies the call' }
        : {
            ...where,
            finding: 'unknown',
            explanation: `may deny the call: ${doubt ?? nearMissOf(statement, application, named).explanation}`,
          },
    );
    return;
  }
  if (answer === 'no') {
    reading.nearMisses.push({ ...where, ...nearMissOf(statement, application, named) });
    return;
  }
  reading.allows = atLeast(reading.allows, {
    session: both([naming.session, application.applies]),
    role: both([naming.role, application.applies]),
    account: both([naming.account, application.applies]),
  });
  if (answer === 'yes' && (naming.session === 'unknown' || naming.role === 'unknown')) {
    reading.reasons.push({
      ...where,
      finding: 'unknown',
      explanation: `may name the caller itself: ${nearMissOf(statement, application, 'unknown').explanation}`,
    });
  }
  reading.reasons.push(
    answer === 'yes'
      ? { ...where, finding: 'allows', explanation: 'allows the call' }
      : {
          ...where,
          finding: 'unknown',
          explanation: `may allow the call: ${doubt ?? nearMissOf(statement, application, named).explanation}`,
        },
  );
}

function atLeast(a: Allows, b: Allows): Allows {
  return {
    session: either([a.session, b.session]),
    role: either([a.role, b.role]),
    account: either([a.account, b.account]),
  };
}
