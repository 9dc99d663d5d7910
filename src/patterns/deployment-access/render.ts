import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { AccessPlan } from './plan';
import type { PipelineIdentity } from '../../render/cross-account-names';
import { crossEnvScope } from '../../render/environment-context';
import type { RenderedEnvironment } from '../../render/rendered';
import { validatePolicySizes } from '../../render/validate-policy-sizes';
import { ACTION_KINDS } from '../common/action-kinds';

/** Renders the roles and resources of environments outside of the app of their pipeline. */
export function renderAccess(
  scope: Construct,
  { environments, logDays }: AccessPlan,
  identity: PipelineIdentity,
): { environments: RenderedEnvironment[] } {
  const { account, region } = Stack.of(scope);
  const rendered = environments.flatMap(({ name, steps }) => {
    const environmentScope = crossEnvScope(scope, {
      owner: scope,
      identity,
      environment: name,
      env: { account, region },
      logDays,
      // Whether the pipeline has a customer managed key depends on its other environments.
      hasKey: true,
    });
    return steps.flatMap(
      (step) => ACTION_KINDS.targetOf(step)?.renderResources(environmentScope, step.spec, step) ?? [],
    );
  });
  validatePolicySizes(scope, 'environments');
  return { environments: rendered };
}
