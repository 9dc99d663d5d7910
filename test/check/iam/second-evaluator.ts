/**
 * A second, naive reading of how AWS decides about a request, for differential testing of `src/check/iam`. It was
 * written from AWS's pages alone (named below by file: IAM User Guide unless stated otherwise) and shares nothing with
 * the evaluator it checks but the type of a request. It has two verdicts: every document is well formed, a context
 * key that is not listed is absent.
 */
import type { AccessRequest, PolicySet, RoleCaller } from '../../../src/check/iam/request';

/** Each can be broken on purpose, to show that the comparison would notice. */
export const RULES = [
  'explicit-deny-wins',
  'same-account-needs-one',
  'account-level-is-not-enough',
  'cross-account-needs-identity',
  'cross-account-needs-resource',
  'kms-needs-key-policy',
  'trust-policy-first',
  'key-delegation-needs-identity',
  'pass-role-ignores-trust',
  'boundary-intersects',
  'session-policy-intersects',
  'role-name-stays-in-boundary',
  'session-name-escapes-boundary',
  'service-needs-resource-policy',
  'star-in-principal-arn-is-literal',
  'not-principal',
  'action-ignores-case',
  'not-action',
  'not-resource',
  'resource-star-crosses-colons',
  'question-mark',
  'condition-values-are-or',
  'condition-keys-are-and',
  'negated-true-on-missing-key',
  'negated-is-nor',
  'if-exists',
  'null-operator',
  'for-all-values-true-on-nothing',
  'for-all-values-wants-all',
  'for-any-value-false-on-nothing',
  'arn-parts-apart',
  'equals-knows-no-wildcard',
  'like-respects-case',
  'less-than-is-strict',
  'date-in-seconds',
  'ip-range',
  'variables-need-2012',
  'variable-is-replaced',
  'variable-default',
  'variable-for-star',
] as const;
export type Rule = (typeof RULES)[number];

type OneOrMany<T> = T | readonly T[];
type Principals = '*' | Readonly<Record<string, OneOrMany<string>>>;
type Conditions = Readonly<Record<string, Readonly<Record<string, OneOrMany<unknown>>>>>;
interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: Principals;
  readonly NotPrincipal?: Principals;
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Condition?: Conditions;
}
interface Document {
  readonly Version?: string;
  readonly Statement: OneOrMany<Statement>;
}
/** The principal of a resource policy that matches the caller: its session, its role or anyone, or only its account. */
type Level = 'session' | 'role' | 'account';
const LEVELS: readonly Level[] = ['session', 'role', 'account'];

function list<T>(value: OneOrMany<T> | undefined): readonly T[] {
  return value === undefined ? [] : ([value].flat() as readonly T[]);
}

/** Represent the wildcards of a pattern, as opposed to the same characters in the value of a variable or in `${*}`. */
const ANY = '\uE000';
const ONE = '\uE001';

function glob(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const rest = pattern.slice(1);
  if (pattern[0] === ANY) return glob(rest, text) || (text !== '' && glob(pattern, text.slice(1)));
  return text !== '' && (pattern[0] === ONE || pattern[0] === text[0]) && glob(rest, text.slice(1));
}

/** The six parts of an ARN; the last may contain colons. */
function arnParts(arn: string) {
  return [...arn.split(':').slice(0, 5), arn.split(':').slice(5).join(':')];
}

/** Only for Date operators: ISO 8601, or seconds since 1970. */
function millis(date: string) {
  return /^\d+$/.test(date) ? Number(date) * 1000 : Date.parse(date);
}

/** An address as a string of 32 or 128 ones and zeros. */
function bits(address: string): string {
  function binary(digits: string, radix: number, width: number) {
    return parseInt(digits, radix).toString(2).padStart(width, '0');
  }

  if (!address.includes(':')) {
    return address
      .split('.')
      .map((part) => binary(part, 10, 8))
      .join('');
  }
  const [head, tail] = address.split('::').map((half) => half.split(':').filter((part) => part !== ''));
  const zeros = Array<string>(8 - head.length - (tail?.length ?? 0)).fill('0');
  return [...head, ...zeros, ...(tail ?? [])].map((part) => binary(part, 16, 16)).join('');
}

