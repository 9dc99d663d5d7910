import type { aws_lambda as lambda, aws_ecr as ecr, aws_stepfunctions as stepfunctions } from 'aws-cdk-lib';

/** A function that tests, and reports its result to the pipeline. */
export interface LambdaPlan {
  readonly kind: 'lambda';
  readonly function: lambda.IFunction;
  /** What it is told; the environment that it tests adds what it tells of itself. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A state machine that tests. */
export interface StateMachinePlan {
  readonly kind: 'state-machine';
  readonly stateMachine: stepfunctions.IStateMachine;
  /** What an execution gets, unless a file of the input says it. */
  readonly input?: Readonly<Record<string, unknown>>;
}

/** Devices that an application is tested on. */
export interface DeviceFarmPlan {
  readonly kind: 'device-farm';
  readonly projectArn: string;
  readonly devicePoolArn: string;
}

/** A search for known vulnerabilities, in the input or in an image. */
export interface InspectorScanPlan {
  readonly kind: 'inspector-scan';
  readonly repository?: ecr.IRepository;
}
