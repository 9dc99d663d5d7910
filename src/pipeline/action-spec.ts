/**
 * Describes what an action or a rule does, with everything that rendering it requires. Each kind extends it in its own folder; only that
 * folder reads the further fields. What the pipeline as a whole needs of a step is a field of {@link StepPlan}.
 */
export interface ActionSpec {
  readonly kind: string;
}
