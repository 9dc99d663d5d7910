import type { aws_lambda as lambda, aws_ecr as ecr, aws_stepfunctions as stepfunctions } from 'aws-cdk-lib';

/** A function that tests, and reports its result to the pipeline. */
export interface LambdaPlan {
  readonly kind: 'lambda';
  readonly function: lambda.IFunction;
}

/** A state machine that tests. */
export interface StateMachinePlan {
  readonly kind: 'state-machine';
  readonly stateMachine: stepfunctions.IStateMachine;
}

/** Devices that an application is tested on. */
export interface DeviceFarmPlan {
  readonly kind: 'device-farm';
  readonly projectArn: string;
}

/** A search for known vulnerabilities, in the input or in an image. */
export interface InspectorScanPlan {
  readonly kind: 'inspector-scan';
  readonly repository?: ecr.IRepository;
}
