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

/** Renders an execution of a state machine that must succeed. */
function renderStateMachine(
  context: RenderContext,
  { stateMachine, input }: StateMachineSpec,
  step: StepPlan,
): RenderedAction {
  const literal = input && { ...environmentOutputs(context, step), ...input };
  const configuration: Record<string, string> = { StateMachineArn: stateMachine.stateMachineArn };
  if (literal && Object.keys(literal).length > 0) {
    configuration.InputType = 'Literal';
    configuration.Input = Stack.of(context.scope).toJsonString(literal);
  }
  return { configuration, pipelineStatements: stateMachineStatements(stateMachine) };
}

/**
 * Allows the pipeline to start the state machine and to read the result of the execution.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html
 */
function stateMachineStatements({ stateMachineArn }: stepfunctions.IStateMachine) {
  const { resourceName } = Arn.split(stateMachineArn, ArnFormat.COLON_RESOURCE_NAME);
  return [
    allow(['states:DescribeStateMachine', 'states:StartExecution'], [stateMachineArn]),
    allow(['states:DescribeExecution'], [arnOf('states', `execution:${resourceName}:*`)]),
  ];
}
