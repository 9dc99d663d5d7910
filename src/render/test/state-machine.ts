import type { StateMachinePlan } from '../../plan/test-plan';
import { stateMachineStatements } from '../grants';
import type { ActionRenderer } from '../rendered';

/** A state machine whose execution must succeed. */
export const renderStateMachine: ActionRenderer<StateMachinePlan> = (_context, { stateMachine }) => ({
  configuration: { StateMachineArn: stateMachine.stateMachineArn },
  pipelineStatements: stateMachineStatements(stateMachine),
});
