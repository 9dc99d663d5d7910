import type { ActionPlan, PipelinePlan, RulePlan, StagePlan, StepPlan } from './pipeline-plan';

/** Describes an action or a rule with its stage and the actions that have completed when it starts. */
export interface OrderedStep {
  readonly stage: StagePlan;
  readonly action: StepPlan;
  readonly earlier: readonly ActionPlan[];
}

/** Caches the order of each plan: plans are immutable, and every validation iterates over all steps. */
const orders = new WeakMap<PipelinePlan, { actions: readonly ActionPlan[]; steps: readonly OrderedStep[] }>();

/** Returns all actions of a pipeline, in the order in which they may start. */
export function allActions(plan: PipelinePlan): readonly ActionPlan[] {
  return orderOf(plan).actions;
}

/** Returns all actions and all rules of a pipeline, in the order in which they may start. */
export function allSteps(plan: PipelinePlan): StepPlan[] {
  return stepsInOrder(plan).map(({ action }) => action);
}

/** Returns all actions and rules, each with the actions that have completed when it starts. */
export function stepsInOrder(plan: PipelinePlan): readonly OrderedStep[] {
  return orderOf(plan).steps;
}

function orderOf(plan: PipelinePlan) {
  const cached = orders.get(plan);
  if (cached) return cached;
  const sorted = plan.stages.map(({ actions }) => [...actions].sort((a, b) => a.runOrder - b.runOrder));

  function before(stage: number) {
    return plan.stages.slice(0, stage).flatMap(({ actions }) => actions);
  }

  const order = {
    actions: sorted.flat(),
    steps: plan.stages.flatMap((stage, i) => stepsOf(stage, sorted[i], before(i))),
  };
  orders.set(plan, order);
  return order;
}

function stepsOf(stage: StagePlan, actions: readonly ActionPlan[], before: readonly ActionPlan[]): OrderedStep[] {
  function at(earlier: readonly ActionPlan[]) {
    return (action: StepPlan) => ({ stage, action, earlier });
  }

  function endedBefore({ runOrder }: ActionPlan) {
    return stage.actions.filter((other) => other.runOrder < runOrder);
  }

  return [
    ...(stage.beforeEntry?.rules ?? []).map(at(before)),
    ...actions.map((action) => at([...before, ...endedBefore(action)])(action)),
    ...(stage.onSuccess?.rules ?? []).map(at([...before, ...stage.actions])),
    // When a stage fails, it is unknown which of its actions have completed.
    ...failureRules(stage).map(at(before)),
  ];
}

function failureRules({ onFailure }: StagePlan): readonly RulePlan[] {
  return onFailure?.kind === 'roll-back' ? onFailure.rules : [];
}

/** Returns whether the stage may roll back to its last successful execution. */
export function mayRollBack({ onSuccess, onFailure }: StagePlan): boolean {
  return onSuccess?.result === 'ROLLBACK' || onFailure?.kind === 'roll-back';
}
