import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { areKnownToDiffer } from '../pipeline/env';
import type { MonitoringPlan } from '../pipeline/monitoring-plan';
import type { Problems } from '../pipeline/problems';

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
