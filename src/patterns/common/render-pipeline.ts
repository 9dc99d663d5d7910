import { Annotations, Aws, aws_codepipeline as codepipeline, aws_iam as iam, type CfnResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { compact } from '../../common/compact';
import { latePolicies } from '../../render/late-policies';
import { renderActionLogs } from '../../render/action-logs';
import { validatePlacement } from './validate-placement';
import { resolvePlacement, renderEnvironments } from '../../render/environment-context';
import { renderStores, storesProps, type StoresRequest } from '../../render/artifact-stores';
import { validateSharedBucket } from '../../render/shared-bucket';
import { gitTriggersOf } from '../../sources/triggers/git/render';
import { allow, artifactStoreStatements, policyDocument, type Statement } from '../../render/grants';
import { distribute } from '../../render/policy-size';
import { renderManagedPolicies } from '../../render/role';
import { renderMonitoring } from '../../monitoring/render';
import { renderNotifications } from '../../notifications/render';
import { PlannedAction } from '../../render/planned-action';
import type { RenderContext, RenderedAction, RenderedPipeline } from '../../render/rendered';
import { ACTION_KINDS } from './action-kinds';
import { renderCrossAccountSources } from '../../sources/resource/render-cross-account-sources';
import { stageConditions } from '../../conditions/render-stage-conditions';
import { renderEventTriggers } from '../../sources/triggers/events/render';
import { checkPullPermission } from './check-pull-permission';
import { checkPullAccess } from './check-repository';
import { warningsOf } from '../../pipeline/warnings';
import { validatePolicySizes } from '../../render/validate-policy-sizes';
import { allActions, allSteps } from '../../pipeline/actions';
import type { PipelinePlan } from '../../pipeline/pipeline-plan';
import { failIfAny, Problems } from '../../pipeline/problems';

/** Renders a planned pipeline below a scope. */
export function renderPipeline(scope: Construct, plan: PipelinePlan, pipelineName: string): RenderedPipeline {
  const problems = new Problems();
  validatePlacement(scope, plan, ACTION_KINDS, problems);
  failIfAny(scope, problems.all);
  addWarnings(scope, plan);
  checkPullAccess(scope, plan);
  checkPullPermission(scope, plan);
  validatePolicySizes(scope, propOfStages(plan));
  const placement = resolvePlacement(scope, plan, pipelineName);
  validateStores(scope, placement.stores);
  const role = new iam.Role(scope, 'Role', {
    roleName: placement.pipelineRoleName,
    assumedBy: new iam.ServicePrincipal('codepipeline.amazonaws.com', {
      // AWS does not document that CodePipeline sends this key.
      conditions: { StringEqualsIfExists: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    description: `Service role of the pipeline ${pipelineName}`,
  });
  const stores = renderStores(scope, placement.stores);
  const artifactBucket = stores.primary;

  // The AWS documentation does not state whether the action role or the role of the pipeline writes the log.
  let logStatements: readonly Statement[] = [];

  function actionLogs(): readonly Statement[] {
    logStatements = renderActionLogs(scope, { owner: scope, pipelineName, logDays: plan.logDays });
    return logStatements;
  }

  const earlier = new Map<string, RenderedAction>();
  const environments = renderEnvironments(placement, {
    scope,
    plan,
    pipelineName,
    pipelineRoleArn: role.roleArn,
    artifactBucket,
    actionLogs,
  });
  const sources = renderCrossAccountSources(scope, plan, placement.stores.identity);
  const context: RenderContext = {
    scope,
    plan,
    pipelineName,
    pipelineRole: role,
    artifactBucket,
    actionLogs,
    environments,
    sources,
    earlier,
  };
  // Steps are rendered in the order in which they may start, so that each finds the ones it depends on.
  for (const step of allSteps(plan)) earlier.set(step.name, ACTION_KINDS.of(step).render(context, step.spec, step));
  const rendered = [...earlier.values()];

  // The policy is separate from the role, because it refers to the roles of environments, which trust this role.
  const policies = renderRolePolicies(scope, role, [
    ...[artifactBucket, ...Object.values(stores.replicas)].flatMap(artifactStoreStatements),
    ...rendered.flatMap(({ pipelineStatements }) => pipelineStatements ?? []),
    ...logStatements,
    ...assumeRoles(rendered),
  ]);
  const actions = new Map<string, codepipeline.IAction>(
    allActions(plan).map((action) => {
      const renderedAction = earlier.get(action.name)!;
      return [action.name, renderedAction.action ?? new PlannedAction(action, renderedAction)];
    }),
  );
  const pipeline = new codepipeline.Pipeline(scope, 'Pipeline', {
    pipelineName,
    pipelineType: codepipeline.PipelineType.V2,
    executionMode: plan.executionMode === 'SUPERSEDED' ? undefined : (plan.executionMode as codepipeline.ExecutionMode),
    restartExecutionOnUpdate: plan.restartOnUpdate || undefined,
    // Other constructs do not extend the permissions of the role.
    role: role.withoutPolicyUpdates(),
    usePipelineRoleForActions: true,
    ...storesProps(scope, stores),
    crossAccountKeys: false,
    variables: plan.variables.map(
      ({ name, ...options }) => new codepipeline.Variable({ variableName: name, ...options }),
    ),
    stages: plan.stages.map((stage) => ({
      stageName: stage.name,
      ...stageConditions(stage, earlier),
      transitionToEnabled: stage.disabledReason === undefined ? undefined : false,
      transitionDisabledReason: stage.disabledReason,
      actions: stage.actions.map(({ name }) => actions.get(name)!),
    })),
    triggers: plan.gitTriggers.length > 0 ? gitTriggersOf(plan.gitTriggers, actions) : undefined,
  });
  const resource = pipeline.node.defaultChild as codepipeline.CfnPipeline;
  // The pipeline starts when it is created, so its permissions must be created before.
  resource.node.addDependency(...compact([...policies, artifactBucket.policy]));
  resource.node.addDependency(latePolicies(resource, rendered.flatMap(rolesOf)));
  overrideEnvironmentVariables(resource, plan, earlier);
  renderEventTriggers(scope, plan, pipeline, { rendered: earlier, sources, identity: placement.stores.identity });
  renderNotifications(scope, plan.notifications, pipeline, pipelineName);
  renderMonitoring(scope, plan, {
    pipeline,
    pipelineName,
    projectNames: rendered.flatMap(({ build }) => build?.project.projectName ?? []),
  });

  return {
    pipeline,
    role,
    artifactBucket,
    builds: rendered.flatMap(({ build }) => build ?? []),
    stepRoles: rendered.flatMap(({ stepRole }) => stepRole ?? []),
    environments: rendered.flatMap(({ environment }) => environment ?? []),
  };
}

/** Validates the bucket of the user, if there is one. */
function validateStores(scope: Construct, { bucket, crossAccountRoles }: StoresRequest): void {
  if (bucket === undefined) return;
  const problems = new Problems();
  validateSharedBucket(scope, bucket, crossAccountRoles, problems.at('artifactBucket'));
  failIfAny(scope, problems.all);
}

function addWarnings(scope: Construct, plan: PipelinePlan): void {
  const annotations = Annotations.of(scope);
  for (const { id, text, informational } of warningsOf(plan)) {
    if (informational) annotations.addInfoV2(`cdk-pipeline-patterns:${id}`, text);
    else annotations.addWarningV2(`cdk-pipeline-patterns:${id}`, text);
  }
}

/** Returns the property that most stages come from, such as `environments`. */
function propOfStages({ stages }: PipelinePlan): string {
  return stages[stages.length - 1].path.replace(/[.[].*$/, '');
}

/** Renders the policies of the role of the pipeline: one, unless it would exceed the maximum size. */
function renderRolePolicies(scope: Construct, role: iam.Role, statements: readonly Statement[]): CfnResource[] {
  const [inline, ...more] = distribute(scope, statements).map(policyDocument);
  const roles = [role.roleName];
  const policy = new iam.CfnPolicy(scope, 'RolePolicy', { policyName: 'Pipeline', roles, policyDocument: inline });
  return [policy, ...renderManagedPolicies(policy, more, roles)];
}

/** Returns the roles that were created for an action, to which users add permissions. */
function rolesOf({ build, stepRole, environment }: RenderedAction): iam.IRole[] {
  return compact([build?.role, stepRole?.role, environment?.actionRole, environment?.cloudFormationRole]);
}

/** Allows assuming the roles of actions. */
function assumeRoles(rendered: RenderedAction[]): Statement[] {
  const roles = [...new Set(rendered.flatMap(({ role }) => role?.roleArn ?? []))];
  if (roles.length === 0) return [];
  return [allow(['sts:AssumeRole'], roles)];
}

/** Sets the environment variables of actions, which the L2 does not support. */
function overrideEnvironmentVariables(
  resource: codepipeline.CfnPipeline,
  plan: PipelinePlan,
  rendered: ReadonlyMap<string, RenderedAction>,
) {
  plan.stages.forEach((stage, s) =>
    stage.actions.forEach(({ name }, a) => {
      const variables = rendered.get(name)!.environmentVariables ?? [];
      if (variables.length > 0) {
        resource.addPropertyOverride(
          `Stages.${s}.Actions.${a}.EnvironmentVariables`,
          variables.map(({ name: Name, value, type }) => ({ Name, Value: value, Type: type })),
        );
      }
    }),
  );
}
