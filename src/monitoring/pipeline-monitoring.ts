import { Duration, Token, type aws_sns as sns } from 'aws-cdk-lib';
import { MONITORING_LIMITS } from '../aws/notification-limits';
import type { MonitoringPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { DURATION, ANY, FLAG, type OptionTypes, readOptions } from '../pipeline/read-options';
import { validateTopic } from '../pipeline/validation/receivers';

/** Options of {@link PipelineMonitoring.standard}. */
export interface PipelineMonitoringOptions {
  /**
   * Who is told when an alarm goes off. In the region of the pipeline; not encrypted with the key that AWS manages
   * (`alias/aws/sns`), which lets no alarm in. What alarms need is added to the policy of a topic of this app, and to
   * that of its key if it is encrypted.
   *
   * @default - nobody: alarms only change their state
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * How long a run may be in progress before an alarm goes off, at least 15 minutes. Waiting counts: for approvals, for
   * another run, for a window to open. It is looked at every 15 minutes, so the alarm may come that much later.
   *
   * @default - no such alarm
   */
  readonly maxDuration?: Duration;

  /**
   * How long an approval may wait before an alarm goes off, at least 15 minutes. It is looked at every 15 minutes.
   * Without effect where nobody is asked.
   *
   * @default Duration.hours(24)
   */
  readonly maxApprovalWait?: Duration;

  /**
   * Is there a dashboard? It costs $3.00 a month beyond the first three of the account.
   *
   * @default true
   */
  readonly dashboard?: boolean;
}

/**
 * How a pipeline is watched: metrics of its runs and of what it delivers to each environment, a dashboard, and alarms.
 *
 * Pass it as `monitoring` to any pattern. It is a value and creates nothing by itself.
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
   * Metrics, a dashboard and alarms.
   *
   * A function writes the metrics to a log by what EventBridge tells of the pipeline, and looks every 15 minutes at
   * what is in progress. Events may be told twice, and are then counted twice. Alarms: a run failed, an approval waits
   * too long and, if you say how long is too long, a run does.
   *
   * Costs a month (us-east-1, list prices): a dashboard $3.00 beyond the first three of the account, an alarm $0.10, a
   * metric $0.30 for the hours in which it is written; that is at most 6 metrics and 4 for each environment. A function
   * that runs every 15 minutes costs less than $0.05.
   *
   * @see https://aws.amazon.com/cloudwatch/pricing/
   */
  public static standard(options: PipelineMonitoringOptions = {}): PipelineMonitoring {
    return new PipelineMonitoring(options ?? {});
  }

  /** Nothing, at no price. */
  public static none(): PipelineMonitoring {
    return new PipelineMonitoring();
  }

  private constructor(private readonly options?: PipelineMonitoringOptions) {}

  /** @internal */
  public _plan(problems: Problems): MonitoringPlan | undefined {
    if (!this.options) return undefined;
    const options = readOptions(this.options, OPTION_TYPES, problems);
    const { alarmTopic, maxDuration, maxApprovalWait, dashboard = true } = options;
    const isTopic = alarmTopic !== undefined && validateTopic(alarmTopic, 'alarm', problems.at('alarmTopic'));
    const maxDurationSeconds = planThreshold(maxDuration, problems.at('maxDuration'));
    const maxApprovalWaitSeconds = planThreshold(maxApprovalWait, problems.at('maxApprovalWait'));
    return {
      ...(isTopic && { alarmTopic }),
      maxDurationSeconds,
      maxApprovalWaitSeconds: maxApprovalWaitSeconds ?? DEFAULT_APPROVAL_WAIT.toSeconds(),
      dashboard,
    };
  }
}

const OPTION_TYPES: OptionTypes<PipelineMonitoringOptions> = {
  alarmTopic: ANY, // validated with its key
  maxDuration: DURATION,
  maxApprovalWait: DURATION,
  dashboard: FLAG,
};

const DEFAULT_APPROVAL_WAIT = Duration.hours(24);

/** Plans a duration above which an alarm fires, in seconds. */
function planThreshold(duration: Duration | undefined, problems: Problems): number | undefined {
  const seconds = duration?.toSeconds({ integral: false });
  if (seconds === undefined || Token.isUnresolved(seconds) || seconds >= MONITORING_LIMITS.pollIntervalMinutes * 60) {
    return seconds;
  }
  const rule = `be at least ${MONITORING_LIMITS.pollIntervalMinutes} minutes, since that is how often it is looked at`;
  problems.add(rule, `${seconds} seconds`, 'choose a longer time');
  return undefined;
}
