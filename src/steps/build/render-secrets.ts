import { Token } from 'aws-cdk-lib';
import { allow, arnOf, type Statement } from '../../render/grants';
import type { SecretPlan } from './secret-plan';

type SecretsManagerPlan = Extract<SecretPlan, { kind: 'secrets-manager' }>;

/**
 * What reading secrets needs: these, and the keys that they are encrypted with. The keys that AWS manages for the two services need no
 * grant.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.env.secrets-manager
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
 */
export const secretStatements = (secrets: Readonly<Record<string, SecretPlan>>): Statement[] =>
  Object.values(secrets)
    .filter(firstOfItsSecret)
    .flatMap((plan) => {
      switch (plan.kind) {
        case 'secrets-manager':
          return [
            allow(['secretsmanager:GetSecretValue'], [fullArnOf(plan)]),
            ...(plan.secret.encryptionKey ? [allow(['kms:Decrypt'], [plan.secret.encryptionKey.keyArn])] : []),
          ];
        case 'parameter':
          return [
            allow(['ssm:GetParameters'], [plan.parameter.parameterArn]),
            ...(plan.encryptionKey ? [allow(['kms:Decrypt'], [plan.encryptionKey.keyArn])] : []),
          ];
      }
    });

/** Of several fields of a secret, each is read with the same permission. */
const firstOfItsSecret = (plan: SecretPlan, i: number, all: readonly SecretPlan[]) =>
  plan.kind === 'parameter' ||
  all.findIndex((other) => other.kind === 'secrets-manager' && other.secret === plan.secret) === i;

/** An ARN that is known in part lacks the six characters that the service adds; a secret imported in an old way has its name there. */
function fullArnOf({ secret: { secretFullArn, secretArn, secretName } }: SecretsManagerPlan): unknown {
  if (secretFullArn !== undefined) return secretFullArn;
  return Token.isUnresolved(secretArn) || secretArn.startsWith('arn:')
    ? `${secretArn}-??????`
    : arnOf('secretsmanager', `secret:${secretName}-??????`);
}

/** How a secret is named to CodeBuild: `<secret>[:<field>]`. */
export const secretReference = (plan: SecretPlan): string =>
  plan.kind === 'parameter'
    ? plan.parameter.parameterName
    : [plan.secret.secretFullArn ?? plan.secret.secretName, ...(plan.field === undefined ? [] : [plan.field])].join(
        ':',
      );
