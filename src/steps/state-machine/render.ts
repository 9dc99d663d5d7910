import { Stack } from 'aws-cdk-lib';
import type { StateMachinePlan } from '../test-specs';
import { stateMachineStatements } from '../../render/grants';
import type { ActionRenderer } from '../../render/rendered';
import { environmentOutputs } from '../render-environment-outputs';
import type { ActionKind } from '../../render/action-kind';

/** A state machine whose execution must succeed. */
export const renderStateMachine: ActionRenderer<StateMachinePlan> = (context, { stateMachine, input }, action) => {
  const literal = input && { ...environmentOutputs(context, action), ...input };
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
};

export const STATE_MACHINE: ActionKind<StateMachinePlan> = {
  kind: 'state-machine',
  render: renderStateMachine,
};
