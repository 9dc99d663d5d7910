import { aws_lambda as lambda, type Stack } from 'aws-cdk-lib';
import { TestStep } from '../../../src';
import { atMostCharacters } from '../../../src/common/rules';
import { EARLIER_VARIABLES } from '../../../src/pipeline/rules';
import { NO_FREE_TEXT } from '../../../src/pipeline/validation/variable-uses';
import { complaints, deliveryTemplate, source, stepsOf, verdictsOf } from '../../helpers/delivery';
import { actionNamed, functionOf, grantsOf, repositoryOf } from '../../helpers/test-steps';

describe('a function', () => {
  test('receives its parameters and can report its result', () => {
    const props = stepsOf((stack) => [
      TestStep.lambdaFunction(functionOf(stack), {
        parameters: { COMMIT: source.variable('CommitId') },
        exportedVariables: ['RESULT'],
      }),
    ]);
    const template = deliveryTemplate(props);
    expect(actionNamed(template, 'Test')).toMatchObject({
      ActionTypeId: { Category: 'Invoke', Provider: 'Lambda' },
      Configuration: { UserParameters: '{"COMMIT":"#{Source-vars.CommitId}"}' },
    });
    expect(grantsOf(template, 'codepipeline').map(({ Action }) => Action)).toContainEqual([
      'codepipeline:PutJobSuccessResult',
      'codepipeline:PutJobFailureResult',
    ]);
    expect(verdictsOf(props)).toEqual({ denied: [], unmodelled: [], unknown: [] });
  });

  test('can be imported', () => {
    const props = stepsOf((stack) => [
      TestStep.lambdaFunction(
        lambda.Function.fromFunctionArn(stack, 'Smoke', 'arn:aws:lambda:eu-west-1:111111111111:function:smoke'),
      ),
    ]);
    expect(verdictsOf(props)).toMatchObject({ denied: [], unmodelled: [] });
    expect(actionNamed(deliveryTemplate(props), 'Test').Configuration).toEqual({ FunctionName: 'smoke' });
  });

  test('can read and produce artifacts', () => {
    const props = stepsOf((stack) => [
      TestStep.lambdaFunction(functionOf(stack), {
        stepName: 'Find',
        inputs: [source.artifact],
        producesArtifact: true,
      }),
      TestStep.shell(['cat found.json'], {
        inputs: [source.artifact, TestStep.shell([], { stepName: 'Find' }).artifact],
      }),
    ]);
    expect(actionNamed(deliveryTemplate(props), 'Find')).toMatchObject({
      InputArtifacts: [{ Name: 'Source' }],
      OutputArtifacts: [{ Name: 'Find' }],
      RunOrder: 1,
    });
    expect(actionNamed(deliveryTemplate(props), 'Test')).toMatchObject({ RunOrder: 2 });
  });

  test('rejects parameters with free text or too many characters', () => {
    expect(
      complaints(
        stepsOf((stack) => [
          TestStep.lambdaFunction(functionOf(stack), {
            parameters: { MESSAGE: source.variable('CommitMessage'), LONG: 'x'.repeat(1000) },
          }),
        ]),
      ),
    ).toEqual([
      expect.stringMatching(
        new RegExp(
          `^'stages\\[0\\]\\.steps\\[0\\]\\.parameters' must ${atMostCharacters(1000)}, got "10\\d\\d ` +
            `characters"; use fewer or shorter variables$`,
        ),
      ),
      `'stages[0].steps[0].parameters' must ${NO_FREE_TEXT}, got ` +
        '"#{Source-vars.CommitMessage}"; a quote in its value would break the JSON; pass it in a file of an ' +
        'artifact, or use an id or a digest',
    ]);
  });

  test('exports the configured variables', () => {
    function step(stack: Stack) {
      return TestStep.lambdaFunction(functionOf(stack), { stepName: 'Ask', exportedVariables: ['ANSWER'] });
    }

    function use(key: string) {
      return stepsOf((stack) => [
        step(stack),
        TestStep.inspectorImageScan(repositoryOf(stack), { imageTag: `#{Ask-vars.${key}}` }),
      ]);
    }

    expect(complaints(use('ANSWER'))).toEqual([]);
    expect(complaints(use('OTHER'))).toEqual([
      `'stages[0].steps[1].imageTag' must ${EARLIER_VARIABLES}, got ` +
        '"#{Ask-vars.OTHER}"; choose a variable that \'Ask\' exports: ANSWER',
    ]);
  });
});
