import { aws_iam as iam } from 'aws-cdk-lib';
import type { LambdaRulePlan } from '../../plan/rule-plan';
import { functionCall } from '../function-call';
import { ANSWER_JOB, askFunctionStatements } from '../grants';
import type { ActionRenderer } from '../rendered';
import { environmentOutputs } from '../test/environment';

/** A function that reports to the pipeline whether the condition holds. */
export const renderLambdaRule: ActionRenderer<LambdaRulePlan> = (context, work, rule) => {
  // A function that is told its place is ours and may answer already. Does nothing for an imported function, whose role is not ours to change.
  if (work.askedFor === undefined) work.function.addToRolePolicy(new iam.PolicyStatement(ANSWER_JOB));
  const parameters = {
    ...work.askedFor !== undefined && { pipeline: context.pipelineName, stage: work.askedFor },
    ...environmentOutputs(context, rule),
    ...work.parameters,
  };
  return {
    configuration: functionCall(context, work.function, parameters),
    pipelineStatements: askFunctionStatements(work.function.functionArn),
  };
};
