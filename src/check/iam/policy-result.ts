import { nearMissOf, NearMiss } from './near-miss';
import { parsePolicy, Statement } from './policy';
import type { AccessRequest, NamedPolicy, PolicyKind, PolicySet, Reason } from './request';
import { matchCaller, matchStatement, PrincipalMatch, StatementMatch } from './statements';
import { Tristate, both, either } from '../../assembly/match';

type Allows = PolicyResult['allows'];

/** Describes the result of the policies of one kind for a request. */
export interface PolicyResult {
  readonly kind: PolicyKind;
  readonly denies: Tristate;
  /** By the principal that the statement names. The three are equal, except for resource policies. */
  readonly allows: { readonly session: Tristate; readonly role: Tristate; readonly account: Tristate };
  readonly reasons: readonly Reason[];
  /** Allow statements that almost match. */
  readonly nearMisses: readonly NearMiss[];
}

/** Collects the result while the statements are evaluated. */
interface ResultBuilder {
  readonly kind: PolicyKind;
  denies: Tristate;
  allows: Allows;
  readonly reasons: Reason[];
  readonly nearMisses: NearMiss[];
}

/** Describes a statement with the parts that match a request. */
interface EvaluatedStatement {
  readonly policy: Omit<NamedPolicy, 'document'>;
  readonly statement: Statement;
  readonly match: StatementMatch;
  readonly principal: PrincipalMatch;
}

/** Evaluates the policies of one kind for a request. */
export function evaluatePolicies(kind: PolicyKind, set: PolicySet, request: AccessRequest): PolicyResult {
  // Unknown policies may allow a call, but they are not assumed to deny it ("by the policies in these templates").
  const allowedOutside: Tristate = set.outside === undefined ? 'no' : 'unknown';
  const result: ResultBuilder = {
    kind,
    denies: 'no',
    allows: { session: allowedOutside, role: allowedOutside, account: allowedOutside },
    reasons: [],
    nearMisses: [],
  };
  if (set.outside !== undefined) {
    result.reasons.push({ finding: 'unknown', kind, explanation: set.outside, isOutside: true });
  }
  for (const policy of set.policies) {
    const { statements, unreadable, variables } = parsePolicy(policy.document);
    if (unreadable !== undefined) {
      result.reasons.push({ finding: 'unknown', kind, policy: policy.name, explanation: unreadable });
      result.denies = either([result.denies, 'unknown']);
      result.allows = atLeast(result.allows, { session: 'unknown', role: 'unknown', account: 'unknown' });
    }
    for (const statement of statements) {
      const match = withUncertainty(matchStatement(variables, statement, request), policy.uncertainty);
      if (match.action === 'no') continue;
      const principal = kind === 'resource' ? matchCaller(statement, request.caller) : ANY_PRINCIPAL;
      const evaluated = { policy, statement, match, principal };
      if (statement.effect === 'Deny') applyDeny(result, evaluated);
      else applyAllow(result, evaluated);
    }
  }
  return result;
}

/** The match of a statement without principals: the policy is attached to the caller. */
const ANY_PRINCIPAL: PrincipalMatch = { session: 'yes', role: 'yes', account: 'yes' };

function withUncertainty(match: StatementMatch, uncertainty: string | undefined): StatementMatch {
  if (uncertainty === undefined) return match;
  return { ...match, applies: both([match.applies, 'unknown']) };
}

function applyDeny(result: ResultBuilder, evaluated: EvaluatedStatement) {
  const answer = both([anyOf(evaluated.principal), evaluated.match.applies]);
  if (answer === 'no') return;
  result.denies = either([result.denies, answer]);
  const location = locationOf(result.kind, evaluated);
  if (answer === 'unknown') {
    result.reasons.push({ ...location, finding: 'unknown', explanation: `may deny the call: ${causeOf(evaluated)}` });
    return;
  }
  result.reasons.push({ ...location, finding: 'denies', explanation: 'denies the call' });
}

function applyAllow(result: ResultBuilder, evaluated: EvaluatedStatement) {
  const { statement, match, principal } = evaluated;
  const answer = both([anyOf(principal), match.applies]);
  const location = locationOf(result.kind, evaluated);
  if (answer === 'no') {
    result.nearMisses.push({ ...location, ...nearMissOf(statement, match, anyOf(principal)) });
    return;
  }
  result.allows = atLeast(result.allows, {
    session: both([principal.session, match.applies]),
    role: both([principal.role, match.applies]),
    account: both([principal.account, match.applies]),
  });
  if (answer === 'unknown') {
    result.reasons.push({ ...location, finding: 'unknown', explanation: `may allow the call: ${causeOf(evaluated)}` });
    return;
  }
  if (principal.session === 'unknown' || principal.role === 'unknown') {
    const { explanation } = nearMissOf(statement, match, 'unknown');
    result.reasons.push({ ...location, finding: 'unknown', explanation: `may name the caller itself: ${explanation}` });
  }
  result.reasons.push({ ...location, finding: 'allows', explanation: 'allows the call' });
}

function anyOf({ session, role, account }: PrincipalMatch): Tristate {
  return either([session, role, account]);
}

function locationOf(kind: PolicyKind, { policy, statement }: EvaluatedStatement) {
  const location = { kind, policy: policy.name, statement: statement.label };
  if (policy.holder === undefined) return location;
  return { ...location, holder: policy.holder };
}

/** Returns the reason why it is unknown whether a statement applies. */
function causeOf({ policy, statement, match, principal }: EvaluatedStatement): string {
  return policy.uncertainty ?? nearMissOf(statement, match, anyOf(principal)).explanation;
}

function atLeast(a: Allows, b: Allows): Allows {
  return {
    session: either([a.session, b.session]),
    role: either([a.role, b.role]),
    account: either([a.account, b.account]),
  };
}
