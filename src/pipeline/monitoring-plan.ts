import type { aws_sns as sns } from 'aws-cdk-lib';
import type { PipelinePlan } from './pipeline-plan';
import { problem, type Problem } from './problems';
import { providerOf } from '../aws/action-providers';
import { MONITORING_LIMITS } from '../aws/limits';

/** How a pipeline is watched, with all its defaults decided. */
export interface MonitoringPlan {
  readonly alarmTopic?: sns.ITopic;
  /** Longer runs are alarmed of; none, unless it is said. */
  readonly maxDurationSeconds?: number;
  readonly maxApprovalWaitSeconds: number;
  readonly dashboard: boolean;
}

/** The stages that deploy, with the environments that they deploy to. */
export const deployingStages = ({ stages }: PipelinePlan): Record<string, readonly string[]> =>
  Object.fromEntries(
    stages.flatMap(({ name, environments = [] }) =>
      environments.length > 0 ? [[name, environments.map((one) => one.name)]] : [],
    ),
  );

/** Does somebody have to answer, for a run to go on? */
export const hasApprovals = ({ stages }: PipelinePlan): boolean =>
  stages.some(({ actions }) => actions.some((action) => providerOf(action).category === 'Approval'));

/** What is wrong with watching this pipeline. */
export function checkMonitored(prop: string, plan: PipelinePlan): Problem[] {
  const length = Buffer.byteLength(JSON.stringify(deployingStages(plan)));
  return plan.monitoring === undefined || length <= MONITORING_LIMITS.stagesBytes
    ? []
    : [
        problem(
          prop,
          `be told of stages and environments in at most ${MONITORING_LIMITS.stagesBytes} bytes`,
          length,
          'shorten the names of environments, or split the pipeline',
        ),
      ];
}
