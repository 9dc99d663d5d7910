import type { aws_ssm as ssm } from 'aws-cdk-lib';

/** What tells that releases are frozen. */
export type SwitchPlan =
  | { readonly kind: 'new-parameter'; readonly parameterName?: string }
  | { readonly kind: 'parameter'; readonly parameter: ssm.IParameter }
  /** Names or ARNs of documents. */
  | { readonly kind: 'calendars'; readonly calendars: readonly string[] };

/** A release freeze with all its defaults decided. */
export interface FreezePlan {
  readonly switchedBy: SwitchPlan;
  readonly breakGlassMinutes: number;
  readonly recordDays: number;
}
