import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Environment } from '../../pipeline/env';
import { fail, failIfAny, Problems } from '../../pipeline/problems';

/**
 * Plans a construct once.
 *
 * @param plan returns the plan, and reports problems; without a problem there must be a plan
 * @throws one error with all problems
 */
export function planOrFail<Plan>(
  scope: Construct,
  plan: (env: Environment, problems: Problems) => Plan | undefined,
): Plan {
  const problems = new Problems();
  const { account, region } = Stack.of(scope);
  const planned = plan({ account, region }, problems);
  failIfAny(scope, problems.all);
  return planned ?? fail(scope, ['internal error: no plan and no problem; please report it']);
}
