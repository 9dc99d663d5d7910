import { explainDenial, explainUnknown } from './explain';
import { evaluatePolicies, PolicyResult } from './policy-result';
import {
  AccessRequest,
  AccessVerdict,
  Evaluation,
  isPassRole,
  needsResourcePolicy,
  PolicyKind,
  PolicySet,
  Reason,
} from './request';
import { Tristate, both, either, equals } from '../../assembly/match';
import { compact } from '../../common/compact';

/**
 * Evaluates whether the policies allow a call, and why.
 *
 * Implements the evaluation logic of IAM for role sessions and service principals. An explicit deny always applies.
 * Within an account, an identity policy or a resource policy must allow the call. Across accounts, both must allow it.
 * Key policies and trust policies must always allow it. Permissions boundaries and session policies limit the
 * permissions. Service control policies, resource control policies and VPC endpoint policies are not modelled.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(request: AccessRequest): Evaluation {
  const { caller } = request;
  const callerResults = evaluateCaller(request);
  const resource = evaluatePolicies('resource', isPassRole(request) ? NONE : request.resourcePolicy, request);
  const results = [...callerResults, resource];
  const denied = either(results.map(({ denies }) => denies));
  const allowed =
    caller.kind === 'service' ? resource.allows.session : allowsRole(request, caller.account, callerResults, resource);
  const verdict = verdictOf(denied, allowed);
  return { verdict, reasons: explain(verdict, request, results, denied) };
}

/** Evaluates the policies of a role. Service principals have no policies. */
function evaluateCaller(request: AccessRequest): PolicyResult[] {
  const { caller } = request;
  if (caller.kind === 'service') return [];
  return compact([
    evaluatePolicies('identity', caller.identity, request),
    caller.boundary && evaluatePolicies('boundary', caller.boundary, request),
    caller.session && evaluatePolicies('session', caller.session, request),
  ]);
}

function verdictOf(denied: Tristate, allowed: Tristate): AccessVerdict {
  if (denied === 'yes' || allowed === 'no') return 'DENIED';
  if (denied === 'unknown' || allowed === 'unknown') return 'UNKNOWN';
  return 'ALLOWED';
}

const NONE: PolicySet = { policies: [] };

/** Evaluates whether all policies together allow a call of a role session. */
function allowsRole(
  request: AccessRequest,
  account: string,
  callerResults: readonly PolicyResult[],
  resource: PolicyResult,
): Tristate {
  function resultOf(kind: PolicyKind): Tristate {
    return callerResults.find((result) => result.kind === kind)?.allows.role ?? 'yes';
  }

  const limits = both([resultOf('boundary'), resultOf('session')]);
  const identity = both([resultOf('identity'), limits]);
  if (isPassRole(request)) return identity; // a trust policy does not affect iam:PassRole

  const { session, role, account: delegated } = resource.allows;
  // A statement that names the session is not subject to the implicit deny of boundaries and session policies.
  const byResource = either([session, both([role, limits])]);
  const byIdentity = needsResourcePolicy(request) ? both([delegated, identity]) : identity;
  const sameAccount = either([byResource, byIdentity]);
  const crossAccount = both([identity, either([session, role, delegated])]);
  switch (equals(request.resourceAccount, account)) {
    case 'yes':
      return sameAccount;
    case 'no':
      return crossAccount;
    case 'unknown':
      if (sameAccount === crossAccount) return sameAccount;
      return 'unknown';
  }
}

function explain(
  verdict: AccessVerdict,
  request: AccessRequest,
  results: readonly PolicyResult[],
  denied: Tristate,
): Reason[] {
  const reasons = results.flatMap((result) => result.reasons);
  switch (verdict) {
    case 'ALLOWED':
      return reasons.filter(({ finding }) => finding === 'allows');
    case 'UNKNOWN':
      return explainUnknown(request, results);
    case 'DENIED':
      if (denied === 'yes') return reasons.filter(({ finding }) => finding === 'denies');
      return explainDenial(request, results);
  }
}
