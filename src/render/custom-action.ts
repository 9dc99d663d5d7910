import { type aws_codepipeline as codepipeline, type aws_events as events, type aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { renderActionRole } from './action-role';
import type { ActionRenderer } from './rendered';
import type { CustomActionPlan } from '../plan/pipeline-plan';

/** An action of the user's, under a role of its own that it may add to, unless it brings one. */
export const renderCustomAction: ActionRenderer<CustomActionPlan> = (context, { action }, plan) => {
  if (action.actionProperties.role) return { action: new PlacedAction(action, plan.runOrder, action.actionProperties.role) };
  const { category, owner } = action.actionProperties;
  // Nothing of AWS runs for these.
  if (category === 'Approval' || owner === 'Custom' || owner === 'ThirdParty') return { action: new PlacedAction(action, plan.runOrder) };
  const role = renderActionRole(new Construct(context.scope, plan.name), context, {
    id: 'Role', description: `Runs the step ${plan.name} of the pipeline ${context.pipelineName}`, policyName: 'Action', statements: [],
  });
  return { role, action: new PlacedAction(action, plan.runOrder, role) };
};

/** The same action, at the place and under the role that the plan gives it. */
class PlacedAction implements codepipeline.IAction {
  public constructor(private readonly action: codepipeline.IAction, private readonly runOrder: number, private readonly role?: iam.IRole) {}

  public get actionProperties(): codepipeline.ActionProperties {
    return { ...this.action.actionProperties, runOrder: this.runOrder, role: this.role };
  }

  public bind(scope: Construct, stage: codepipeline.IStage, options: codepipeline.ActionBindOptions): codepipeline.ActionConfig {
    return this.action.bind(scope, stage, options);
  }

  public onStateChange(name: string, target?: events.IRuleTarget, options?: events.RuleProps): events.Rule {
    return this.action.onStateChange(name, target, options);
  }
}
