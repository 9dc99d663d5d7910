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
import { monitoringStatements } from '../render/grants';
import { renderAlarms } from './render-alarms';
import { renderDashboard } from './render-dashboard';
import { metricsOf, NAMESPACE } from './metrics';
import { generatedName } from '../render/names';
import { renderRole } from '../render/role';
import { MONITORING_LIMITS } from '../aws/limits';
import { monitoringFunction } from '../functions';
import { deployingStages, hasApprovals } from './monitored-stages';
import type { PipelinePlan } from '../pipeline/pipeline-plan';

/** What there is to watch. */
export interface Monitored {
  readonly pipeline: codepipeline.Pipeline;
  readonly pipelineName: string;
  readonly projectNames: readonly string[];
}

/** What watches the pipeline, below a construct `Monitoring`. */
export function renderMonitoring(scope: Construct, plan: PipelinePlan, monitored: Monitored): void {
  if (!plan.monitoring) return;
  const below = new Construct(scope, 'Monitoring');
  const environments = Object.values(deployingStages(plan)).flat();
  renderMeasuring(below, plan, monitored, environments);
  const metrics = metricsOf(monitored.pipelineName);
  renderAlarms(below, plan.monitoring, metrics, hasApprovals(plan));
  if (plan.monitoring.dashboard)
    renderDashboard(below, { ...monitored, metrics, environments, approvals: hasApprovals(plan) });
}

/** The function that measures, and what tells it. */
function renderMeasuring(
  scope: Construct,
  plan: PipelinePlan,
  { pipeline, pipelineName }: Monitored,
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
      approvals,
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
  tell(scope, 'Runs', handler, {
    description: 'Tells of runs of the pipeline',
    eventPattern: changes(pipelineName, 'Pipeline', {}),
  });
  if (environments.length > 0) {
    tell(scope, 'Deployments', handler, {
      description: 'Tells of deployments by the pipeline',
      eventPattern: changes(pipelineName, 'Stage', { stage: Object.keys(stages) }),
    });
  }
  // What is still in progress tells nothing.
  if (approvals || plan.monitoring!.maxDurationSeconds !== undefined) {
    tell(scope, 'Look', handler, {
      description: 'Looks at what is in progress',
      scheduleExpression: `rate(${MONITORING_LIMITS.lookMinutes} minutes)`,
    });
  }
}

/** Since when each environment has failed. The function writes them; CloudFormation only makes them. */
const renderState = (scope: Construct, prefix: string, environments: readonly string[]): string[] => {
  const failedSince = new Construct(scope, 'FailedSince');
  return environments.map(
    (environment) =>
      new ssm.StringParameter(failedSince, environment, {
        parameterName: prefix + environment,
        stringValue: 'none',
        description: `Since when ${environment} has failed`,
      }).parameterArn,
  );
};

/** Events of this pipeline, not of one of the same name whose events another account or region forwards. */
const changes = (pipelineName: string, level: 'Pipeline' | 'Stage', detail: object) => ({
  source: ['aws.codepipeline'],
  account: [Aws.ACCOUNT_ID],
  region: [Aws.REGION],
  'detail-type': [`CodePipeline ${level} Execution State Change`],
  detail: { pipeline: [pipelineName], state: ['STARTED', 'SUCCEEDED', 'FAILED'], ...detail },
});

function tell(scope: Construct, id: string, handler: lambda.Function, props: events.CfnRuleProps): void {
  const rule = new events.CfnRule(scope, id, { ...props, targets: [{ id: 'Function', arn: handler.functionArn }] });
  new lambda.CfnPermission(scope, `${id}Permission`, {
    action: 'lambda:InvokeFunction',
    functionName: handler.functionName,
    principal: 'events.amazonaws.com',
    sourceArn: rule.attrArn,
  });
}
