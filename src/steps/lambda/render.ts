import { aws_iam as iam } from 'aws-cdk-lib';
import type { LambdaSpec } from './plan';
import { environmentOutputs } from '../render-network';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { ActionKind } from '../../render/action-kind';
import { functionCall } from '../../render/planned-action';
import { allow, REPORT_JOB_RESULT } from '../../render/grants';
import type { RenderContext, RenderedAction } from '../../render/rendered';

export const LAMBDA: ActionKind<LambdaSpec> = {
  kind: 'lambda',
  render: renderLambda,
};

/** Renders the invocation of a function that reports its result to CodePipeline. */
function renderLambda(context: RenderContext, spec: LambdaSpec, step: StepPlan): RenderedAction {
  const { function: testFunction, parameters } = spec;
  // Has no effect on an imported function, because the app cannot change its role.
  testFunction.addToRolePolicy(new iam.PolicyStatement(REPORT_JOB_RESULT));
  return {
    configuration: functionCall(context, testFunction, { ...environmentOutputs(context, step), ...parameters }),
    pipelineStatements: invokeStatements(testFunction.functionArn),
  };
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html */
function invokeStatements(functionArn: string) {
  return [
    allow(['lambda:InvokeFunction'], [functionArn]),
    allow(['lambda:ListFunctions'], ['*']), // no resource level
  ];
}
