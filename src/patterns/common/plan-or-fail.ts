import { Stack, SecretValue, Token, Tokenization } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ACCOUNT_ID, REGION } from '../../aws/limits';
import type { Environment } from '../../pipeline/env';
import { KNOWN_AT_SYNTH } from '../../pipeline/rules';
import { fail, failIfAny, NON_EMPTY_STRING, Problems } from '../../pipeline/problems';

/**
 * Plans a construct, or throws its problems.
 *
 * @param own class of this library. A subclass may have further props
 * @param plan returns the plan, and reports problems. It must return a plan if it reports no problems
 * @throws an error with all problems
 */
export function planOrFail<Plan>(
  scope: Construct,
  own: object,
  plan: (env: Environment, problems: Problems) => Plan | undefined,
): Plan {
  const problems = new Problems('', [], { acceptsFurtherProps: scope.constructor !== own });
  const { account, region } = Stack.of(scope);
  validateStackEnv({ account, region }, problems.at('scope'));
  const planned = planOrReport(() => plan({ account, region }, problems), problems);
  failIfAny(scope, problems.all);
  return planned ?? fail(scope, ['internal error: no plan and no problem; please report it']);
}

/**
 * Returns the plan, and reports a TypeError, which a value of a type that no option has can raise. A value that is
 * already reported can raise any error where it is used.
 */
function planOrReport<Plan>(plan: () => Plan | undefined, problems: Problems): Plan | undefined {
  try {
    return plan();
  } catch (error) {
    if (problems.count > 0) return undefined;
    if (!(error instanceof TypeError)) throw error;
    const fix = 'check the types of all props; if they are right, report the error';
    problems.at('props').add(DOCUMENTED_TYPES, `the error "${error.message}"`, fix);
    return undefined;
  }
}

/** Rule of props that raise an error. */
export const DOCUMENTED_TYPES = 'contain only values of the documented types';

/** Fix of a stack without a valid env. */
export const STACK_ENV_FIX = "set the env of the stack, e.g. { account: '222222222222', region: 'eu-west-1' }";

/** Validates the account and Region of a stack, which the CDK accepts with typing errors. */
function validateStackEnv({ account, region }: Required<Environment>, problems: Problems): void {
  if (!Token.isUnresolved(account) && !ACCOUNT_ID.pattern.test(account)) {
    problems.add(`be in a stack whose account consists of ${ACCOUNT_ID.description}`, account, STACK_ENV_FIX);
  }
  if (!Token.isUnresolved(region) && !REGION.pattern.test(region)) {
    problems.add(`be in a stack whose Region consists of ${REGION.description}`, region, STACK_ENV_FIX);
  }
}

/**
 * Returns the id of a construct, and throws an error if the scope or the id is invalid, which the CDK would report
 * without a name.
 *
 * @param construct name of the class
 */
export function validId(construct: string, scope: unknown, id: unknown): string {
  const where = Construct.isConstruct(scope) ? scope.node.path : '';
  const problems = new Problems();
  if (!Construct.isConstruct(scope)) {
    problems.at('scope').add('be a construct', scope, 'pass the stack as the first argument, e.g. this');
  }
  if (Construct.isConstruct(scope) && !scope.node.scopes.some((parent) => Stack.isStack(parent))) {
    const fix = "pass a stack, e.g. new Stack(app, 'Delivery')";
    problems.at('scope').add('be a stack, or a construct in a stack', where || 'the app', fix);
  }
  if (typeof id === 'string' && Token.isUnresolved(id)) {
    problems.at('id').add(KNOWN_AT_SYNTH, 'a token', 'pass a literal string');
  }
  if (typeof id !== 'string' || id === '') {
    problems.at('id').add(NON_EMPTY_STRING, id, 'pass it as the second argument, before the props');
  }
  if (problems.count === 0) return String(id);
  throw new Error(problems.all.map((sentence) => `[${construct} ${where || '(root)'}] ${sentence}`).join('\n'));
}

const REFERENCE = /\{\{resolve:(secretsmanager|ssm-secure):/;

/**
 * Returns whether a text contains a reference that CloudFormation replaces by a secret. A `SecretValue` is rendered as
 * such a reference.
 */
export function holdsSecret(scope: Construct, text: string): boolean {
  if (REFERENCE.test(text)) return true;
  if (!Token.isUnresolved(text)) return false;
  if (Tokenization.reverseString(text).tokens.some((token) => SecretValue.isSecretValue(token))) return true;
  try {
    return REFERENCE.test(JSON.stringify(Stack.of(scope).resolve(text)) ?? '');
  } catch {
    return false; // The token cannot be resolved yet, unlike references to secrets.
  }
}
