import type { ActionPlan, StepPlan } from './pipeline-plan';
import { problem, type Problem } from './problems';
import { referencesIn } from './variables';

/**
 * The steps of a stage with their run order: what needs nothing of the others comes first and at the same time, what uses an artifact or a
 * variable of another, or shall come after it, comes later.
 */
export function inRunOrder(steps: readonly StepPlan[]): ActionPlan[] {
  const orders = new Map<StepPlan, number>();
  const orderOf = (step: StepPlan, path: readonly StepPlan[]): number => {
    const known = orders.get(step);
    if (known !== undefined) return known;
    // Steps that wait for each other have no order; `checkRunOrder` tells it.
    const earlier = neededBy(step, steps).filter((other) => !path.includes(other));
    const order = 1 + Math.max(0, ...earlier.map((other) => orderOf(other, [...path, other])));
    orders.set(step, order);
    return order;
  };
  return steps.map((step) => ({ ...step, runOrder: orderOf(step, [step]) }));
}

/** Steps of one stage that wait for each other, and steps to come after that are not there. */
export function checkRunOrder(prop: string, steps: readonly StepPlan[]): Problem[] {
  const waitsForItself = (step: StepPlan): boolean => {
    const seen = new Set<StepPlan>();
    const visit = (one: StepPlan): boolean =>
      neededBy(one, steps).some((other) => other === step || (!seen.has(other) && !!seen.add(other) && visit(other)));
    return visit(step);
  };
  const names = new Set(steps.map((step) => step.name));
  return [
    ...steps
      .filter(waitsForItself)
      .map((step) =>
        problem(
          prop,
          'hold steps that do not wait for each other',
          step.name,
          'take one of its inputs, variables or its place after another step away',
        ),
      ),
    ...steps.flatMap((step) =>
      (step.after ?? [])
        .filter((name) => !names.has(name))
        .map((name) =>
          problem(
            prop,
            `hold the steps that '${step.name}' comes after`,
            name,
            'put it into the same stage; steps of earlier stages have ended anyway',
          ),
        ),
    ),
  ];
}

function neededBy(step: StepPlan, others: readonly StepPlan[]): StepPlan[] {
  const namespaces = new Set(referencesIn(step).map(({ namespace }) => namespace));
  return others.filter(
    (other) =>
      other !== step &&
      (other.outputs.some((artifact) => step.inputs.includes(artifact)) ||
        [other.namespace, other.namespaceToken].some(
          (namespace) => namespace !== undefined && namespaces.has(namespace),
        ) ||
        step.after?.includes(other.name) ||
        step.follows?.includes(other.name)),
  );
}
