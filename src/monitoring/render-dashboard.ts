import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { PipelineMetrics } from './metrics';

export interface DashboardRequest {
  readonly pipelineName: string;
  readonly metrics: PipelineMetrics;
  readonly projectNames: readonly string[];
  readonly environments: readonly string[];
  readonly approvals: boolean;
}

const HOUR = Duration.hours(1);
const DAY = Duration.days(1);

/** Runs, builds and approvals in the first row, then a row for each environment. */
export function renderDashboard(scope: Construct, request: DashboardRequest): void {
  const dashboard = new cloudwatch.Dashboard(scope, 'Dashboard', { defaultInterval: Duration.days(28) });
  dashboard.addWidgets(...runWidgets(request));
  for (const environment of request.environments)
    dashboard.addWidgets(...deliveryWidgets(request.metrics, environment));
}

const runWidgets = ({ metrics, pipelineName, projectNames, approvals }: DashboardRequest): cloudwatch.IWidget[] => [
  widget(`${pipelineName}: runs a day`, [metrics.of('Executions', 'Sum', DAY), metrics.of('Failures', 'Sum', DAY)]),
  widget('Duration in seconds', [metrics.of('Duration', 'Average', HOUR), metrics.of('RunningTime', 'Maximum', HOUR)]),
  ...(projectNames.length > 0
    ? [
        widget(
          'Builds a day',
          projectNames.flatMap((name) => [buildMetric(name, 'Builds'), buildMetric(name, 'FailedBuilds')]),
        ),
      ]
    : []),
  ...(approvals
    ? [
        widget(
          'Waiting approvals',
          [metrics.of('WaitingApprovals', 'Maximum', HOUR)],
          [metrics.of('ApprovalWait', 'Maximum', HOUR)],
        ),
      ]
    : []),
];

const deliveryWidgets = ({ delivery }: PipelineMetrics, environment: string): cloudwatch.IWidget[] => [
  widget(`${environment}: deployments a day`, [delivery(environment, 'Deployments', 'Sum')]),
  widget(`${environment}: lead time in seconds`, [delivery(environment, 'LeadTime', 'Average')]),
  widget(`${environment}: change failure rate in percent`, [
    new cloudwatch.MathExpression({
      expression: '100 * FILL(failed, 0) / (FILL(failed, 0) + FILL(succeeded, 0))',
      label: 'Change failure rate',
      period: DAY,
      usingMetrics: {
        failed: delivery(environment, 'FailedDeployments', 'Sum'),
        succeeded: delivery(environment, 'Deployments', 'Sum'),
      },
    }),
  ]),
  widget(`${environment}: time to restore in seconds`, [delivery(environment, 'TimeToRestore', 'Average')]),
];

const widget = (title: string, left: cloudwatch.IMetric[], right?: cloudwatch.IMetric[]) =>
  new cloudwatch.GraphWidget({ title, left, right, width: 6, height: 6 });

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/monitoring-metrics.html */
const buildMetric = (projectName: string, metricName: string) =>
  new cloudwatch.Metric({
    namespace: 'AWS/CodeBuild',
    metricName,
    statistic: 'Sum',
    period: DAY,
    dimensionsMap: { ProjectName: projectName },
  });
