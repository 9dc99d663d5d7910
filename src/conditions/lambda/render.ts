import { aws_iam as iam } from 'aws-cdk-lib';
import type { LambdaRuleSpec } from './plan';
import type { RulePlan } from '../../pipeline/pipeline-plan';
import type { ActionKind } from '../../render/action-kind';
import { functionCall } from '../../render/planned-action';
import { allow, ANSWER_JOB } from '../../render/grants';
import type { RenderContext, RenderedAction } from '../../render/rendered';
import { environmentOutputs } from '../../steps/render-network';

export const LAMBDA_RULE: ActionKind<LambdaRuleSpec> = {
  kind: 'lambda-rule',
  render: renderLambdaRule,
  sameEnvReferences: ({ function: gateFunction }) => [
    { prop: 'gateFunction', what: 'a function', resource: gateFunction, arn: gateFunction.functionArn },
  ],
};

/** Renders the invocation of a function that reports to the pipeline whether the condition holds. */
function renderLambdaRule(context: RenderContext, spec: LambdaRuleSpec, rule: RulePlan): RenderedAction {
  const { function: gateFunction, stage } = spec;
  // A function that receives the stage is the library's and may answer already. Has no effect on an imported function,
  // whose role the app cannot change.
  if (stage === undefined) gateFunction.addToRolePolicy(new iam.PolicyStatement(ANSWER_JOB));
  const parameters = {
    ...(stage !== undefined && { pipeline: context.pipelineName, stage }),
    ...environmentOutputs(context, rule),
    ...spec.parameters,
  };
  return {
    configuration: functionCall(context, gateFunction, parameters),
    pipelineStatements: invokeStatements(gateFunction.functionArn),
  };
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-LambdaInvoke.html */
function invokeStatements(functionArn: string) {
  return [allow(['lambda:InvokeFunction'], [functionArn])];
}
