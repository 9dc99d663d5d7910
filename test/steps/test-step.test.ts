import type { Stack } from 'aws-cdk-lib';
import { BuildStep, DeploymentEnvironment, DeployTarget, PipelineStage, StateMachineInput, TestStep } from '../../src';
import { EARLIER_ARTIFACTS, EARLIER_VARIABLES } from '../../src/pipeline/rules';
import { complaints, delivery, deliveryTemplate, source } from '../helpers/delivery';
import { actionsOf, jsonOf } from '../helpers/synth';
import { actionNamed, functionOf, machineOf, repositoryOf } from '../helpers/test-steps';

describe('in an environment', () => {
  function staging(tests: (stack: Stack) => TestStep[]) {
    return (stack: Stack) => ({
      stages: [
        PipelineStage.steps('Build', [BuildStep.nodeJs()]),
        PipelineStage.environment(
          new DeploymentEnvironment('staging', { target: DeployTarget.staticSite(), tests: tests(stack) }),
        ),
      ],
    });
  }

  const url = { 'Fn::GetAtt': [expect.stringMatching(/Distribution/), 'DomainName'] };

  test('commands, functions and state machines receive its outputs', () => {
    const { stack, pipeline } = delivery(
      staging((scope) => [
        TestStep.shell(['curl "$SITE_URL"'], { stepName: 'Shell' }),
        TestStep.lambdaFunction(functionOf(scope), { stepName: 'Function', parameters: { PATH: '/' } }),
        TestStep.stepFunction(machineOf(scope), {
          stepName: 'Machine',
          input: StateMachineInput.literal({ depth: 1 }),
        }),
      ]),
    );
    const template = jsonOf(stack);

    function outputs(name: string, key: string) {
      return actionNamed(template, name).Configuration![key];
    }

    expect(outputs('Function-staging', 'UserParameters')).toEqual({
      'Fn::Join': ['', ['{"SITE_URL":"https://', url, '","PATH":"/"}']],
    });
    expect(outputs('Machine-staging', 'Input')).toEqual({
      'Fn::Join': ['', ['{"SITE_URL":"https://', url, '","depth":1}']],
    });
    const project = stack.resolve(pipeline.buildProject('Shell-staging').projectName);
    expect(template.Resources[project.Ref].Properties.Environment).toMatchObject({
      EnvironmentVariables: [{ Name: 'SITE_URL', Value: { 'Fn::Join': ['', ['https://', url]] } }],
    });
    expect(
      actionsOf(template)
        .filter(({ Name }) => Name.endsWith('-staging'))
        .map(({ RunOrder }) => RunOrder),
    ).toEqual([1, 2, 2, 2]);
  });

  test('users cannot set the names of its outputs', () => {
    function rule(prop: string) {
      return (
        `'stages[1].environment.${prop}' must not define a variable that the environment sets, got "SITE_URL"; ` +
        'rename the variable'
      );
    }

    expect(
      complaints(
        staging((stack) => [
          TestStep.shell(['ls'], { stepName: 'A', environmentVariables: { SITE_URL: 'https://example.com' } }),
          TestStep.shell(['ls'], {
            stepName: 'B',
            environmentVariables: { SITE_URL: source.variable('CommitId') },
          }),
          TestStep.lambdaFunction(functionOf(stack), { stepName: 'C', parameters: { SITE_URL: 'x' } }),
          TestStep.stepFunction(machineOf(stack), {
            stepName: 'D',
            input: StateMachineInput.literal({ SITE_URL: 'x' }),
          }),
        ]),
      ),
    ).toEqual([
      rule('tests[0].environmentVariables'),
      rule('tests[1].environmentVariables'),
      rule('tests[2].parameters'),
      rule('tests[3].input'),
    ]);
  });

  test('tests use the artifacts and variables of tests in the same environment', () => {
    const first = TestStep.shell(['./measure.sh'], {
      stepName: 'Measure',
      outputDirectory: 'out',
      exportedVariables: ['SCORE'],
    });
    const raw = TestStep.shell(['./raw.sh'], { stepName: 'Raw', outputs: { raw: 'raw' } });
    const template = deliveryTemplate(
      staging((stack) => [
        TestStep.inspectorImageScan(repositoryOf(stack), { imageTag: first.variable('SCORE') }),
        TestStep.shell(['ls'], { stepName: 'Compare', inputs: [first.artifact, raw.artifactNamed('raw')] }),
        first,
        raw,
        TestStep.shell(['ls'], { stepName: 'Last', after: [first] }),
      ]),
    );
    expect(actionNamed(template, 'Scan-staging')).toMatchObject({
      Configuration: { ImageTag: '#{Measure-staging-vars.SCORE}' },
      RunOrder: 3,
    });
    expect(actionNamed(template, 'Compare-staging')).toMatchObject({
      InputArtifacts: [{ Name: 'Measure-staging' }, { Name: 'Raw-staging_raw' }],
      Configuration: { PrimarySource: 'Measure-staging' },
      RunOrder: 3,
    });
    expect(actionNamed(template, 'Last-staging').RunOrder).toBe(3);
  });

  test('other steps refer to its tests by the name with a suffix', () => {
    const test = TestStep.shell(['ls'], { outputDirectory: 'out', exportedVariables: ['SCORE'] });

    function props(stack: Stack) {
      return {
        stages: [
          ...staging(() => [test])(stack).stages,
          PipelineStage.steps('After', [
            TestStep.inspectorImageScan(repositoryOf(stack), { imageTag: test.variable('SCORE') }),
            BuildStep.shell(['ls'], { stepName: 'Use', inputs: [test.artifact] }),
          ]),
        ],
      };
    }

    expect(complaints(props)).toEqual([
      `'stages[2].steps[1]' must ${EARLIER_ARTIFACTS}, got "Test"; it is produced in an ` +
        'environment and available to the tests of that environment only; choose another',
      `'stages[2].steps[0].imageTag' must ${EARLIER_VARIABLES}, got ` +
        '"#{Test-vars.SCORE}"; names of tests in an environment end with its name; outside of the environment, use ' +
        "'#{Test-staging-vars.SCORE}'",
    ]);
  });
});
