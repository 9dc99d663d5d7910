import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type { LambdaPlan } from '../../plan/test-plan';
import { ANSWER_JOB, invokeStatements } from '../grants';
import type { ActionRenderer } from '../rendered';
import { environmentOutputs } from './environment';

/** A function that reports its result to the pipeline. */
export const renderLambda: ActionRenderer<LambdaPlan> = (context, work, action) => {
  // Does nothing for an imported function, whose role is not ours to change.
  work.function.addToRolePolicy(new iam.PolicyStatement(ANSWER_JOB));
  const parameters = { ...environmentOutputs(context, action), ...work.parameters };
  return {
    configuration: {
      FunctionName: work.function.functionName,
      ...Object.keys(parameters).length > 0 && { UserParameters: Stack.of(context.scope).toJsonString(parameters) },
    },
    pipelineStatements: invokeStatements(work.function.functionArn),
  };
};
