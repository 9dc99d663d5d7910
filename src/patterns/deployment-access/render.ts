import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { AccessPlan } from './plan';
import { compact } from '../../common/compact';
import type { PipelineIdentity } from '../../render/cross-account-names';
import { crossEnvScope } from '../../render/environment-context';
import type { RenderedPipeline } from '../../render/rendered';
import { validatePolicySizes } from '../../render/validate-policy-sizes';
import { ACTION_KINDS } from '../common/action-kinds';

/** Resources of environments outside of the app of their pipeline. */
export type BuiltAccess = Pick<RenderedPipeline, 'environments' | 'stepRoles'>;

/** Renders the roles and resources of environments outside of the app of their pipeline. */
export function renderAccess(
  scope: Construct,
  { environments, logDays }: AccessPlan,
  identity: PipelineIdentity,
): BuiltAccess {
  const { account, region } = Stack.of(scope);
  const built: BuiltAccess = { environments: [], stepRoles: [] };
  for (const { name, steps } of environments) {
    const environmentScope = crossEnvScope(scope, {
      owner: scope,
      identity,
      environment: name,
      env: { account, region },
      logDays,
      // Whether the pipeline has a customer managed key depends on its other environments.
      hasKey: true,
    });
    for (const step of steps) {
      const environment = ACTION_KINDS.targetOf(step)?.renderResources(environmentScope, step.spec, step);
      const stepRole = ACTION_KINDS.testOf(step)?.renderTestRole(environmentScope, step.spec, step);
      built.environments.push(...compact([environment]));
      built.stepRoles.push(...compact([stepRole]));
    }
  }
  validatePolicySizes(scope, 'environments');
  return built;
}
