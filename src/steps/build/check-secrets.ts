import { Token } from 'aws-cdk-lib';
import { allSteps, type PipelinePlan } from '../../pipeline/pipeline-plan';
import { problem, type Problem } from '../../pipeline/problems';
import type { SecretPlan } from './secret-plan';
import { SECRET_FIELD } from '../../aws/limits';

/** What is wrong with the secrets of steps, besides their names, which are those of environment variables. */
export const checkSecrets = (plan: PipelinePlan): Problem[] =>
  allSteps(plan).flatMap(({ name, spec }) =>
    spec.kind === 'build' || spec.kind === 'commands'
      ? Object.values(spec.secrets).flatMap((secret) => checkField(`${name}.secrets`, secret))
      : [],
  );

/** The reference to a secret is `secret:field:stage:version`: a colon in the field would be the end of it. */
function checkField(prop: string, secret: SecretPlan): Problem[] {
  const field = secret.kind === 'secrets-manager' ? secret.field : undefined;
  if (field === undefined || Token.isUnresolved(field) || SECRET_FIELD.pattern.test(field)) return [];
  return [problem(`${prop}.field`, `consist of ${SECRET_FIELD.words}`, field, 'rename the key of the secret')];
}
