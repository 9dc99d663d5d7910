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

/**
 * Whether IAM allows a call, by the policies given, and why.
 *
 * This is AWS's evaluation logic for the sessions of roles and for services: an explicit deny wins; inside an account
 * an identity policy or a resource policy allows, across accounts both must; a key or trust policy must allow first; a
 * boundary and session policies intersect. Service control policies, resource control policies and the policies of VPC
 * endpoints are outside.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(request: AccessRequest): Evaluation {
  const { caller } = request;
  const readings =
    caller.kind === 'service'
      ? []
      : (
          [
            ['identity', caller.identity],
            ['boundary', caller.boundary],
            ['session', caller.session],
          ] as const
        ).flatMap(([kind, set]) => (set ? [evaluatePolicies(kind, set, request)] : []));
  const resource = evaluatePolicies('resource', isPassRole(request) ? NONE : request.resourcePolicy, request);
  const all = [...readings, resource];

  const denied = either(all.map(({ denies }) => denies));
  const allowed =
    caller.kind === 'service' ? resource.allows.session : allowsRole(request, caller.account, readings, resource);
  const verdict: AccessVerdict =
    denied === 'yes' || allowed === 'no'
      ? 'DENIED'
      : denied === 'unknown' || allowed === 'unknown'
        ? 'UNKNOWN'
        : 'ALLOWED';
  return { verdict, reasons: explain(verdict, request, all, denied) };
}

const NONE: PolicySet = { policies: [] };

/** Whether all the policies together allow a session of a role. */
function allowsRole(
  request: AccessRequest,
  account: string,
  readings: readonly PolicyResult[],
  resource: PolicyResult,
): Tristate {
  function of(kind: PolicyKind): Tristate {
    return readings.find((reading) => reading.kind === kind)?.allows.role ?? 'yes';
  }

  const limits = both([of('boundary'), of('session')]);
  const identity = both([of('identity'), limits]);
  if (isPassRole(request)) return identity; // what a role trusts is no policy about passing it

  const { session, role, account: delegated } = resource.allows;
  // Inside an account a statement that names the session escapes the implicit deny of boundary and session policies.
  const byResource = either([session, both([role, limits])]);
  const inside = needsResourcePolicy(request)
    ? either([byResource, both([delegated, identity])])
    : either([identity, byResource]);
  const across = both([identity, either([session, role, delegated])]);
  const same = equals(request.resourceAccount, account);
  return same === 'yes' ? inside : same === 'no' ? across : inside === across ? inside : 'unknown';
}

function explain(
  verdict: AccessVerdict,
  request: AccessRequest,
  readings: readonly PolicyResult[],
  denied: Tristate,
): Reason[] {
  const reasons = readings.flatMap((reading) => reading.reasons);
  switch (verdict) {
    case 'ALLOWED':
      return reasons.filter(({ finding }) => finding === 'allows');
    case 'UNKNOWN':
      return explainUnknown(request, readings);
    case 'DENIED':
      return denied === 'yes'
        ? reasons.filter(({ finding }) => finding === 'denies')
        : explainDenial(request, readings);
  }
}
