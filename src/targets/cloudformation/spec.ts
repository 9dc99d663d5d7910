import type { aws_iam as iam } from 'aws-cdk-lib';
import type { ActionSpec } from '../../pipeline/pipeline-plan';

/** Creates a change set of a stack. */
export interface PrepareStackSpec extends ActionSpec {
  readonly kind: 'prepare-stack';
  readonly environment: string;
  readonly stackName: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** CloudFormation execution role; created if it is not provided. */
  readonly cloudFormationRole?: iam.IRole;
  /** Whether executing the change set publishes outputs of the stack, under the same role. */
  readonly publishesOutputs: boolean;
}

/** Executes a change set. */
export interface ExecuteStackSpec extends ActionSpec {
  readonly kind: 'execute-stack';
  readonly stackName: string;
  /** Name of the step that creates the change set. */
  readonly prepared: string;
  /** Outputs that tests of the environment receive as environment variables. */
  readonly outputs: readonly string[];
}
