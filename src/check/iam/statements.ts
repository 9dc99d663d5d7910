import { expand, meets } from './conditions';
import type { Element, Policy, Statement } from './policy';
import type { AccessRequest, Caller } from './request';
import { Tristate, both, either, equals, matches, not } from '../../assembly/match';

/**
 * Whether a statement is about the action, the resource and the conditions of a request; part by part, so that a near
 * miss can be told.
 */
export interface StatementMatch {
  readonly action: Tristate;
  readonly resource: Tristate;
  readonly conditions: ReadonlyArray<{ readonly key: string; readonly operator: string; readonly answer: Tristate }>;
  /** All of it. */
  readonly applies: Tristate;
}

export function matchStatement(policy: Policy, statement: Statement, request: AccessRequest): StatementMatch {
  const action = covers(statement.actions, (pattern) => matches(pattern.toLowerCase(), request.action.toLowerCase()));
  if (action === 'no') return { action, resource: 'unknown', conditions: [], applies: 'no' };
  const resource =
    statement.resources === undefined
      ? 'yes'
      : covers(statement.resources, (pattern) => {
          const expanded = policy.variables ? expand(pattern, request.context) : pattern;
          return expanded === undefined ? 'no' : matches(expanded, request.resource);
        });
  if (resource === 'no') return { action, resource, conditions: [], applies: 'no' };
  const conditions = statement.conditions.map((condition) => ({
    key: condition.key,
    operator: condition.operator,
    answer: meets(condition, request.context, policy.variables),
  }));
  return { action, resource, conditions, applies: both([action, resource, ...conditions.map(({ answer }) => answer)]) };
}

function covers({ negated, patterns }: Element, match: (pattern: string) => Tristate): Tristate {
  const answer = either(patterns.map(match));
  return negated ? not(answer) : answer;
}

/** How exactly the statement of a resource policy names a caller. */
export interface PrincipalMatch {
  /** The very session, or the calling service. */
  readonly session: Tristate;
  /** The role, or everybody. */
  readonly role: Tristate;
  /** The account of the role: whether the role may is then left to that account. */
  readonly account: Tristate;
}

const NO_MATCH: PrincipalMatch = { session: 'no', role: 'no', account: 'no' };

export function matchCaller({ principals }: Statement, caller: Caller): PrincipalMatch {
  if (principals === undefined) return NO_MATCH;
  const { negated, aws, services } = principals;
  const everybody = either(aws.map((principal) => equals(principal, '*')));
  const naming =
    caller.kind === 'service' ? nameService(services, caller.service, everybody) : nameRole(aws, caller, everybody);
  if (!negated) return naming;
  // Whoever is not named in any way is meant.
  const others = not(either([naming.session, naming.role, naming.account]));
  return caller.kind === 'service' ? { ...NO_MATCH, session: others } : { ...NO_MATCH, role: others };
}

function nameService(services: readonly string[], service: string, everybody: Tristate): PrincipalMatch {
  return {
    ...NO_MATCH,
    session: either([
      everybody,
      ...services.map((name) => equals(name.replace(REGIONAL, '$1.amazonaws.com'), service)),
    ]),
  };
}

// `codedeploy.eu-west-1.amazonaws.com` is CodeDeploy as well, and in China names end in `.cn`.
const REGIONAL = /^([a-z0-9-]+)(?:\.[^.]+)?\.amazonaws\.com(?:\.cn)?$/u;

function nameRole(
  aws: readonly string[],
  { arn, account, sessionName }: Extract<Caller, { kind: 'role' }>,
  everybody: Tristate,
): PrincipalMatch {
  const [, partition] = arn.split(':');
  const session = `arn:${partition}:sts::${account}:assumed-role/${arn.slice(arn.lastIndexOf('/') + 1)}/`;

  function named(name: string) {
    return either(aws.map((principal) => equals(principal, name)));
  }

  return {
    session: sessionName === undefined ? startsWith(aws, session) : named(session + sessionName),
    role: either([everybody, named(arn)]),
    account: either([named(account), named(`arn:${partition}:iam::${account}:root`)]),
  };
}

// The name of the session is not known, so a principal that is one of the role's sessions may or may not be this one.
function startsWith(principals: readonly string[], prefix: string): Tristate {
  return principals.some((principal) => principal.startsWith(prefix)) ? 'unknown' : 'no';
}
