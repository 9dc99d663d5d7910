import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Describes the contents of a dashboard. */
export interface DashboardRequest {
  readonly pipelineName: string;
  readonly metrics: PipelineMetrics;
  readonly projectNames: readonly string[];
  readonly environments: readonly string[];
  readonly approvals: boolean;
}

const HOUR = Duration.hours(1);
const DAY = Duration.days(1);

/** Renders a dashboard: executions, builds and approvals in the first row, then a row for each environment. */
export function renderDashboard(scope: Construct, request: DashboardRequest): void {
  const dashboard = new cloudwatch.Dashboard(scope, 'Dashboard', { defaultInterval: Duration.days(28) });
  dashboard.addWidgets(...runWidgets(request));
  for (const environment of request.environments) {
    dashboard.addWidgets(...deliveryWidgets(request.metrics, environment));
  }
}

function runWidgets({ metrics, pipelineName, projectNames, approvals }: DashboardRequest): cloudwatch.IWidget[] {
  const widgets = [
    widget(`${pipelineName}: runs a day`, [metrics.run('Executions', 'Sum', DAY), metrics.run('Failures', 'Sum', DAY)]),
    widget('Duration in seconds', [
      metrics.run('Duration', 'Average', HOUR),
      metrics.run('RunningTime', 'Maximum', HOUR),
    ]),
  ];
  if (projectNames.length > 0) {
    const builds = projectNames.flatMap((name) => [buildMetric(name, 'Builds'), buildMetric(name, 'FailedBuilds')]);
    widgets.push(widget('Builds a day', builds));
  }
  if (approvals) {
    const waiting = metrics.run('WaitingApprovals', 'Maximum', HOUR);
    widgets.push(widget('Waiting approvals', [waiting], [metrics.run('ApprovalWait', 'Maximum', HOUR)]));
  }
  return widgets;
}

function deliveryWidgets(metrics: PipelineMetrics, environment: string): cloudwatch.IWidget[] {
  const succeeded = metrics.delivery(environment, 'Deployments', 'Sum');
  const failureRate = new cloudwatch.MathExpression({
    expression: '100 * FILL(failed, 0) / (FILL(failed, 0) + FILL(succeeded, 0))',
    label: 'Change failure rate',
    period: DAY,
    usingMetrics: { failed: metrics.delivery(environment, 'FailedDeployments', 'Sum'), succeeded },
  });
  return [
    widget(`${environment}: deployments a day`, [succeeded]),
    widget(`${environment}: lead time in seconds`, [metrics.delivery(environment, 'LeadTime', 'Average')]),
    widget(`${environment}: change failure rate in percent`, [failureRate]),
    widget(`${environment}: time to restore in seconds`, [metrics.delivery(environment, 'TimeToRestore', 'Average')]),
  ];
}

function widget(title: string, left: cloudwatch.IMetric[], right?: cloudwatch.IMetric[]): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({ title, left, right, width: 6, height: 6 });
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/monitoring-metrics.html */
function buildMetric(projectName: string, metricName: string): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/CodeBuild',
    metricName,
    statistic: 'Sum',
    period: DAY,
    dimensionsMap: { ProjectName: projectName },
  });
}

/** Namespace of all metrics that the library writes. */
export const NAMESPACE = 'CdkPipelinePatterns';

/** Names of the metrics of executions. */
export type RunMetric = 'Executions' | 'Failures' | 'Duration' | 'RunningTime' | 'WaitingApprovals' | 'ApprovalWait';

/** Names of the metrics of deployments to an environment. */
export type DeliveryMetric = 'Deployments' | 'FailedDeployments' | 'LeadTime' | 'TimeToRestore';

/** Metrics of a pipeline. */
export class PipelineMetrics {
  public constructor(private readonly pipelineName: string) {}

  /** Returns a metric of the executions. */
  public run(metricName: RunMetric, statistic: string, period: Duration): cloudwatch.Metric {
    return this.metric(metricName, statistic, period, {});
  }

  /** Returns a metric of the deployments to an environment, with a period of a day. */
  public delivery(environment: string, metricName: DeliveryMetric, statistic: string): cloudwatch.Metric {
    return this.metric(metricName, statistic, Duration.days(1), { Environment: environment });
  }

  private metric(
    metricName: string,
    statistic: string,
    period: Duration,
    dimensions: Record<string, string>,
  ): cloudwatch.Metric {
    const dimensionsMap = { Pipeline: this.pipelineName, ...dimensions };
    return new cloudwatch.Metric({ namespace: NAMESPACE, metricName, statistic, period, dimensionsMap });
  }
}
