import type { ActionPlan, PipelinePlan, RulePlan, StagePlan, StepPlan } from './pipeline-plan';

/** Returns all actions of a pipeline, in the order in which they may start. */
export function allActions(plan: PipelinePlan): ActionPlan[] {
  return plan.stages.flatMap(({ actions }) => [...actions].sort((a, b) => a.runOrder - b.runOrder));
}

/** Returns all actions and all rules of a pipeline, in the order in which they may start. */
export function allSteps(plan: PipelinePlan): StepPlan[] {
  return stepsInOrder(plan).map(({ action }) => action);
}

/** Returns every action and every rule with the actions that have ended when it starts. */
export function stepsInOrder(
  plan: PipelinePlan,
): Array<{ stage: StagePlan; action: StepPlan; earlier: readonly ActionPlan[] }> {
  return plan.stages.flatMap((stage, s) => {
    const before = plan.stages.slice(0, s).flatMap(({ actions }) => actions);
    const at = (earlier: readonly ActionPlan[]) => (action: StepPlan) => ({ stage, action, earlier });
    const actions = [...stage.actions].sort((a, b) => a.runOrder - b.runOrder);
    const endedBefore = ({ runOrder }: ActionPlan) => stage.actions.filter((other) => other.runOrder < runOrder);
    return [
      ...(stage.beforeEntry?.rules ?? []).map(at(before)),
      ...actions.map((action) => at([...before, ...endedBefore(action)])(action)),
      ...(stage.onSuccess?.rules ?? []).map(at([...before, ...stage.actions])),
      // Which of its actions have ended when a stage fails is unknown.
      ...failureRules(stage).map(at(before)),
    ];
  });
}

function failureRules({ onFailure }: StagePlan): readonly RulePlan[] {
  return onFailure?.kind === 'roll-back' ? onFailure.rules : [];
}

/** Returns whether the stage may roll back to the last release that succeeded in it. */
export function mayRollBack({ onSuccess, onFailure }: StagePlan): boolean {
  return onSuccess?.result === 'ROLLBACK' || onFailure?.kind === 'roll-back';
}
