import { Aws, aws_codepipeline as codepipeline, aws_iam as iam, aws_logs as logs, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { renderArtifactBucket } from './artifact-bucket';
import { renderBuild } from './build/build';
import { renderConnectionSource } from './source/connection';
import type { ActionPlan, PipelinePlan, WorkPlan } from '../plan/pipeline-plan';
import { renderStaticSite } from './deploy/static-site';
import { allow, artifactStoreStatements, logStatements, policyDocument, type Statement } from './grants';
import { PlannedAction } from './planned-action';
import { renderApproval } from './promotion/approval';
import type { ActionRenderer, RenderContext, RenderedAction, RenderedPipeline } from './rendered';

/** One renderer for each kind of work. */
const RENDERERS: { readonly [K in WorkPlan['kind']]: ActionRenderer<Extract<WorkPlan, { kind: K }>> } = {
  'connection-source': renderConnectionSource,
  'build': renderBuild,
  'approval': renderApproval,
  'static-site': renderStaticSite,
};

/** Makes everything that a plan says, below `scope`. */
export function renderPipeline(scope: Construct, plan: PipelinePlan, pipelineName: string): RenderedPipeline {
  const role = new iam.Role(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('codepipeline.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    description: `Service role of the pipeline ${pipelineName}`,
  });
  const artifactBucket = renderArtifactBucket(scope, plan);
  const actionLogs = once(() => renderActionLogs(scope, plan, pipelineName));
  const context: RenderContext = { scope, plan, pipelineName, pipelineRole: role, artifactBucket, actionLogs };

  const rendered: RenderedAction[] = [];
  const stages = plan.stages.map((stage) => ({
    stageName: stage.name,
    onFailure: stage.rollBack ? { result: codepipeline.Result.ROLLBACK } : undefined,
    actions: stage.actions.map((action) => {
      const one = renderAction(context, action);
      rendered.push(one);
      return new PlannedAction(action, one);
    }),
  }));

  // Apart from the role: the roles of environments trust this one, and its permissions name them.
  const policy = new iam.CfnPolicy(scope, 'RolePolicy', {
    policyName: 'Pipeline',
    roles: [role.roleName],
    policyDocument: policyDocument([
      ...artifactStoreStatements(artifactBucket), ...rendered.flatMap((one) => one.pipelineStatements ?? []), ...assumeRoles(rendered),
    ]),
  });
  const pipeline = new codepipeline.Pipeline(scope, 'Pipeline', {
    pipelineName,
    pipelineType: codepipeline.PipelineType.V2,
    // What the pipeline may do is written here, not added to by every construct that it meets.
    role: role.withoutPolicyUpdates(),
    usePipelineRoleForActions: true,
    artifactBucket,
    crossAccountKeys: false,
    stages,
  });
  // The pipeline starts as soon as it exists; by then its permissions must.
  pipeline.node.defaultChild!.node.addDependency(policy, artifactBucket.policy!);

  return {
    pipeline,
    role,
    artifactBucket,
    builds: rendered.flatMap((one) => one.build ?? []),
    sites: rendered.flatMap((one) => one.site ?? []),
  };
}

function renderAction(context: RenderContext, action: ActionPlan): RenderedAction {
  // The table is exact for each kind; the compiler cannot see that key and value belong together.
  const render = RENDERERS[action.work.kind] as ActionRenderer;
  return render(context, action.work, action);
}

function assumeRoles(rendered: RenderedAction[]): Statement[] {
  const roles = [...new Set(rendered.flatMap((one) => one.role?.roleArn ?? []))];
  return roles.length === 0 ? [] : [allow(['sts:AssumeRole'], roles)];
}

/**
 * The log group of actions on compute of CodePipeline. Its name is fixed by the service; made here, it has a retention.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
 */
function renderActionLogs(scope: Construct, plan: PipelinePlan, pipelineName: string): Statement[] {
  const logGroupName = `/aws/codepipeline/${pipelineName}`;
  const logGroup = new logs.CfnLogGroup(scope, 'ActionLogs', { logGroupName, retentionInDays: plan.logDays });
  logGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
  return logStatements(logGroup, logGroupName);
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => made ??= make();
}
