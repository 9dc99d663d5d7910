import { BuildStep, DeploymentEnvironment, DeployTarget, PipelineStage, TestStep } from '../../../src';
import { ARTIFACT_IDENTIFIERS } from '../../../src/pipeline/validation/pipeline';
import { complaints, stepsOf } from '../../helpers/delivery';

function outputs(stepName: string, options: object) {
  return complaints(stepsOf(() => [BuildStep.shell(['make'], { stepName, ...options })]));
}

test.each<[string, object]>([
  ['Build', { outputDirectory: 'out', outputs: { docs: 'docs' } }],
  ['Build_all', { outputs: { docs: 'docs', my_report: 'report' } }],
  ['build-all', { outputDirectory: 'out' }],
  ['build-all', { outputs: { 'my-docs': 'docs' } }],
])('accepts the outputs of the step %s with %j', (stepName, options) => expect(outputs(stepName, options)).toEqual([]));

test.each<[string, object, string]>([
  ['build-all', { outputDirectory: 'out', outputs: { docs: 'docs' } }, '["build-all","build-all_docs"]'],
  ['Build', { outputDirectory: 'out', outputs: { 'my-docs': 'docs' } }, '["Build_my-docs"]'],
  ['Build', { outputs: { 'my-docs': 'docs', 'my-report': 'report' } }, '["Build_my-docs","Build_my-report"]'],
])('rejects the outputs of the step %s with %j', (stepName, options, got) => {
  expect(outputs(stepName, options)).toEqual([
    `'stages[0].steps[0].outputs' must name several output artifacts of a build with letters, digits and '_' only, ` +
      `got ${got}; use '_' instead of '-' in the names of the step and of its outputs`,
  ]);
});

test('rejects several outputs of a test in an environment, whose name contains a dash', () => {
  const test = TestStep.shell(['./measure'], { outputDirectory: 'out', outputs: { raw: 'raw' } });
  const target = DeployTarget.cloudFormationStack('orders');
  const environment = new DeploymentEnvironment('staging', { target, tests: [test] });
  const problems = complaints(() => ({
    stages: [
      PipelineStage.steps('Build', [BuildStep.shell(['make'], { outputDirectory: 'out' })]),
      PipelineStage.environment(environment),
    ],
  }));
  expect(problems).toEqual([
    expect.stringMatching(`must ${ARTIFACT_IDENTIFIERS}.*use one output, because the name of a test in an environment`),
  ]);
});
