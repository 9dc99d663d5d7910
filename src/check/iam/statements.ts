import { expand, meets } from './conditions';
import type { Element, Statement } from './policy';
import type { AccessRequest, Caller, RoleCaller } from './request';
import { Tristate, both, either, equals, matches, not } from '../../assembly/match';

/** Describes which parts of a statement match a request. The parts are kept apart to explain near misses. */
export interface StatementMatch {
  readonly action: Tristate;
  readonly resource: Tristate;
  readonly conditions: ReadonlyArray<{ readonly key: string; readonly operator: string; readonly answer: Tristate }>;
  /** Whether all parts match. */
  readonly applies: Tristate;
}

/**
 * Matches a statement against a request.
 *
 * @param variables whether the statement may contain policy variables
 */
export function matchStatement(variables: boolean, statement: Statement, request: AccessRequest): StatementMatch {
  const action = covers(statement.actions, (pattern) => matches(pattern.toLowerCase(), request.action.toLowerCase()));
  if (action === 'no') return { action, resource: 'unknown', conditions: [], applies: 'no' };
  const resource = matchResource(variables, statement, request);
  if (resource === 'no') return { action, resource, conditions: [], applies: 'no' };
  const conditions = statement.conditions.map((condition) => ({
    key: condition.key,
    operator: condition.operator,
    answer: meets(condition, request.context, variables),
  }));
  return { action, resource, conditions, applies: both([action, resource, ...conditions.map(({ answer }) => answer)]) };
}

function matchResource(variables: boolean, { resources }: Statement, { context, resource }: AccessRequest): Tristate {
  if (resources === undefined) return 'yes';
  return covers(resources, (pattern) => {
    const expanded = variables ? expand(pattern, context) : pattern;
    if (expanded === undefined) return 'no';
    return matches(expanded, resource);
  });
}

function covers({ negated, patterns }: Element, match: (pattern: string) => Tristate): Tristate {
  const answer = either(patterns.map(match));
  if (negated) return not(answer);
  return answer;
}

/** Describes which principal of a statement matches a caller. */
export interface PrincipalMatch {
  /** The role session, or the service principal. */
  readonly session: Tristate;
  /** The role, or all principals. */
  readonly role: Tristate;
  /** The account of the role, which delegates the permission to identity policies of the account. */
  readonly account: Tristate;
}

const NO_MATCH: PrincipalMatch = { session: 'no', role: 'no', account: 'no' };

export function matchCaller({ principals }: Statement, caller: Caller): PrincipalMatch {
  if (principals === undefined) return NO_MATCH;
  const { negated, aws, services } = principals;
  const anyone = either(aws.map((principal) => equals(principal, '*')));
  if (caller.kind === 'service') {
    const match = matchService(services, caller.service, anyone);
    if (negated) return { ...NO_MATCH, session: not(match.session) };
    return match;
  }
  const match = matchRole(aws, caller, anyone);
  // NotPrincipal matches all principals that the element does not list.
  if (negated) return { ...NO_MATCH, role: not(either([match.session, match.role, match.account])) };
  return match;
}

function matchService(services: readonly string[], service: string, anyone: Tristate): PrincipalMatch {
  return {
    ...NO_MATCH,
    session: either([anyone, ...services.map((name) => equals(name.replace(REGIONAL, '$1.amazonaws.com'), service))]),
  };
}

// Matches also regional principals such as `codedeploy.eu-west-1.amazonaws.com`, and those of China, which end in
// `.cn`.
const REGIONAL = /^([a-z0-9-]+)(?:\.[^.]+)?\.amazonaws\.com(?:\.cn)?$/u;

function matchRole(
  aws: readonly string[],
  { arn, account, sessionName }: RoleCaller,
  anyone: Tristate,
): PrincipalMatch {
  const [, partition] = arn.split(':');
  const session = `arn:${partition}:sts::${account}:assumed-role/${arn.slice(arn.lastIndexOf('/') + 1)}/`;

  function lists(name: string) {
    return either(aws.map((principal) => equals(principal, name)));
  }

  return {
    session: sessionName === undefined ? startsWith(aws, session) : lists(session + sessionName),
    role: either([anyone, lists(arn)]),
    account: either([lists(account), lists(`arn:${partition}:iam::${account}:root`)]),
  };
}

// The session name is unknown, so any session of the role may be the caller.
function startsWith(principals: readonly string[], prefix: string): Tristate {
  if (principals.some((principal) => principal.startsWith(prefix))) return 'unknown';
  return 'no';
}