function inRange(address: string, range: string): boolean {
  const [network, length] = range.split('/');
  const [wanted, given] = [bits(network), bits(address)];
  const prefix = length === undefined ? wanted.length : Number(length);
  return wanted.length === given.length && wanted.slice(0, prefix) === given.slice(0, prefix);
}

class Reader {
  constructor(
    private readonly request: AccessRequest,
    private readonly broken: ReadonlySet<Rule>,
  ) {}

  /** reference_policies_evaluation-logic_policy-eval-denyallow.html and …-cross-account.html */
  public isAllowed(): boolean {
    const { caller, action, resource, resourcePolicy, resourceAccount } = this.request;
    // A trust policy does not affect iam:PassRole.
    const passRole = action.toLowerCase() === 'iam:passrole' && !this.isBroken('pass-role-ignores-trust');
    const resourceSets = passRole ? [] : [resourcePolicy];
    const own = caller.kind === 'role' ? [caller.identity, caller.boundary, caller.session] : [];
    if (
      !this.isBroken('explicit-deny-wins') &&
      [...own, ...resourceSets].some((set) => set && this.levels(set, 'Deny').size > 0)
    ) {
      return false;
    }

    const levels = new Set(resourceSets.flatMap((set) => [...this.levels(set, 'Allow')]));
    if (caller.kind === 'service') return levels.size > 0 || this.isBroken('service-needs-resource-policy');

    const identity = this.allows(caller.identity);
    const inBoundary = this.isBroken('boundary-intersects') || !caller.boundary || this.allows(caller.boundary);
    const inSession = this.isBroken('session-policy-intersects') || !caller.session || this.allows(caller.session);
    const limits = inBoundary && inSession;
    if (passRole) return identity && limits;

    if (resourceAccount !== caller.account) {
      const wanted = identity || this.isBroken('cross-account-needs-identity');
      return wanted && limits && (levels.size > 0 || this.isBroken('cross-account-needs-resource'));
    }
    if (levels.has('session') && (limits || !this.isBroken('session-name-escapes-boundary'))) return true;
    if (levels.has('role') && (limits || this.isBroken('role-name-stays-in-boundary'))) {
      return !this.isBroken('same-account-needs-one') || identity;
    }
    if (levels.has('account') && this.isBroken('account-level-is-not-enough') && limits) return true;
    // kms/latest/developerguide/key-policies.html: an IAM policy has no effect without permission from the key policy.
    // Roles: the same.
    const ownPolicyFirst =
      (/^kms:/i.test(action) && resource !== '*' && !this.isBroken('kms-needs-key-policy')) ||
      (/^sts:(AssumeRole|TagSession|SetSourceIdentity)$/i.test(action) && !this.isBroken('trust-policy-first'));
    if (!ownPolicyFirst) return identity && limits;
    return levels.has('account') && limits && (identity || this.isBroken('key-delegation-needs-identity'));
  }

  private isBroken(rule: Rule): boolean {
    return this.broken.has(rule);
  }

  private allows(set: PolicySet): boolean {
    return this.levels(set, 'Allow').size > 0;
  }

  /**
   * At which levels statements with this effect match the request. In policies without principals the level means
   * nothing.
   */
  private levels(set: PolicySet, effect: 'Allow' | 'Deny'): ReadonlySet<Level> {
    const found = new Set<Level>();
    for (const document of set.policies.map((policy) => policy.document as Document)) {
      const variables = this.isBroken('variables-need-2012') || document.Version === '2012-10-17';
      for (const statement of list(document.Statement)) {
        const level = this.level(statement);
        if (statement.Effect === effect && level && this.applies(statement, variables)) found.add(level);
      }
    }
    return found;
  }

  /** reference_policies_elements_principal.html; no principal at all means that the policy belongs to the caller. */
  private level({ Principal, NotPrincipal }: Statement): Level | undefined {
    if (Principal) return this.named(Principal);
    if (!NotPrincipal) return 'role';
    const level = this.named(NotPrincipal);
    if (this.isBroken('not-principal')) return level;
    // NotPrincipal does not match a caller whose role, session or account it lists.
    return level ? undefined : 'role';
  }

