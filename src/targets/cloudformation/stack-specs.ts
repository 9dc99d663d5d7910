import type { aws_iam as iam } from 'aws-cdk-lib';

/** A change set of a stack is made. */
export interface PrepareStackPlan {
  readonly kind: 'prepare-stack';
  readonly environment: string;
  readonly stackName: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** What CloudFormation works with; one is made where none is given. */
  readonly deploymentRole?: iam.IRole;
  /** Executing it hands on outputs of the stack, under the same role. */
  readonly publishesOutputs: boolean;
}

/** A change set of a stack of a CDK app is made. */
export interface PrepareCdkStackPlan {
  readonly kind: 'prepare-cdk-stack';
  readonly environment: string;
  readonly stackName: string;
  /** The role of the bootstrapping that CloudFormation works with; see {@link CdkStackPlan}. */
  readonly executionRoleArn: string;
  /** Name of the first of the steps of its environment that do this: the role of all of them is made with it. */
  readonly first: string;
  /** Executing some hands on outputs of the stack, under the same role. */
  readonly publishesOutputs: boolean;
  /** All stacks of the environment. */
  readonly together: ReadonlyArray<{ readonly stackName: string; readonly executionRoleArn: string }>;
}

/** The change set is executed. */
export interface ExecuteStackPlan {
  readonly kind: 'execute-stack';
  readonly stackName: string;
  /** Name of the step that made the change set. */
  readonly prepared: string;
  /** Outputs that tests of the environment find in environment variables of these names. */
  readonly outputs: readonly string[];
}
