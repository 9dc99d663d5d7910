import {
  type aws_codepipeline as codepipeline,
  type aws_events as events,
  type aws_iam as iam,
  type CfnResource,
  Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { CustomActionSpec, CustomTypeSpec } from './plan';
import { allActions } from '../../pipeline/actions';
import { areKnownToDiffer } from '../../pipeline/env';
import type { ActionPlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import type { ActionKind } from '../../render/action-kind';
import { renderActionRole } from '../../render/action-role';
import type { RenderContext, RenderedAction } from '../../render/rendered';

export const CUSTOM_ACTION: ActionKind<CustomActionSpec> = {
  kind: 'custom-action',
  render: renderCustomAction,
  validate: (scope, { spec }, problems) => validateActionEnv(scope, spec.action, problems),
};

export const CUSTOM_TYPE: ActionKind<CustomTypeSpec> = {
  kind: 'custom-type',
  // The plan has all of its configuration.
  render: () => ({}),
};

/** Renders an action of the user under a role of its own, which it may add permissions to, unless it brings a role. */
function renderCustomAction(context: RenderContext, { action }: CustomActionSpec, { name }: StepPlan): RenderedAction {
  const plan = allActions(context.plan).find((other) => other.name === name)!;
  const { owner, role: ownRole } = action.actionProperties;
  if (ownRole) return { role: ownRole, action: new PlacedAction(context, action, plan, ownRole) };
  // Nothing of AWS runs for these.
  if (owner === 'Custom' || owner === 'ThirdParty') return { action: new PlacedAction(context, action, plan) };
  const role = renderActionRole(new Construct(context.scope, name), context, {
    id: 'Role',
    description: `Runs the step ${name} of the pipeline ${context.pipelineName}`,
    policyName: 'Action',
    statements: [],
  });
  return { role, stepRole: { stepName: name, role }, action: new PlacedAction(context, action, plan, role, role) };
}

/** The same action, with the run order, the namespace and the role that the plan gives it. */
class PlacedAction implements codepipeline.IAction {
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
    // The pipeline starts as soon as it exists; by then the permissions of the action must. They are what the class
    // adds to its role below.
    if (this.newRole) (stage.pipeline.node.defaultChild as CfnResource).node.addDependency(this.newRole);
    // Some of them hold the name of the pipeline. It is known, and a reference to it would wait for the pipeline, which
    // waits for them.
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
 * Validates that an action is in the account and Region of the pipeline: one bucket holds all artifacts, and its key
 * serves one account.
 */
function validateActionEnv(scope: Construct, { actionProperties }: codepipeline.IAction, problems: Problems): void {
  const pipelineEnv = Stack.of(scope);
  const { account = actionProperties.account, region = actionProperties.region } = actionProperties.resource?.env ?? {};
  if (areKnownToDiffer(pipelineEnv.account, account)) {
    const fix =
      'its artifacts are encrypted with a key that serves one account; deploy from a pipeline of that account';
    problems.at('account').add('be that of the pipeline', account, fix);
  }
  if (areKnownToDiffer(pipelineEnv.region, region)) {
    const fix = 'its artifacts are in one bucket of this region; deploy from a pipeline of that region';
    problems.at('region').add('be that of the pipeline', region, fix);
  }
}
