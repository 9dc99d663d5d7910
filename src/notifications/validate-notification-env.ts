import type { Construct } from 'constructs';
import { channelKindOf } from './kinds';
import type { NotificationPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/**
 * Validates what only the construct tree shows of notifications: where topics are, and what else configures a channel.
 */
export function validateNotificationEnv(
  scope: Construct,
  plans: readonly NotificationPlan[],
  problems: Problems,
): void {
  for (const { path, channel } of plans) channelKindOf(channel).validate?.(scope, channel, problems.root(path));
}
