import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { providerOf } from '../aws/action-providers';
import { MONITORING_LIMITS } from '../aws/notification-limits';
import { areKnownToDiffer } from '../pipeline/env';
import type { MonitoringPlan, PipelinePlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { inPipelineEnv, RESOURCE } from '../pipeline/rules';

/** Returns the names of the environments that each stage deploys to. */
export function deployingStages({ stages }: PipelinePlan): Record<string, readonly string[]> {
  const deploying = stages.filter(({ environments = [] }) => environments.length > 0);
  return Object.fromEntries(deploying.map(({ name, environments }) => [name, environments!.map((env) => env.name)]));
}

/** Returns whether a pipeline has manual approvals. */
export function hasApprovals({ stages }: PipelinePlan): boolean {
  return stages.some(({ actions }) => actions.some((action) => providerOf(action).category === 'Approval'));
}

/** Validates that the names of stages and environments fit into the environment variables of the function. */
export function validateMonitoredStages(plan: PipelinePlan, problems: Problems): void {
  const length = Buffer.byteLength(JSON.stringify(deployingStages(plan)));
  if (plan.monitoring === undefined || length <= MONITORING_LIMITS.stagesBytes) return;
  problems.add(
    `have at most ${MONITORING_LIMITS.stagesBytes} bytes of stage and environment names`,
    length,
    'shorten the names of environments, or split the pipeline',
  );
}

/**
 * Validates that the topic of alarms is in the Region of the pipeline.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function validateMonitoringEnv(scope: Construct, plan: MonitoringPlan | undefined, problems: Problems): void {
  const { region } = Stack.of(scope);
  const topic = plan?.alarmTopic;
  if (!topic || !areKnownToDiffer(region, topic.env.region)) return;
  const rule = inPipelineEnv(RESOURCE.topic, 'Region', region);
  problems.at('alarmTopic').add(rule, `${topic.node.path} in ${topic.env.region}`, 'pass a topic of that Region');
}
