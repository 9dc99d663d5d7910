import type { PolicyResult } from './policy-result';
import { AccessRequest, isPassRole, needsResourcePolicy, PolicyKind, Reason } from './request';
import { equals } from '../../assembly/match';
import { compact } from '../../common/compact';

/** Explains an implicit deny: returns a reason for each kind of policy that must be extended. */
export function explainDenial(request: AccessRequest, results: readonly PolicyResult[]): Reason[] {
  return lackingKinds(request, results).map((kind) => {
    const result = results.find((candidate) => candidate.kind === kind)!;
    const nearest = [...result.nearMisses].sort((a, b) => b.nearness - a.nearness)[0];
    if (!nearest) return { finding: 'does-not-allow', kind, explanation: 'no statement allows the call' };
    const { policy, holder, statement } = nearest;
    const explanation = `comes closest, but ${nearest.explanation}`;
    return { finding: 'does-not-allow', kind, policy, holder, statement, explanation };
  });
}

/** Returns the kinds of policy that must be extended to allow a call. */
function lackingKinds(request: AccessRequest, results: readonly PolicyResult[]): PolicyKind[] {
  function allowsOf(kind: PolicyKind) {
    return results.find((result) => result.kind === kind)?.allows;
  }

  function lacks(kind: PolicyKind) {
    return allowsOf(kind)?.role === 'no';
  }

  const { caller } = request;
  if (caller.kind === 'service') return ['resource'];
  const lacksIdentity = lacks('identity');
  const limits = (['boundary', 'session'] as const).filter(lacks);
  if (isPassRole(request)) return compact([lacksIdentity && 'identity', ...limits]);

  const resource = allowsOf('resource')!;
  const isCrossAccount = equals(request.resourceAccount, caller.account) === 'no';
  // A statement for the account is sufficient here, because the identity policy is reported as well.
  const matchesNone = resource.session === 'no' && resource.role === 'no' && resource.account === 'no';
  const lacksResource = (isCrossAccount || needsResourcePolicy(request)) && matchesNone;
  const reportsIdentity = lacksIdentity && (isCrossAccount || !lacksResource);
  return compact([reportsIdentity && 'identity', ...limits, lacksResource && 'resource']);
}

/** Explains an unknown result: returns the unknown information. */
export function explainUnknown(request: AccessRequest, results: readonly PolicyResult[]): Reason[] {
  const reasons = results.flatMap((result) => result.reasons.filter(({ finding }) => finding === 'unknown'));
  if (request.caller.kind === 'role' && equals(request.resourceAccount, request.caller.account) === 'unknown') {
    reasons.push({
      finding: 'unknown',
      kind: 'resource',
      explanation: 'it is unknown whether the caller and the resource are in the same account',
    });
  }
  return reasons;
}
