import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { MonitoringPlan } from '../pipeline/monitoring-plan';
import { problem, type Problem } from '../pipeline/problems';

/**
 * What only the place shows that the pipeline has in the tree. @see
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function checkMonitoringPlace(scope: Construct, { alarmTopic }: Partial<MonitoringPlan> = {}): Problem[] {
  const { region } = Stack.of(scope);
  const at = alarmTopic?.env.region ?? region;
  if (Token.isUnresolved(region) || Token.isUnresolved(at) || at === region) return [];
  return [
    problem(
      'monitoring.alarmTopic',
      `be a topic of the region of the pipeline, ${region}`,
      `${alarmTopic!.node.path} in ${at}`,
      'pass a topic of that region',
    ),
  ];
}
