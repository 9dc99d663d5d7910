import {
  type aws_codepipeline as codepipeline,
  type aws_events as events,
  type aws_iam as iam,
  type CfnResource,
  Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { renderActionRole } from '../../render/action-role';
import type { ActionRenderer, RenderContext } from '../../render/rendered';
import { allActions } from '../../pipeline/actions';
import type { ActionPlan } from '../../pipeline/pipeline-plan';
import type { CustomActionSpec, CustomTypeSpec } from './custom-specs';
import type { ActionKind } from '../../render/action-kind';
import { areKnownToDiffer } from '../../pipeline/env';
import type { Problems } from '../../pipeline/problems';

/** An action of the user's, under a role of its own that it may add to, unless it brings one. */
export const renderCustomAction: ActionRenderer<CustomActionSpec> = (context, { action }, { name }) => {
  const plan = allActions(context.plan).find((one) => one.name === name)!;
  const { owner, role: given } = action.actionProperties;
  if (given) return { role: given, action: new PlacedAction(context, action, plan, given) };
  // Nothing of AWS runs for these.
  if (owner === 'Custom' || owner === 'ThirdParty') return { action: new PlacedAction(context, action, plan) };
  const role = renderActionRole(new Construct(context.scope, plan.name), context, {
    id: 'Role',
    description: `Runs the step ${plan.name} of the pipeline ${context.pipelineName}`,
    policyName: 'Action',
    statements: [],
  });
  return { role, action: new PlacedAction(context, action, plan, role, role) };
};

/** The same action, at the place and under the role that the plan gives it. */
class PlacedAction implements codepipeline.IAction {
  public constructor(
    private readonly context: RenderContext,
    private readonly action: codepipeline.IAction,
    private readonly plan: ActionPlan,
    private readonly role?: iam.IRole,
    private readonly madeRole?: iam.Role,
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
    // The pipeline starts as soon as it exists; by then the permissions of the action must. They are what the class adds to its role below.
    if (this.madeRole) (stage.pipeline.node.defaultChild as CfnResource).node.addDependency(this.madeRole);
    // Some of them hold the name of the pipeline. It is known, and a reference to it would wait for the pipeline, which waits for them.
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

export const CUSTOM_ACTION: ActionKind<CustomActionSpec> = {
  kind: 'custom-action',
  render: renderCustomAction,
  validate: (scope, { spec }, problems) => validateActionEnv(scope, spec.action, problems),
};

export const CUSTOM_TYPE: ActionKind<CustomTypeSpec> = {
  kind: 'custom-type',
  // Its plan is all there is.
  render: () => ({}),
};

/** Validates that an action is in the account and Region of the pipeline: one bucket holds all artifacts, and its key serves one account. */
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
