import { Stack, SecretValue, Token, Tokenization } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Environment } from '../../pipeline/env';
import { fail, failIfAny, Problems } from '../../pipeline/problems';

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
  const planned = plan({ account, region }, problems);
  failIfAny(scope, problems.all);
  return planned ?? fail(scope, ['internal error: no plan and no problem; please report it']);
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