  private named(principals: Principals): Level | undefined {
    const { AWS, Service } = principals === '*' ? { AWS: '*', Service: [] } : principals;
    const { caller } = this.request;
    const aws = list(AWS);
    if (caller.kind === 'service') {
      return aws.includes('*') || list(Service).includes(caller.service) ? 'role' : undefined;
    }
    return LEVELS.find((level) => aws.some((principal) => this.levelOf(principal, caller) === level));
  }

  private levelOf(principal: string, { arn, account, sessionName }: RoleCaller): Level | undefined {
    const partition = arn.split(':')[1];
    if (principal === `arn:${partition}:sts::${account}:assumed-role/${arn.split('/').pop()}/${sessionName}`) {
      return 'session';
    }
    if (principal === '*' || principal === arn) return 'role';
    if (
      this.isBroken('star-in-principal-arn-is-literal') &&
      principal.includes('role/') &&
      glob(principal.replace(/\*/g, ANY), arn)
    ) {
      return 'role';
    }
    return principal === account || principal === `arn:${partition}:iam::${account}:root` ? 'account' : undefined;
  }

  private applies(statement: Statement, variables: boolean): boolean {
    const { action, resource } = this.request;
    return (
      this.actionApplies(statement, action) &&
      this.resourceApplies(statement, resource, variables) &&
      this.conditionsHold(statement.Condition ?? {}, variables)
    );
  }

  private actionApplies({ Action, NotAction }: Statement, action: string): boolean {
    const isFolded = !this.isBroken('action-ignores-case');
    const name = isFolded ? action.toLowerCase() : action;
    const matches = list(Action ?? NotAction).some((pattern) =>
      glob(this.fill(isFolded ? pattern.toLowerCase() : pattern, false), name),
    );
    return Action ? matches : matches === this.isBroken('not-action');
  }

  private resourceApplies({ Resource, NotResource }: Statement, resource: string, variables: boolean): boolean {
    // A trust policy has no resource.
    if (!Resource && !NotResource) return true;
    const matches = list(Resource ?? NotResource).some((pattern) =>
      this.matchesResource(this.fill(pattern, variables), resource),
    );
    return Resource ? matches : matches === this.isBroken('not-resource');
  }

  private matchesResource(pattern: string | undefined, resource: string): boolean {
    if (pattern === undefined) return false;
    return this.isBroken('resource-star-crosses-colons') && pattern !== ANY
      ? arnParts(pattern).every((part, index) => glob(part, arnParts(resource)[index]))
      : glob(pattern, resource);
  }

