import { PREDEFINED_ECS } from '../../aws/code-deploy';
import type { DeploymentConfigurationPlan } from './ecs-specs';
import type { ShiftPlan } from '../rollout/rollout-plan';

/** How CodeDeploy is told of a rollout: by a deployment configuration of AWS where one is the same, since those need not be made. */
export function configurationOf({
  kind,
  percentage,
  minutes,
}: Pick<ShiftPlan, 'kind' | 'percentage' | 'minutes'>): DeploymentConfigurationPlan {
  const same = PREDEFINED_ECS.find(
    (one) => one.kind === kind && one.percentage === percentage && one.minutes === minutes,
  );
  return same || kind === 'all-at-once'
    ? { predefined: (same ?? PREDEFINED_ECS[0]).name }
    : { kind, percentage: percentage!, minutes: minutes! };
}

/** Minutes from the first step to the last. */
export const minutesOfSteps = ({
  kind,
  percentage = 100,
  minutes = 0,
}: Pick<ShiftPlan, 'kind' | 'percentage' | 'minutes'>) =>
  kind === 'linear' ? (Math.ceil(100 / percentage) - 1) * minutes : minutes;
