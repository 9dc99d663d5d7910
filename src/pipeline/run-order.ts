import type { ActionPlan, StepPlan } from './pipeline-plan';
import type { Problems } from './problems';
import { referencesIn } from './variables';

/**
 * Returns the steps of a stage with their run order. A step runs after the steps whose artifacts or variables it uses
 * and after those in its `after`. All others run at the same time.
 */
export function inRunOrder(steps: readonly StepPlan[]): ActionPlan[] {
  const orders = new Map<StepPlan, number>();

  function orderOf(step: StepPlan, path: readonly StepPlan[]): number {
    const cached = orders.get(step);
    if (cached !== undefined) return cached;
    // Steps with a circular dependency have no order; `validateRunOrder` reports them.
    const earlier = dependenciesOf(step, steps).filter((other) => !path.includes(other));
    const order = 1 + Math.max(0, ...earlier.map((other) => orderOf(other, [...path, other])));
    orders.set(step, order);
    return order;
  }

  return steps.map((step) => ({ ...step, runOrder: orderOf(step, [step]) }));
}

/** Validates that the steps of a stage have no circular dependency, and that the steps in their `after` exist. */
export function validateRunOrder(steps: readonly StepPlan[], problems: Problems): void {
  for (const step of steps.filter((candidate) => dependsOnItself(candidate, steps))) {
    const fix = "remove one of its inputs or variables, or its 'after'";
    problems.add('not contain steps with a circular dependency', step.name, fix);
  }
  const names = new Set(steps.map((step) => step.name));
  for (const step of steps) {
    for (const missing of (step.after ?? []).filter((name) => !names.has(name))) {
      const fix = 'add it to the same stage; steps of earlier stages have always completed';
      problems.add(`contain the steps in the 'after' of '${step.name}'`, missing, fix);
    }
  }
}

function dependsOnItself(step: StepPlan, steps: readonly StepPlan[]): boolean {
  const seen = new Set<StepPlan>();
  const pending = dependenciesOf(step, steps);
  for (let other = pending.pop(); other !== undefined; other = pending.pop()) {
    if (other === step) return true;
    if (seen.has(other)) continue;
    seen.add(other);
    pending.push(...dependenciesOf(other, steps));
  }
  return false;
}

function dependenciesOf(step: StepPlan, others: readonly StepPlan[]): StepPlan[] {
  if (others.length <= 1) return []; // Most stages have one step.
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
