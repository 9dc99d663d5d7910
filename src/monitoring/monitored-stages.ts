import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { providerOf } from '../aws/action-providers';
import { MONITORING_LIMITS } from '../aws/notification-limits';
import { areKnownToDiffer } from '../pipeline/env';
import type { MonitoringPlan, PipelinePlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/** Returns the stages that deploy, with the environments that they deploy to. */
export function deployingStages({ stages }: PipelinePlan): Record<string, readonly string[]> {
  const deploying = stages.flatMap(({ name, environments = [] }) =>
    environments.length > 0 ? [[name, environments.map((environment) => environment.name)] as const] : [],
  );
  return Object.fromEntries(deploying);
}

/** Returns whether an execution waits for manual approvals. */
export function hasApprovals({ stages }: PipelinePlan): boolean {
  return stages.some(({ actions }) => actions.some((action) => providerOf(action).category === 'Approval'));
}

/** Validates that what the monitoring function receives of the pipeline fits into its configuration. */
export function validateMonitoredStages(plan: PipelinePlan, problems: Problems): void {
  const length = Buffer.byteLength(JSON.stringify(deployingStages(plan)));
  if (plan.monitoring === undefined || length <= MONITORING_LIMITS.stagesBytes) return;
  problems.add(
    `be told of stages and environments in at most ${MONITORING_LIMITS.stagesBytes} bytes`,
    length,
    'shorten the names of environments, or split the pipeline',
  );
}

/**
 * Validates that alarms publish to a topic of their own Region.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function validateMonitoringEnv(scope: Construct, plan: MonitoringPlan | undefined, problems: Problems): void {
  const { region } = Stack.of(scope);
  const topic = plan?.alarmTopic;
  if (!topic || !areKnownToDiffer(region, topic.env.region)) return;
  const rule = `be a topic of the region of the pipeline, ${region}`;
  problems.at('alarmTopic').add(rule, `${topic.node.path} in ${topic.env.region}`, 'pass a topic of that region');
}
