import { aws_iam as iam } from 'aws-cdk-lib';
import type { LambdaRuleSpec } from '../rule-specs';
import { functionCall } from '../../render/function-call';
import { ANSWER_JOB, askFunctionStatements } from '../../render/grants';
import type { ActionRenderer } from '../../render/rendered';
import { environmentOutputs } from '../../steps/render-environment-outputs';
import type { ActionKind } from '../../render/action-kind';

/** A function that reports to the pipeline whether the condition holds. */
export const renderLambdaRule: ActionRenderer<LambdaRuleSpec> = (context, spec, rule) => {
  // A function that is told its place is ours and may answer already. Does nothing for an imported function, whose role is not ours to change.
  if (spec.askedFor === undefined) spec.function.addToRolePolicy(new iam.PolicyStatement(ANSWER_JOB));
  const parameters = {
    ...(spec.askedFor !== undefined && { pipeline: context.pipelineName, stage: spec.askedFor }),
    ...environmentOutputs(context, rule),
    ...spec.parameters,
  };
  return {
    configuration: functionCall(context, spec.function, parameters),
    pipelineStatements: askFunctionStatements(spec.function.functionArn),
  };
};

export const LAMBDA_RULE: ActionKind<LambdaRuleSpec> = {
  kind: 'lambda-rule',
  render: renderLambdaRule,
  sameEnvReferences: ({ function: gateFunction }) => [
    { prop: 'function', what: 'a function', resource: gateFunction, arn: gateFunction.functionArn },
  ],
};
