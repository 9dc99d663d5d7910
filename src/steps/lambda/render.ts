import { aws_iam as iam } from 'aws-cdk-lib';
import type { LambdaPlan } from '../test-specs';
import { functionCall } from '../../render/function-call';
import { ANSWER_JOB, invokeStatements } from '../../render/grants';
import type { ActionRenderer } from '../../render/rendered';
import { environmentOutputs } from '../render-environment-outputs';
import type { ActionKind } from '../../render/action-kind';

/** A function that reports its result to the pipeline. */
export const renderLambda: ActionRenderer<LambdaPlan> = (context, spec, action) => {
  // Does nothing for an imported function, whose role is not ours to change.
  spec.function.addToRolePolicy(new iam.PolicyStatement(ANSWER_JOB));
  return {
    configuration: functionCall(context, spec.function, { ...environmentOutputs(context, action), ...spec.parameters }),
    pipelineStatements: invokeStatements(spec.function.functionArn),
  };
};

export const LAMBDA: ActionKind<LambdaPlan> = {
  kind: 'lambda',
  render: renderLambda,
};
