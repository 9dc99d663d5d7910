import { Duration, type aws_sns as sns } from 'aws-cdk-lib';
import { MONITORING_LIMITS } from '../aws/notification-limits';
import type { MonitoringPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { DURATION, ANY, FLAG, type OptionTypes, readOptions } from '../pipeline/read-options';
import { KNOWN_VALUE } from '../pipeline/rules';
import { validateTopic } from '../pipeline/validation/receivers';

/** Options of {@link PipelineMonitoring.standard}. */
export interface PipelineMonitoringOptions {
  /**
   * SNS topic that alarms publish to, in the Region of the pipeline.
   *
   * The policies of a topic of this app, and of its key if it is encrypted, are extended to allow alarms to publish.
   * The topic must not be encrypted with the AWS managed key (`alias/aws/sns`), whose policy allows no alarm to
   * publish.
   *
   * @default - no topic: alarms change their state without an action
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * Duration of an execution after which an alarm fires, at least 15 minutes.
   *
   * It includes the time that the execution waits for approvals, other executions and deployment windows. Executions
   * are polled every 15 minutes, so the alarm may fire up to 15 minutes later.
   *
   * @default - no alarm
   */
  readonly maxDuration?: Duration;

  /**
   * Waiting time of an approval after which an alarm fires, at least 15 minutes.
   *
   * Approvals are polled every 15 minutes. Has no effect on a pipeline without approvals.
   *
   * @default Duration.hours(24)
   */
  readonly maxApprovalWait?: Duration;

  /**
   * Whether to create a dashboard. A dashboard costs $3.00 per month; the first three of an account are free.
   *
   * @default true
   */
  readonly dashboard?: boolean;
}

/**
 * Monitoring of a pipeline: metrics of its executions and of the deployments to each environment, a dashboard, and
 * alarms.
 *
 * Pass it as `monitoring` to any pattern. It is a value; it creates no resources by itself.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
 *
 * @example
 * declare const onCall: sns.Topic;
 *
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   environments: [new DeploymentEnvironment('staging'), new DeploymentEnvironment('production')],
 *   monitoring: PipelineMonitoring.standard({ alarmTopic: onCall, maxApprovalWait: Duration.hours(8) }),
 * });
 */
export class PipelineMonitoring {
  /**
   * Creates metrics, a dashboard and alarms.
   *
   * A Lambda function receives the events of the pipeline from EventBridge and writes metrics to its log. It also polls
   * executions in progress every 15 minutes. EventBridge may deliver an event twice, which is then counted twice.
   * Alarms fire if an execution fails, if an approval waits too long and, if `maxDuration` is set, if an execution
   * takes too long.
   *
   * Monthly cost (us-east-1, list prices): $3.00 for a dashboard beyond the first three of the account, $0.10 for each
   * alarm, $0.30 for each metric, prorated by the hours in which it is written. There are at most 6 metrics, and 4 for
   * each environment. Running the function every 15 minutes costs less than $0.05.
   *
   * @see https://aws.amazon.com/cloudwatch/pricing/
   */
  public static standard(options: PipelineMonitoringOptions = {}): PipelineMonitoring {
    return new PipelineMonitoring(options ?? {});
  }

  /** Creates no monitoring. */
  public static none(): PipelineMonitoring {
    return new PipelineMonitoring(null);
  }

  private constructor(private readonly options: PipelineMonitoringOptions | null) {}

  /** @internal */
  public _plan(problems: Problems): MonitoringPlan | undefined {
    if (this.options === null) return undefined;
    const options = readOptions(this.options, OPTION_TYPES, problems);
    const { alarmTopic, maxDuration, maxApprovalWait, dashboard = true } = options;
    const isTopic = alarmTopic !== undefined && validateTopic(alarmTopic, 'alarm', problems.at('alarmTopic'));
    const maxDurationSeconds = planThreshold(maxDuration, problems.at('maxDuration'));
    const maxApprovalWaitSeconds = planThreshold(maxApprovalWait, problems.at('maxApprovalWait'));
    return {
      alarmTopic: isTopic ? alarmTopic : undefined,
      maxDurationSeconds,
      maxApprovalWaitSeconds: maxApprovalWaitSeconds ?? DEFAULT_APPROVAL_WAIT.toSeconds(),
      dashboard,
    };
  }
}

const OPTION_TYPES: OptionTypes<PipelineMonitoringOptions> = {
  alarmTopic: ANY, // Validated with its key.
  maxDuration: DURATION,
  maxApprovalWait: DURATION,
  dashboard: FLAG,
};

const DEFAULT_APPROVAL_WAIT = Duration.hours(24);

/** Plans a duration after which an alarm fires, in seconds. */
function planThreshold(duration: Duration | undefined, problems: Problems): number | undefined {
  if (duration?.isUnresolved()) {
    problems.add(KNOWN_VALUE, 'a token', 'pass a literal duration, e.g. Duration.hours(8)');
    return undefined;
  }
  const seconds = duration?.toSeconds({ integral: false });
  const { pollIntervalMinutes } = MONITORING_LIMITS;
  if (seconds === undefined || seconds >= pollIntervalMinutes * 60) return seconds;
  const rule = `be at least ${pollIntervalMinutes} minutes, the interval at which executions are polled`;
  problems.add(rule, `${seconds} seconds`, 'choose a longer duration');
  return undefined;
}
