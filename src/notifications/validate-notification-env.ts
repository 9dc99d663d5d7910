import type { Construct } from 'constructs';
import { channelKindOf } from './kinds';
import { NOTIFICATION_REGIONS } from '../aws/regions';
import type { NotificationPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { validateRegion } from '../render/validate-region';

/** Validates notifications against the construct tree: the environments of topics, and other configurations. */
export function validateNotificationEnv(
  scope: Construct,
  plans: readonly NotificationPlan[],
  problems: Problems,
): void {
  for (const { path, channel } of plans) {
    const at = problems.root(path);
    validateRegion(scope, 'notification rules are', NOTIFICATION_REGIONS, at);
    channelKindOf(channel).validate?.(scope, channel, at);
  }
}
