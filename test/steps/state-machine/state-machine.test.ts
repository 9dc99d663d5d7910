import { aws_stepfunctions as stepfunctions } from 'aws-cdk-lib';
import { StateMachineInput, TestStep } from '../../../src';
import { complaints, deliveryTemplate, source, stepsOf, verdictsOf } from '../../helpers/delivery';
import { actionNamed, machineOf } from '../../helpers/test-steps';

describe('a state machine', () => {
  test('gets a literal', () => {
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

  test('gets a file', () => {
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

  test('gets nothing', () => {
    const test = actionNamed(deliveryTemplate(stepsOf((stack) => [TestStep.stepFunction(machineOf(stack))])), 'Test');
    expect(test.Configuration).toEqual({ StateMachineArn: { Ref: expect.stringMatching(/^Machine/) } });
  });

  test('is a standard one, and files have paths', () => {
    expect(
      complaints(
        stepsOf((stack) => [
          TestStep.stepFunction(machineOf(stack, stepfunctions.StateMachineType.EXPRESS), {
            input: StateMachineInput.fromFile(source.artifact, ''),
          }),
        ]),
      ),
    ).toEqual([
      '\'stages[0].steps[0].input.path\' must be a path in the artifact, got ""; name the file, as in ' +
        "'checks/input.json'",
      '\'stages[0].steps[0].stateMachine\' must be a standard one, got "an express one"; CodePipeline starts it ' +
        'and does not wait, so no test could fail; make it a standard one',
      '\'stages[0].steps[0].input.path\' must be a non-empty string, got ""; remove it, or set a value',
    ]);
  });
});
