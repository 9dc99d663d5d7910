import type { BuildSecret } from './build-secret';
import type { SecretPlan } from './secret-plan';
import type { Problems } from '../pipeline/problems';

/** Plans secrets, by the names of their environment variables, and reports what is wrong with them. */
export function planSecrets(
  secrets: Readonly<Record<string, BuildSecret>> | undefined,
  problems: Problems,
): Record<string, SecretPlan> {
  const plans: Record<string, SecretPlan> = {};
  for (const [name, secret] of Object.entries(secrets ?? {})) {
    const plan = secret._plan(problems.at(name));
    if (plan) plans[name] = plan;
  }
  return plans;
}
