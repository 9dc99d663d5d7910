import { Annotations, Aws, aws_codepipeline as codepipeline, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { renderActionLogs } from './action-logs';
import { checkPlace } from './check-place';
import { layOut, renderEnvironments } from './environment/sight';
import { renderStores, storesProps } from './environment/stores';
import { gitTriggersOf } from './git-triggers';
import { allow, artifactStoreStatements, policyDocument, type Statement } from './grants';
import { renderMonitoring } from './monitoring';
import { renderNotifications } from './notifications';
import { PlannedAction } from './planned-action';
import type { ActionRenderer, RenderContext, RenderedAction, RenderedPipeline } from './rendered';
import { RENDERERS } from './renderers';
import { renderSourcesElsewhere } from './source/elsewhere';
import { stageConditions } from './stage-conditions';
import { renderStartRules } from './start-rules';
import { watchPulls } from './watch-pulls';
import { doubtsOf } from '../plan/doubts';
import { allActions, allSteps, type PipelinePlan, type StepPlan } from '../plan/pipeline-plan';
import { failIfAny } from '../plan/problems';

/** Makes everything that a plan says, below `scope`. */
export function renderPipeline(scope: Construct, plan: PipelinePlan, pipelineName: string): RenderedPipeline {
  failIfAny(scope, checkPlace(scope, plan));
  for (const { id, text } of doubtsOf(plan)) Annotations.of(scope).addWarningV2(`cdk-pipeline-patterns:${id}`, text);
  watchPulls(scope, plan);
  const layout = layOut(scope, plan, pipelineName);
  const role = new iam.Role(scope, 'Role', {
    roleName: layout.pipelineRoleName,
    assumedBy: new iam.ServicePrincipal('codepipeline.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    description: `Service role of the pipeline ${pipelineName}`,
  });
  const stores = renderStores(scope, layout.stores);
  const artifactBucket = stores.home;
  const actionLogs = () => renderActionLogs(scope, pipelineName, plan.logDays);
  const earlier = new Map<string, RenderedAction>();
  const environments = renderEnvironments(layout, { scope, plan, pipelineName, pipelineRoleArn: role.roleArn, artifactBucket, actionLogs });
  const sources = renderSourcesElsewhere(scope, plan, layout.stores.identity);
  const context: RenderContext = { scope, plan, pipelineName, pipelineRole: role, artifactBucket, actionLogs, environments, sources, earlier };
  // In the order in which they may start, so that what is used is there before what uses it.
  for (const step of allSteps(plan)) earlier.set(step.name, renderStep(context, step));
  const rendered = [...earlier.values()];

  // Apart from the role: the roles of environments trust this one, and its permissions name them.
  const policy = new iam.CfnPolicy(scope, 'RolePolicy', {
    policyName: 'Pipeline',
    roles: [role.roleName],
    policyDocument: policyDocument([
      ...[artifactBucket, ...Object.values(stores.others)].flatMap(artifactStoreStatements),
      ...rendered.flatMap((one) => one.pipelineStatements ?? []),
      ...assumeRoles(rendered),
    ]),
  });
  const actions = new Map<string, codepipeline.IAction>(allActions(plan).map((action) => {
    const one = earlier.get(action.name)!;
    return [action.name, one.action ?? new PlannedAction(action, one)];
  }));
  const pipeline = new codepipeline.Pipeline(scope, 'Pipeline', {
    pipelineName,
    pipelineType: codepipeline.PipelineType.V2,
    executionMode: plan.executionMode === 'SUPERSEDED' ? undefined : plan.executionMode as codepipeline.ExecutionMode,
    restartExecutionOnUpdate: plan.restartOnUpdate || undefined,
    // What the pipeline may do is written here, not added to by every construct that it meets.
    role: role.withoutPolicyUpdates(),
    usePipelineRoleForActions: true,
    ...storesProps(scope, stores),
    crossAccountKeys: false,
    variables: plan.variables.map(({ name, ...options }) => new codepipeline.Variable({ variableName: name, ...options })),
    stages: plan.stages.map((stage) => ({
      stageName: stage.name,
      ...stageConditions(stage, earlier),
      ...stage.disabledReason !== undefined && { transitionToEnabled: false, transitionDisabledReason: stage.disabledReason },
      actions: stage.actions.map(({ name }) => actions.get(name)!),
    })),
    triggers: plan.gitTriggers.length > 0 ? gitTriggersOf(plan.gitTriggers, actions) : undefined,
  });
  const resource = pipeline.node.defaultChild as codepipeline.CfnPipeline;
  // The pipeline starts as soon as it exists; by then its permissions must.
  resource.node.addDependency(policy, artifactBucket.policy!);
  overrideEnvironmentVariables(resource, plan, earlier);
  renderStartRules(scope, plan, pipeline, { rendered: earlier, sources, identity: layout.stores.identity });
  renderNotifications(scope, plan.notifications, pipeline, pipelineName);
  renderMonitoring(scope, plan, { pipeline, pipelineName, projectNames: rendered.flatMap((one) => one.build?.project.projectName ?? []) });

  return {
    pipeline,
    role,
    artifactBucket,
    builds: rendered.flatMap((one) => one.build ?? []),
    environments: rendered.flatMap((one) => one.environment ?? []),
  };
}

function renderStep(context: RenderContext, step: StepPlan): RenderedAction {
  // The table is exact for each kind; the compiler cannot see that key and value belong together.
  const render = RENDERERS[step.work.kind] as ActionRenderer;
  return render(context, step.work, step);
}

function assumeRoles(rendered: RenderedAction[]): Statement[] {
  const roles = [...new Set(rendered.flatMap((one) => one.role?.roleArn ?? []))];
  return roles.length === 0 ? [] : [allow(['sts:AssumeRole'], roles)];
}

/** The L2 knows no environment variables of actions. */
function overrideEnvironmentVariables(resource: codepipeline.CfnPipeline, plan: PipelinePlan, rendered: ReadonlyMap<string, RenderedAction>) {
  plan.stages.forEach((stage, s) => stage.actions.forEach(({ name }, a) => {
    const variables = rendered.get(name)!.environmentVariables ?? [];
    if (variables.length > 0) {
      resource.addPropertyOverride(`Stages.${s}.Actions.${a}.EnvironmentVariables`, variables.map(({ name: Name, value, type }) => ({ Name, Value: value, Type: type })));
    }
  }));
}
