import { Token } from 'aws-cdk-lib';
import type { SecretPlan } from './secret-plan';
import { allow, arnOf, type Statement } from '../render/grants';

type SecretsManagerPlan = Extract<SecretPlan, { kind: 'secrets-manager' }>;

/**
 * For a step that reads secrets: these, and the keys that they are encrypted with. The keys that AWS manages for the
 * two services need no grant.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.env.secrets-manager
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
 */
export function secretStatements(secrets: Readonly<Record<string, SecretPlan>>): Statement[] {
  return Object.values(secrets).filter(isFirstOfSecret).flatMap(statementsOf);
}

/** Of several fields of a secret, each is read with the same permission. */
function isFirstOfSecret(plan: SecretPlan, i: number, plans: readonly SecretPlan[]): boolean {
  if (plan.kind === 'parameter') return true;
  return plans.findIndex((other) => other.kind === 'secrets-manager' && other.secret === plan.secret) === i;
}

function statementsOf(plan: SecretPlan): Statement[] {
  if (plan.kind === 'parameter') {
    const read = allow(['ssm:GetParameters'], [plan.parameter.parameterArn]);
    return plan.encryptionKey ? [read, decryptStatement(plan.encryptionKey)] : [read];
  }
  const read = allow(['secretsmanager:GetSecretValue'], [fullArnOf(plan)]);
  const { encryptionKey } = plan.secret;
  return encryptionKey ? [read, decryptStatement(encryptionKey)] : [read];
}

function decryptStatement({ keyArn }: { readonly keyArn: string }): Statement {
  return allow(['kms:Decrypt'], [keyArn]);
}

/**
 * An ARN that is known in part lacks the six characters that the service adds; a secret imported in an old way has its
 * name there.
 */
function fullArnOf({ secret: { secretFullArn, secretArn, secretName } }: SecretsManagerPlan): unknown {
  if (secretFullArn !== undefined) return secretFullArn;
  const hasArn = Token.isUnresolved(secretArn) || secretArn.startsWith('arn:');
  return hasArn ? `${secretArn}-??????` : arnOf('secretsmanager', `secret:${secretName}-??????`);
}

/** Returns how CodeBuild names a secret: `<secret>[:<field>]`. */
export function secretReference(plan: SecretPlan): string {
  if (plan.kind === 'parameter') return plan.parameter.parameterName;
  const { secret, field } = plan;
  const name = secret.secretFullArn ?? secret.secretName;
  return field === undefined ? name : `${name}:${field}`;
}
