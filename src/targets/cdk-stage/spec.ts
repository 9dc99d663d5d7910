import type { ActionSpec } from '../../pipeline/action-spec';

/** Prepares a change set of a stack of a CDK app. */
export interface PrepareCdkStackSpec extends ActionSpec {
  readonly kind: 'prepare-cdk-stack';
  readonly environment: string;
  readonly stackName: string;
  /** CloudFormation execution role, created by `cdk bootstrap`; see {@link StackFacts}. */
  readonly executionRoleArn: string;
  /** Name of the first step of its environment that prepares a change set: it creates the role of all of them. */
  readonly first: string;
  /** Whether executing some change set publishes outputs of its stack, under the same role. */
  readonly publishesOutputs: boolean;
  /** All stacks of the environment. */
  readonly together: readonly CdkStackSpec[];
}

export interface CdkStackSpec {
  readonly stackName: string;
  readonly executionRoleArn: string;
}
