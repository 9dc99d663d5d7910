import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';

/** Namespace of all metrics that the library writes. */
export const NAMESPACE = 'CdkPipelinePatterns';

/** Names of the metrics that the function writes. */
export type RunMetric = 'Executions' | 'Failures' | 'Duration' | 'RunningTime' | 'WaitingApprovals' | 'ApprovalWait';
export type DeliveryMetric = 'Deployments' | 'FailedDeployments' | 'LeadTime' | 'TimeToRestore';

/** Metrics of a pipeline. */
export class PipelineMetrics {
  public constructor(private readonly pipelineName: string) {}

  /** Returns a metric of the executions. */
  public run(metricName: RunMetric, statistic: string, period: Duration): cloudwatch.Metric {
    return this.metric(metricName, statistic, period, {});
  }

  /** Returns a metric of the deployments to an environment, over a day. */
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
