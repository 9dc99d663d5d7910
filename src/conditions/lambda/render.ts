import { aws_iam as iam } from 'aws-cdk-lib';
import type { LambdaRuleSpec } from './plan';
import type { RulePlan } from '../../pipeline/pipeline-plan';
import type { ActionKind } from '../../render/action-kind';
import { functionCall } from '../../render/planned-action';
import { allow, REPORT_JOB_RESULT } from '../../render/grants';
import type { RenderContext, RenderedAction } from '../../render/rendered';
import { environmentOutputs } from '../../steps/render-network';
import { RESOURCE } from '../../pipeline/rules';

/** Renders a rule that invokes a function. */
export const LAMBDA_RULE: ActionKind<LambdaRuleSpec> = {
  kind: 'lambda-rule',
  render: renderLambdaRule,
  sameEnvReferences: ({ function: gateFunction }) => [
    { prop: 'gateFunction', resourceKind: RESOURCE.function, resource: gateFunction, arn: gateFunction.functionArn },
  ],
};

/** Renders the invocation of a function that reports to the pipeline whether the gate passes. */
function renderLambdaRule(context: RenderContext, spec: LambdaRuleSpec, rule: RulePlan): RenderedAction {
  const { function: gateFunction, stage } = spec;
  // A function that receives the stage belongs to this library and can already report results. The statement has no
  // effect on an imported function, whose role the app cannot change.
  if (stage === undefined) gateFunction.addToRolePolicy(new iam.PolicyStatement(REPORT_JOB_RESULT));
  const parameters = {
    ...stageParameters(context, stage),
    ...environmentOutputs(context, rule),
    ...spec.parameters,
  };
  return {
    configuration: functionCall(context, gateFunction, parameters),
    pipelineStatements: invokeStatements(gateFunction.functionArn),
  };
}

function stageParameters({ pipelineName }: RenderContext, stage: string | undefined): Record<string, string> {
  return stage === undefined ? {} : { pipeline: pipelineName, stage };
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-LambdaInvoke.html */
function invokeStatements(functionArn: string) {
  return [allow(['lambda:InvokeFunction'], [functionArn])];
}
