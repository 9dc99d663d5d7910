import {
  Aws,
  type aws_codepipeline as codepipeline,
  aws_events as events,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_logs as logs,
  aws_ssm as ssm,
  Duration,
  RemovalPolicy,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { deployingStages, hasApprovals } from './monitored-stages';
import { renderAlarms } from './render-alarms';
import { renderDashboard, NAMESPACE, PipelineMetrics } from './render-dashboard';
import { MONITORING_LIMITS } from '../aws/notification-limits';
import { compact } from '../common/compact';
import { monitoringFunction } from '../functions';
import type { PipelinePlan } from '../pipeline/pipeline-plan';
import { allow } from '../render/grants';
import { generatedName } from '../render/names';
import { renderRole } from '../render/role';

/** Describes the pipeline that is monitored. */
export interface MonitoredPipeline {
  readonly pipeline: codepipeline.Pipeline;
  readonly pipelineName: string;
  readonly projectNames: readonly string[];
}

/** Renders the monitoring of a pipeline below a construct `Monitoring`, if it has any. */
export function renderMonitoring(scope: Construct, plan: PipelinePlan, monitored: MonitoredPipeline): void {
  if (!plan.monitoring) return;
  const monitoring = new Construct(scope, 'Monitoring');
  const environments = Object.values(deployingStages(plan)).flat();
  const approvals = hasApprovals(plan);
  renderFunction(monitoring, plan, monitored, environments);
  const metrics = new PipelineMetrics(monitored.pipelineName);
  renderAlarms(monitoring, plan.monitoring, metrics, approvals);
  if (plan.monitoring.dashboard) renderDashboard(monitoring, { ...monitored, metrics, environments, approvals });
}

/** Renders the function that writes metrics, and the rules that invoke it. */
function renderFunction(
  scope: Construct,
  plan: PipelinePlan,
  { pipeline, pipelineName }: MonitoredPipeline,
  environments: readonly string[],
): void {
  const approvals = hasApprovals(plan);
  const stages = deployingStages(plan);
  const state = `/pipeline-monitoring/${generatedName(scope, 100)}/`;
  const logGroup = new logs.LogGroup(scope, 'Log', { retention: plan.logDays, removalPolicy: RemovalPolicy.DESTROY });
  const role = renderRole(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: `Writes metrics of the pipeline ${pipelineName}`,
    policyName: 'WriteMetrics',
    statements: monitoringStatements({
      pipelineArn: pipeline.pipelineArn,
      hasApprovals: approvals,
      stateArns: renderState(scope, state, environments),
      logGroupArn: logGroup.logGroupArn,
    }),
  });
  const environment: Record<string, string> = {
    PIPELINE: pipelineName,
    STAGES: JSON.stringify(stages),
    STATE: state,
    NAMESPACE,
  };
  if (approvals) environment.APPROVALS = 'true';
  const handler = new lambda.Function(scope, 'Function', {
    description: `Writes metrics of the pipeline ${pipelineName}`,
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(monitoringFunction()),
    role: role.withoutPolicyUpdates(),
    logGroup,
    // The function makes a call for each execution in progress, of which there are at most 50.
    timeout: Duration.seconds(60),
    environment,
  });
  renderEventRule(scope, 'Executions', handler, {
    description: 'Forwards state changes of executions',
    eventPattern: changesOf(pipelineName, 'Pipeline', {}),
  });
  if (environments.length > 0) {
    renderEventRule(scope, 'Deployments', handler, {
      description: 'Forwards state changes of stages that deploy',
      eventPattern: changesOf(pipelineName, 'Stage', { stage: Object.keys(stages) }),
    });
  }
  // Executions in progress send no events.
  if (approvals || plan.monitoring!.maxDurationSeconds !== undefined) {
    renderEventRule(scope, 'Poll', handler, {
      description: 'Polls executions in progress',
      scheduleExpression: `rate(${MONITORING_LIMITS.pollIntervalMinutes} minutes)`,
    });
  }
}

/**
 * Renders a parameter for each environment with the time since which its deployments have failed. The function updates
 * the parameters.
 */
function renderState(scope: Construct, prefix: string, environments: readonly string[]): string[] {
  const failedSince = new Construct(scope, 'FailedSince');
  return environments.map(
    (environment) =>
      new ssm.StringParameter(failedSince, environment, {
        parameterName: prefix + environment,
        stringValue: 'none',
        description: `Time since which deployments to ${environment} have failed`,
      }).parameterArn,
  );
}

/** Returns an event pattern that excludes pipelines of the same name whose events are forwarded from other accounts. */
function changesOf(pipelineName: string, level: 'Pipeline' | 'Stage', detail: object) {
  return {
    source: ['aws.codepipeline'],
    account: [Aws.ACCOUNT_ID],
    region: [Aws.REGION],
    'detail-type': [`CodePipeline ${level} Execution State Change`],
    detail: { pipeline: [pipelineName], state: ['STARTED', 'SUCCEEDED', 'FAILED'], ...detail },
  };
}

/** Renders a rule that invokes the function. */
function renderEventRule(scope: Construct, id: string, handler: lambda.Function, props: events.CfnRuleProps): void {
  const rule = new events.CfnRule(scope, id, { ...props, targets: [{ id: 'Function', arn: handler.functionArn }] });
  new lambda.CfnPermission(scope, `${id}Permission`, {
    action: 'lambda:InvokeFunction',
    functionName: handler.functionName,
    principal: 'events.amazonaws.com',
    sourceArn: rule.attrArn,
  });
}

/** Describes the resources that the function accesses. */
interface MonitoringResources {
  readonly pipelineArn: string;
  readonly hasApprovals: boolean;
  /** Parameters with the time since which an environment has failed. */
  readonly stateArns: readonly string[];
  readonly logGroupArn: string;
}

/**
 * Allows the function to read the executions of the pipeline, to update the parameters of the environments, and to
 * write metrics to its log.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html
 */
export function monitoringStatements(resources: MonitoringResources) {
  const { pipelineArn, stateArns, logGroupArn } = resources;
  const listActions = resources.hasApprovals && 'codepipeline:ListActionExecutions';
  return compact([
    allow(compact(['codepipeline:ListPipelineExecutions', listActions]), [pipelineArn]),
    stateArns.length > 0 && allow(['ssm:GetParameter', 'ssm:PutParameter'], stateArns),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroupArn]),
  ]);
}
