import { Arn, ArnFormat, Stack, type aws_stepfunctions as stepfunctions } from 'aws-cdk-lib';
import type { StateMachineSpec } from './plan';
import { environmentOutputs } from '../render-network';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { ActionKind } from '../../render/action-kind';
import { allow, arnOf } from '../../render/grants';
import type { RenderContext, RenderedAction } from '../../render/rendered';

export const STATE_MACHINE: ActionKind<StateMachineSpec> = {
  kind: 'state-machine',
  render: renderStateMachine,
};

/** Renders an execution of a state machine, which must succeed. */
function renderStateMachine(
  context: RenderContext,
  { stateMachine, input }: StateMachineSpec,
  step: StepPlan,
): RenderedAction {
  const literal = input && { ...environmentOutputs(context, step), ...input };
  return {
    configuration: {
      StateMachineArn: stateMachine.stateMachineArn,
      ...(literal &&
        Object.keys(literal).length > 0 && {
          InputType: 'Literal',
          Input: Stack.of(context.scope).toJsonString(literal),
        }),
    },
    pipelineStatements: stateMachineStatements(stateMachine),
  };
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html */
function stateMachineStatements({ stateMachineArn }: stepfunctions.IStateMachine) {
  const { resourceName } = Arn.split(stateMachineArn, ArnFormat.COLON_RESOURCE_NAME);
  return [
    allow(['states:DescribeStateMachine', 'states:StartExecution'], [stateMachineArn]),
    allow(['states:DescribeExecution'], [arnOf('states', `execution:${resourceName}:*`)]),
  ];
}
