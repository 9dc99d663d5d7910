import type { ConnectionProviderId } from '../../aws/connection-providers';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';

/** Describes a source that is read through a connection to a git provider. */
export interface ConnectionSourceSpec extends ActionSpec {
  readonly kind: 'connection-source';
  readonly providerType: ConnectionProviderId;
  readonly connection: ConnectionSpec;
  readonly repository: string;
}

/** Describes a connection: an existing one, by its ARN or a parameter that contains it, or a new one. */
export type ConnectionSpec =
  | { readonly kind: 'arn'; readonly arn: string }
  | { readonly kind: 'parameter'; readonly parameterName: string }
  | NewConnectionSpec;

/** Describes a connection that is created with the pipeline. */
export interface NewConnectionSpec {
  readonly kind: 'new';
  readonly name?: string;
  readonly hostArn?: string;
}

/** Returns whether a source is read through a connection. */
export function isConnectionSource(step: StepPlan): step is StepPlan<ConnectionSourceSpec> {
  return step.spec.kind === 'connection-source';
}
