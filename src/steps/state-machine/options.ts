import type { InvokeTestOptions } from '../invoke-test-options';
import type { StateMachineInput } from './state-machine-input';

/** Options of {@link TestStep.stepFunction}. */
export interface StepFunctionTestOptions extends InvokeTestOptions {
  /**
   * What the execution gets.
   *
   * @default - a JSON object with what the environment tells of itself that the step tests
   */
  readonly input?: StateMachineInput;
}
