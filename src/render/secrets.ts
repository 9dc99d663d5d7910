import { allow, type Statement } from './grants';
import type { SecretPlan } from '../plan/secret-plan';

/** What reading secrets needs: these, and the keys that they are encrypted with. */
export const secretStatements = (secrets: Readonly<Record<string, SecretPlan>>): Statement[] => Object.values(secrets).flatMap((plan) => {
  switch (plan.kind) {
    case 'secrets-manager': return [
      // An ARN that is known in part only lacks the six characters that the service adds.
      allow(['secretsmanager:GetSecretValue'], [plan.secret.secretFullArn ?? `${plan.secret.secretArn}-??????`]),
      ...plan.secret.encryptionKey ? [allow(['kms:Decrypt'], [plan.secret.encryptionKey.keyArn])] : [],
    ];
    case 'parameter': return [allow(['ssm:GetParameters'], [plan.parameter.parameterArn])];
  }
});

/** How a secret is named to CodeBuild: `<secret>[:<field>]`. */
export const secretReference = (plan: SecretPlan): string => plan.kind === 'parameter'
  ? plan.parameter.parameterName
  : [plan.secret.secretFullArn ?? plan.secret.secretName, ...plan.field === undefined ? [] : [plan.field]].join(':');
