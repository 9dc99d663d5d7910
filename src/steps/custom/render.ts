import {
  type aws_codepipeline as codepipeline,
  type aws_events as events,
  type aws_iam as iam,
  type CfnResource,
  Stack,
  Token,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { CustomActionSpec, CustomTypeSpec } from './plan';
import { allActions } from '../../pipeline/actions';
import { areKnownToDiffer, type Environment } from '../../pipeline/env';
import type { ActionPlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import type { ActionKind } from '../../render/action-kind';
import { renderActionRole } from '../../render/action-role';
import type { RenderContext, RenderedAction } from '../../render/rendered';
import { stepDescription } from '../../render/role';

/** Rule of the account of an action. */
export const PIPELINE_ACCOUNT = 'be the account of the pipeline';

export const CUSTOM_ACTION: ActionKind<CustomActionSpec> = {
  kind: 'custom-action',
  render: renderCustomAction,
  validate: (scope, { spec }, problems) => validateActionEnv(scope, spec.action, problems),
};

export const CUSTOM_TYPE: ActionKind<CustomTypeSpec> = {
  kind: 'custom-type',
  // The plan contains the whole configuration.
  render: () => ({}),
};

/** Renders an action of the user. Unless it has a role, it gets a separate role to which it can add permissions. */
function renderCustomAction(context: RenderContext, { action }: CustomActionSpec, { name }: StepPlan): RenderedAction {
  const plan = allActions(context.plan).find((other) => other.name === name)!;
  const { owner, role: configuredRole } = action.actionProperties;
  if (configuredRole) {
    return { role: configuredRole, action: new PlannedCustomAction(context, action, plan, configuredRole) };
  }
  // Job workers outside AWS process these actions, so they need no role.
  if (owner === 'Custom' || owner === 'ThirdParty') return { action: new PlannedCustomAction(context, action, plan) };
  const role = renderActionRole(new Construct(context.scope, name), context, {
    id: 'Role',
    description: stepDescription(name, context.pipelineName),
    policyName: 'Action',
    statements: [],
  });
  return {
    role,
    stepRole: { stepName: name, role },
    action: new PlannedCustomAction(context, action, plan, role, role),
  };
}

/** Wraps an action, with the run order, namespace and role of its plan. */
class PlannedCustomAction implements codepipeline.IAction {
  public constructor(
    private readonly context: RenderContext,
    private readonly action: codepipeline.IAction,
    private readonly plan: ActionPlan,
    private readonly role?: iam.IRole,
    private readonly newRole?: iam.Role,
  ) {}

  public get actionProperties(): codepipeline.ActionProperties {
    return {
      ...this.action.actionProperties,
      runOrder: this.plan.runOrder,
      role: this.role,
      variablesNamespace: this.plan.namespace,
    };
  }

  public bind(
    scope: Construct,
    stage: codepipeline.IStage,
    options: codepipeline.ActionBindOptions,
  ): codepipeline.ActionConfig {
    // The pipeline starts as soon as it exists, so the permissions that the action adds to its role below must exist
    // before.
    if (this.newRole) (stage.pipeline.node.defaultChild as CfnResource).node.addDependency(this.newRole);
    // Some permissions contain the name of the pipeline. A reference to the pipeline would be a circular dependency, so
    // the literal name is used.
    const pipeline = Object.create(stage.pipeline, {
      pipelineName: { value: this.context.pipelineName },
    }) as codepipeline.IPipeline;
    return this.action.bind(
      scope,
      Object.create(stage, { pipeline: { value: pipeline } }) as codepipeline.IStage,
      options,
    );
  }

  public onStateChange(name: string, target?: events.IRuleTarget, options?: events.RuleProps): events.Rule {
    return this.action.onStateChange(name, target, options);
  }
}

/**
 * Validates that an action is in the account and Region of the pipeline, because one bucket contains all artifacts and
 * their key is valid in one account.
 */
function validateActionEnv(scope: Construct, { actionProperties }: codepipeline.IAction, problems: Problems): void {
  const pipelineEnv = Stack.of(scope);
  const { account = actionProperties.account, region = actionProperties.region } = actionProperties.resource?.env ?? {};
  if (areKnownToDiffer(pipelineEnv.account, account)) {
    const fix =
      'use a pipeline in that account; the key of the artifacts is available only in the account of the pipeline';
    problems.at('account').add(PIPELINE_ACCOUNT, account, fix);
  }
  validateRole(pipelineEnv.account, actionProperties.role, problems);
  validateKnown(pipelineEnv, actionProperties, problems);
  if (areKnownToDiffer(pipelineEnv.region, region)) {
    const fix = 'use a pipeline in that Region; the artifacts are in a bucket in the Region of the pipeline';
    problems.at('region').add('be the Region of the pipeline', region, fix);
  }
}

/** Validates that the pipeline is in a known account and Region if the action names one, which it would not be in. */
function validateKnown(
  pipelineEnv: Environment,
  actionProperties: codepipeline.ActionProperties,
  problems: Problems,
): void {
  for (const key of ['account', 'region'] as const) {
    const configured = actionProperties[key];
    const isLiteral = configured !== undefined && !Token.isUnresolved(configured);
    if (!isLiteral || !Token.isUnresolved(pipelineEnv[key])) continue;
    const fix = `remove it, or set the ${key} of the stack of the pipeline: new Stack(app, 'S', { env: { … } })`;
    problems.at(key).add(`be set only in a pipeline stack with a concrete ${key}`, configured, fix);
  }
}

/** Validates that a role can be passed to an action. Passing a role of another account is never allowed. */
function validateRole(pipelineAccount: string, role: iam.IRole | undefined, problems: Problems): void {
  if (role === undefined || !areKnownToDiffer(pipelineAccount, role.env.account)) return;
  const fix = 'use a role in that account, which can assume the other role';
  problems.at('action').add(`have a role in the account of the pipeline, ${pipelineAccount}`, role.roleArn, fix);
}
