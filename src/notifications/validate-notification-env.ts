import type { Construct } from 'constructs';
import { channelKindOf } from './kinds';
import type { NotificationPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/** Validates notifications against the construct tree: the environments of topics, and other configurations. */
export function validateNotificationEnv(
  scope: Construct,
  plans: readonly NotificationPlan[],
  problems: Problems,
): void {
  for (const { path, channel } of plans) channelKindOf(channel).validate?.(scope, channel, problems.root(path));
}
