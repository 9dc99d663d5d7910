import { Token } from 'aws-cdk-lib';
import type { BuildSecret } from './build-secret';
import type { SecretPlan } from './secret-plan';
import { SECRET_FIELD } from '../../aws/limits';
import type { Problems } from '../../pipeline/problems';

/** Returns the plans of secrets, by the names of their environment variables. */
export function mapSecrets(secrets: Readonly<Record<string, BuildSecret>> = {}): Record<string, SecretPlan> {
  return Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, secret._plan()]));
}

/** Validates the fields of secrets. The reference to a secret is `secret:field:stage:version`: a colon in the field would be the end of it. */
export function validateSecrets(secrets: Readonly<Record<string, SecretPlan>>, problems: Problems): void {
  for (const [name, secret] of Object.entries(secrets)) {
    const field = secret.kind === 'secrets-manager' ? secret.field : undefined;
    if (field === undefined || Token.isUnresolved(field) || SECRET_FIELD.pattern.test(field)) continue;
    problems.at(name).at('field').add(`consist of ${SECRET_FIELD.words}`, field, 'rename the key of the secret');
  }
}
