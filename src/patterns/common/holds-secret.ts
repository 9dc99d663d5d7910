import { SecretValue, Stack, Token, Tokenization } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

const REFERENCE = /\{\{resolve:(secretsmanager|ssm-secure):/;

/** Returns whether CloudFormation would replace a part of a text by a secret. A `SecretValue` becomes such a reference, however it was unwrapped. */
export function holdsSecret(scope: Construct, text: string): boolean {
  if (REFERENCE.test(text)) return true;
  if (!Token.isUnresolved(text)) return false;
  if (Tokenization.reverseString(text).tokens.some((token) => SecretValue.isSecretValue(token))) return true;
  try {
    return REFERENCE.test(JSON.stringify(Stack.of(scope).resolve(text)) ?? '');
  } catch {
    return false; // The token is known later only; no reference to a secret is.
  }
}
