import type { ActionPlan, StepPlan } from './pipeline-plan';
import type { Problems } from './problems';
import { referencesIn } from './variables';

/**
 * The steps of a stage with their run order: what needs nothing of the others comes first and at the same time, what
 * uses an artifact or a variable of another, or shall come after it, comes later.
 */
export function inRunOrder(steps: readonly StepPlan[]): ActionPlan[] {
  const orders = new Map<StepPlan, number>();

  function orderOf(step: StepPlan, path: readonly StepPlan[]): number {
    const known = orders.get(step);
    if (known !== undefined) return known;
    // Steps that wait for each other have no order; `validateRunOrder` reports them.
    const earlier = neededBy(step, steps).filter((other) => !path.includes(other));
    const order = 1 + Math.max(0, ...earlier.map((other) => orderOf(other, [...path, other])));
    orders.set(step, order);
    return order;
  }

  return steps.map((step) => ({ ...step, runOrder: orderOf(step, [step]) }));
}

/** Validates that no steps of a stage wait for each other, and that every step to come after is there. */
export function validateRunOrder(steps: readonly StepPlan[], problems: Problems): void {
  for (const step of steps.filter((each) => waitsForItself(each, steps))) {
    const fix = 'take one of its inputs, variables or its place after another step away';
    problems.add('hold steps that do not wait for each other', step.name, fix);
  }
  const names = new Set(steps.map((step) => step.name));
  for (const step of steps) {
    for (const missing of (step.after ?? []).filter((name) => !names.has(name))) {
      const fix = 'put it into the same stage; steps of earlier stages have ended anyway';
      problems.add(`hold the steps that '${step.name}' comes after`, missing, fix);
    }
  }
}

function waitsForItself(step: StepPlan, steps: readonly StepPlan[]): boolean {
  const seen = new Set<StepPlan>();
  const pending = neededBy(step, steps);
  for (let other = pending.pop(); other !== undefined; other = pending.pop()) {
    if (other === step) return true;
    if (seen.has(other)) continue;
    seen.add(other);
    pending.push(...neededBy(other, steps));
  }
  return false;
}

function neededBy(step: StepPlan, others: readonly StepPlan[]): StepPlan[] {
  if (others.length <= 1) return []; // most stages have one step
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
