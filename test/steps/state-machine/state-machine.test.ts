import { aws_stepfunctions as stepfunctions } from 'aws-cdk-lib';
import { StateMachineInput, TestStep } from '../../../src';
import { NON_EMPTY_STRING } from '../../../src/pipeline/problems';
import { A_FILE_PATH } from '../../../src/pipeline/rules';
import { complaints, deliveryTemplate, source, stepsOf, verdictsOf } from '../../helpers/delivery';
import { actionNamed, machineOf } from '../../helpers/test-steps';

describe('a state machine', () => {
  test('receives a literal input', () => {
    const props = stepsOf((stack) => [
      TestStep.stepFunction(machineOf(stack), {
        input: StateMachineInput.literal({ commit: source.variable('CommitId'), depth: 3 }),
      }),
    ]);
    expect(actionNamed(deliveryTemplate(props), 'Test')).toMatchObject({
      ActionTypeId: { Category: 'Invoke', Provider: 'StepFunctions' },
      Configuration: { InputType: 'Literal', Input: '{"commit":"#{Source-vars.CommitId}","depth":3}' },
    });
    expect(verdictsOf(props)).toEqual({ denied: [], unmodelled: [], unknown: [] });
  });

  test('receives a file', () => {
    const props = stepsOf((stack) => [
      TestStep.stepFunction(machineOf(stack), {
        input: StateMachineInput.fromFile(source.artifact, 'checks/input.json'),
        producesArtifact: true,
      }),
    ]);
    expect(actionNamed(deliveryTemplate(props), 'Test')).toMatchObject({
      Configuration: { InputType: 'FilePath', Input: 'checks/input.json' },
      InputArtifacts: [{ Name: 'Source' }],
      OutputArtifacts: [{ Name: 'Test' }],
    });
    expect(verdictsOf(props)).toEqual({ denied: [], unmodelled: [], unknown: [] });
  });

  test('receives no input by default', () => {
    const test = actionNamed(deliveryTemplate(stepsOf((stack) => [TestStep.stepFunction(machineOf(stack))])), 'Test');
    expect(test.Configuration).toEqual({ StateMachineArn: { Ref: expect.stringMatching(/^Machine/) } });
  });

  test('must be a standard one, and files must have paths', () => {
    expect(
      complaints(
        stepsOf((stack) => [
          TestStep.stepFunction(machineOf(stack, stepfunctions.StateMachineType.EXPRESS), {
            input: StateMachineInput.fromFile(source.artifact, ''),
          }),
        ]),
      ),
    ).toEqual([
      `'stages[0].steps[0].input.path' must ${A_FILE_PATH}, got ""; write it relative to the root of the ` +
        "artifact, e.g. 'checks/input.json'",
      '\'stages[0].steps[0].stateMachine\' must be a standard state machine, got "an express state machine"; use ' +
        'the standard type; CodePipeline does not wait for express state machines, so the test could not fail',
      `'stages[0].steps[0].input.path' must ${NON_EMPTY_STRING}, got ""; remove it, or set a value`,
    ]);
  });
});
