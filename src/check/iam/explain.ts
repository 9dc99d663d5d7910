import type { PolicyResult } from './policy-result';
import { AccessRequest, isPassRole, needsResourcePolicy, PolicyKind, Reason } from './request';
import { equals } from '../../assembly/match';

/** What each kind of policy lacks for an implicit denial, in the order in which one would mend it. */
export function explainDenial(request: AccessRequest, readings: readonly PolicyResult[]): Reason[] {
  return lackingKinds(request, readings).map((kind) => {
    const reading = readings.find((candidate) => candidate.kind === kind)!;
    const nearest = [...reading.nearMisses].sort((a, b) => b.nearness - a.nearness)[0];
    return nearest
      ? {
          finding: 'does-not-allow',
          kind,
          policy: nearest.policy,
          holder: nearest.holder,
          statement: nearest.statement,
          words: `comes closest, but ${nearest.explanation}`,
        }
      : { finding: 'does-not-allow', kind, words: 'no statement allows the call' };
  });
}

/** The kinds of policy to which something must be added before a call is allowed. */
function lackingKinds(request: AccessRequest, readings: readonly PolicyResult[]): PolicyKind[] {
  function level(kind: PolicyKind) {
    return readings.find((reading) => reading.kind === kind)?.allows;
  }

  function lacks(kind: PolicyKind) {
    return level(kind)?.role === 'no';
  }

  const limits = (['boundary', 'session'] as const).filter(lacks);
  if (request.caller.kind === 'service') return ['resource'];
  if (isPassRole(request)) return [...(lacks('identity') ? ['identity' as const] : []), ...limits];

  const resource = level('resource')!;
  const across = equals(request.resourceAccount, request.caller.account) === 'no';
  const nobody = resource.session === 'no' && resource.role === 'no' && resource.account === 'no';
  // What only the account is named for needs the identity policy as well.
  const byResource = (across || needsResourcePolicy(request)) && nobody;
  const byIdentity = lacks('identity') && (across || !byResource);
  return [...(byIdentity ? ['identity' as const] : []), ...limits, ...(byResource ? ['resource' as const] : [])];
}

/** What would have to be known. */
export function explainUnknown(request: AccessRequest, readings: readonly PolicyResult[]): Reason[] {
  const reasons: Reason[] = readings.flatMap((reading) =>
    reading.reasons.filter(({ finding }) => finding === 'unknown'),
  );
  if (request.caller.kind === 'role' && equals(request.resourceAccount, request.caller.account) === 'unknown') {
    reasons.push({
      finding: 'unknown',
      kind: 'resource',
      explanation: 'whether caller and resource are in the same account cannot be known',
    });
  }
  return reasons;
}
