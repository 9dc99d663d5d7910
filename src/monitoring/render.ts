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

/** Renders the function that measures, and the rules that invoke it. */
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
    description: `Measures the pipeline ${pipelineName}`,
    policyName: 'Measure',
    statements: monitoringStatements({
      pipelineArn: pipeline.pipelineArn,
      hasApprovals: approvals,
      stateArns: renderState(scope, state, environments),
      logGroupArn: logGroup.logGroupArn,
    }),
  });
  const handler = new lambda.Function(scope, 'Function', {
    description: `Measures the pipeline ${pipelineName}`,
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(monitoringFunction()),
    role: role.withoutPolicyUpdates(),
    logGroup,
    // A call for each run in progress, of which there are 50 at most.
    timeout: Duration.seconds(60),
    environment: {
      PIPELINE: pipelineName,
      STAGES: JSON.stringify(stages),
      STATE: state,
      NAMESPACE,
      ...(approvals && { APPROVALS: 'true' }),
    },
  });
  renderEventRule(scope, 'Runs', handler, {
    description: 'Tells of runs of the pipeline',
    eventPattern: changesOf(pipelineName, 'Pipeline', {}),
  });
  if (environments.length > 0) {
    renderEventRule(scope, 'Deployments', handler, {
      description: 'Tells of deployments by the pipeline',
      eventPattern: changesOf(pipelineName, 'Stage', { stage: Object.keys(stages) }),
    });
  }
  // An execution that is still in progress sends no event.
  if (approvals || plan.monitoring!.maxDurationSeconds !== undefined) {
    renderEventRule(scope, 'Look', handler, {
      description: 'Looks at what is in progress',
      scheduleExpression: `rate(${MONITORING_LIMITS.pollIntervalMinutes} minutes)`,
    });
  }
}

/**
 * Renders parameters that hold since when each environment has failed. The function writes them; CloudFormation only
 * creates them.
 */
function renderState(scope: Construct, prefix: string, environments: readonly string[]): string[] {
  const failedSince = new Construct(scope, 'FailedSince');
  return environments.map(
    (environment) =>
      new ssm.StringParameter(failedSince, environment, {
        parameterName: prefix + environment,
        stringValue: 'none',
        description: `Since when ${environment} has failed`,
      }).parameterArn,
  );
}

/**
 * Returns a pattern of the events of this pipeline, not of one of the same name whose events another account or Region
 * forwards.
 */
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

/** Names what the function that measures a pipeline works on. */
interface MonitoringResources {
  readonly pipelineArn: string;
  readonly hasApprovals: boolean;
  /** Parameters that hold since when an environment has failed. */
  readonly stateArns: readonly string[];
  readonly logGroupArn: string;
}

/**
 * Allows the function that measures a pipeline to read its executions and their actions, to store since when an
 * environment has failed, and to write metrics into its log.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html
 */
export function monitoringStatements(resources: MonitoringResources) {
  const { pipelineArn, stateArns, logGroupArn } = resources;
  const ofActions = resources.hasApprovals ? ['codepipeline:ListActionExecutions'] : [];
  return [
    allow(['codepipeline:ListPipelineExecutions', ...ofActions], [pipelineArn]),
    ...(stateArns.length > 0 ? [allow(['ssm:GetParameter', 'ssm:PutParameter'], stateArns)] : []),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroupArn]),
  ];
}