  /**
   * reference_policies_variables.html: the pattern with wildcards marked and variables replaced, in documents that know
   * variables. Undefined, so that nothing matches, when a variable without default names a key that has not one value.
   */
  private fill(pattern: string, variables: false): string;
  private fill(pattern: string, variables: boolean): string | undefined;
  private fill(pattern: string, variables: boolean): string | undefined {
    const parts = variables && !this.isBroken('variable-is-replaced') ? pattern.split(/\$\{([^}]*)\}/) : [pattern];
    const filled = parts.map((part, index) =>
      index % 2 === 1
        ? this.variable(part)
        : part.replace(/\*/g, ANY).replace(/\?/g, this.isBroken('question-mark') ? '?' : ONE),
    );
    return filled.includes(undefined) ? undefined : filled.join('');
  }

  private variable(text: string): string | undefined {
    if (text === '*' && this.isBroken('variable-for-star')) return ANY;
    if (['*', '?', '$'].includes(text)) return text;
    const [, key, fallback] = /^(.*?)(?:, '(.*)')?$/.exec(text)!;
    const values = this.values(key);
    if (values.length === 0 && !this.isBroken('variable-default')) return fallback;
    return values.length === 1 ? values[0] : undefined;
  }

  private values(key: string): readonly string[] {
    const values = this.request.context[key.toLowerCase()];
    return values === undefined || values === 'absent' ? [] : values;
  }

  /** reference_policies_condition-logic-multiple-context-keys-or-values.html: operators and keys are joined by AND. */
  private conditionsHold(conditions: Conditions, variables: boolean): boolean {
    const results = Object.entries(conditions).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, wanted]) =>
        this.conditionHolds(operator, this.values(key), list(wanted).map(String), variables),
      ),
    );
    return this.isBroken('condition-keys-are-and') && results.length > 0
      ? results.some(Boolean)
      : results.every(Boolean);
  }

  /**
   * reference_policies_elements_condition_operators.html and
   * reference_policies_condition-single-vs-multi-valued-context-keys.html
   */
  private conditionHolds(
    operator: string,
    given: readonly string[],
    wanted: readonly string[],
    variables: boolean,
  ): boolean {
    const [, set, positive, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(
      operator.replace('Not', ''),
    )!;
    const negated = operator.includes('Not');
    const missing = given.length === 0;
    if (positive === 'Null') {
      return wanted.some((value) => (value === 'true') === missing) !== this.isBroken('null-operator');
    }
    if (missing && ifExists && !this.isBroken('if-exists')) return true;
    if (missing && set === 'ForAllValues') return !this.isBroken('for-all-values-true-on-nothing');
    if (missing && set === 'ForAnyValue') return this.isBroken('for-any-value-false-on-nothing');
    if (missing) return negated && !this.isBroken('negated-true-on-missing-key');

    const matches = (value: string) => {
      const results = wanted.map((one) => this.compare(positive, value, one, variables));
      if (negated) return this.isBroken('negated-is-nor') ? results.includes(false) : !results.includes(true);
      return this.isBroken('condition-values-are-or') ? !results.includes(false) : results.includes(true);
    };
    // Several values without a set operator: the positive test requires one that matches, its negation is the opposite.
    const all = set === undefined ? negated : set === 'ForAllValues' && !this.isBroken('for-all-values-wants-all');
    return all ? given.every(matches) : given.some(matches);
  }

  private compare(operator: string, given: string, pattern: string, variables: boolean): boolean {
    const [, kind, test] = /^(String|Arn|Numeric|Date|Bool|Binary|IpAddress)(.*)$/.exec(operator)!;
    switch (kind) {
      case 'String':
        return this.compareStrings(test, given, this.fill(pattern, variables));
      case 'Arn':
        return this.compareArns(given, this.fill(pattern, variables));
      case 'Numeric':
        return this.compareNumbers(test, Number(given), Number(pattern));
      case 'Date':
        return this.isBroken('date-in-seconds')
          ? this.compareNumbers(test, Date.parse(given), Date.parse(pattern))
          : this.compareNumbers(test, millis(given), millis(pattern));
      case 'Bool':
        return given.toLowerCase() === pattern.toLowerCase();
      case 'Binary':
        return Buffer.from(given, 'base64').equals(Buffer.from(pattern, 'base64'));
      default:
        return this.isBroken('ip-range') ? given === pattern : inRange(given, pattern);
    }
  }

  private compareStrings(test: string, given: string, pattern: string | undefined): boolean {
    if (pattern === undefined) return false;
    const literal = pattern.replaceAll(ANY, '*').replaceAll(ONE, '?');
    if (test === 'Like') {
      return this.isBroken('like-respects-case')
        ? glob(pattern.toLowerCase(), given.toLowerCase())
        : glob(pattern, given);
    }
    if (test === 'EqualsIgnoreCase') return literal.toLowerCase() === given.toLowerCase();
    return this.isBroken('equals-knows-no-wildcard') ? glob(pattern, given) : literal === given;
  }

  /** ArnEquals and ArnLike are the same: six parts, each by itself. */
  private compareArns(given: string, pattern: string | undefined): boolean {
    if (pattern === undefined) return false;
    if (this.isBroken('arn-parts-apart')) return glob(pattern, given);
    return arnParts(pattern).every((part, index) => glob(part, arnParts(given)[index] ?? ''));
  }

  private compareNumbers(test: string, given: number, wanted: number): boolean {
    switch (test) {
      case 'LessThan':
        return given < wanted || (this.isBroken('less-than-is-strict') && given === wanted);
      case 'LessThanEquals':
        return given <= wanted;
      case 'GreaterThan':
        return given > wanted;
      case 'GreaterThanEquals':
        return given >= wanted;
      default:
        return given === wanted;
    }
  }
}

export function secondEvaluate(request: AccessRequest, broken: ReadonlySet<Rule> = new Set()): 'ALLOWED' | 'DENIED' {
  return new Reader(request, broken).isAllowed() ? 'ALLOWED' : 'DENIED';
}
