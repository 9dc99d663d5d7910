import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';

/** Of all metrics that are ours. */
export const NAMESPACE = 'CdkPipelinePatterns';

/** Names that the function writes. */
export type RunMetric = 'Executions' | 'Failures' | 'Duration' | 'RunningTime' | 'WaitingApprovals' | 'ApprovalWait';
export type DeliveryMetric = 'Deployments' | 'FailedDeployments' | 'LeadTime' | 'TimeToRestore';

/** The metrics of a pipeline. */
export interface PipelineMetrics {
  readonly of: (metricName: RunMetric, statistic: string, period: Duration) => cloudwatch.Metric;
  /** A day's worth, of an environment. */
  readonly delivery: (environment: string, metricName: DeliveryMetric, statistic: string) => cloudwatch.Metric;
}

export const metricsOf = (pipelineName: string): PipelineMetrics => ({
  of: (metricName, statistic, period) =>
    new cloudwatch.Metric({
      namespace: NAMESPACE,
      metricName,
      statistic,
      period,
      dimensionsMap: { Pipeline: pipelineName },
    }),
  delivery: (environment, metricName, statistic) =>
    new cloudwatch.Metric({
      namespace: NAMESPACE,
      metricName,
      statistic,
      period: Duration.days(1),
      dimensionsMap: { Pipeline: pipelineName, Environment: environment },
    }),
});
