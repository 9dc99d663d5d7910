import { BuildStep, PipelineSource, TestStep } from '../../src';
import { templateOf } from '../helpers/synth';

const source = PipelineSource.gitHub('acme/shop', 'main');

function shop(environmentVariables: Record<string, string>) {
  return templateOf({
    source,
    buildStep: BuildStep.nodeJs({ environmentVariables }),
    checks: [
      BuildStep.commands(['make'], { stepName: 'Lint', environmentVariables }),
      TestStep.shell(['make test'], { environmentVariables }),
    ],
  });
}

test('the order of environment variables does not change the template', () => {
  const commit = source.variable('CommitId');
  expect(JSON.stringify(shop({ B: '2', A: '1', C: commit, D: commit }))).toBe(
    JSON.stringify(shop({ D: commit, C: commit, A: '1', B: '2' })),
  );
});
