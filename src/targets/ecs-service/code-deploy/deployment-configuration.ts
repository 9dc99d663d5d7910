import { PREDEFINED_ECS } from '../../../aws/code-deploy';
import type { TrafficShift } from '../../rollout/plan';
import type { DeploymentConfiguration } from '../spec';

type Speed = Pick<TrafficShift, 'kind' | 'percentage' | 'minutes'>;

/** Returns the deployment configuration of a traffic shift: the predefined one of AWS if there is one. */
export function deploymentConfiguration({ kind, percentage, minutes }: Speed): DeploymentConfiguration | undefined {
  const predefined = PREDEFINED_ECS.find(
    (each) => each.kind === kind && each.percentage === percentage && each.minutes === minutes,
  );
  if (predefined) return { predefined: predefined.name };
  if (kind === 'all-at-once' || percentage === undefined || minutes === undefined) return undefined;
  return { kind, percentage, minutes };
}

/** Returns the minutes from the first step to the last. */
export function minutesOfSteps({ kind, percentage = 100, minutes = 0 }: Speed): number {
  return kind === 'linear' ? (Math.ceil(100 / percentage) - 1) * minutes : minutes;
}
