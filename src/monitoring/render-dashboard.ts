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
  dashboard.addWidgets(...executionWidgets(request));
  for (const environment of request.environments) {
    dashboard.addWidgets(...deploymentWidgets(request.metrics, environment));
  }
}

function executionWidgets({ metrics, pipelineName, projectNames, approvals }: DashboardRequest): cloudwatch.IWidget[] {
  const widgets = [
    widget(`${pipelineName}: executions per day`, [
      metrics.execution('Executions', 'Sum', DAY),
      metrics.execution('Failures', 'Sum', DAY),
    ]),
    widget('Duration in seconds', [
      metrics.execution('Duration', 'Average', HOUR),
      metrics.execution('RunningTime', 'Maximum', HOUR),
    ]),
  ];
  if (projectNames.length > 0) {
    const builds = projectNames.flatMap((name) => [buildMetric(name, 'Builds'), buildMetric(name, 'FailedBuilds')]);
    widgets.push(widget('Builds per day', builds));
  }
  if (approvals) {
    const waiting = metrics.execution('WaitingApprovals', 'Maximum', HOUR);
    widgets.push(widget('Waiting approvals', [waiting], [metrics.execution('ApprovalWait', 'Maximum', HOUR)]));
  }
  return widgets;
}

function deploymentWidgets(metrics: PipelineMetrics, environment: string): cloudwatch.IWidget[] {
  const succeeded = metrics.deployment(environment, 'Deployments', 'Sum');
  const failureRate = new cloudwatch.MathExpression({
    expression: '100 * FILL(failed, 0) / (FILL(failed, 0) + FILL(succeeded, 0))',
    label: 'Change failure rate',
    period: DAY,
    usingMetrics: { failed: metrics.deployment(environment, 'FailedDeployments', 'Sum'), succeeded },
  });
  return [
    widget(`${environment}: deployments per day`, [succeeded]),
    widget(`${environment}: lead time in seconds`, [metrics.deployment(environment, 'LeadTime', 'Average')]),
    widget(`${environment}: change failure rate in percent`, [failureRate]),
    widget(`${environment}: time to restore in seconds`, [metrics.deployment(environment, 'TimeToRestore', 'Average')]),
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
export type ExecutionMetric =
  'Executions' | 'Failures' | 'Duration' | 'RunningTime' | 'WaitingApprovals' | 'ApprovalWait';

/** Names of the metrics of deployments to an environment. */
export type DeploymentMetric = 'Deployments' | 'FailedDeployments' | 'LeadTime' | 'TimeToRestore';

/** Metrics of a pipeline. */
export class PipelineMetrics {
  public constructor(private readonly pipelineName: string) {}

  /** Returns a metric of the executions. */
  public execution(metricName: ExecutionMetric, statistic: string, period: Duration): cloudwatch.Metric {
    return this.metric(metricName, statistic, period, {});
  }

  /** Returns a metric of the deployments to an environment, with a period of a day. */
  public deployment(environment: string, metricName: DeploymentMetric, statistic: string): cloudwatch.Metric {
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
