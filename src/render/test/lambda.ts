import { aws_iam as iam } from 'aws-cdk-lib';
import type { LambdaPlan } from '../../plan/test-plan';
import { functionCall } from '../function-call';
import { ANSWER_JOB, invokeStatements } from '../grants';
import type { ActionRenderer } from '../rendered';
import { environmentOutputs } from './environment';

/** A function that reports its result to the pipeline. */
export const renderLambda: ActionRenderer<LambdaPlan> = (context, work, action) => {
  // Does nothing for an imported function, whose role is not ours to change.
  work.function.addToRolePolicy(new iam.PolicyStatement(ANSWER_JOB));
  return {
    configuration: functionCall(context, work.function, { ...environmentOutputs(context, action), ...work.parameters }),
    pipelineStatements: invokeStatements(work.function.functionArn),
  };
};
