import {
  Approval,
  BuildStep,
  DeploymentEnvironment,
  DeploymentWave,
  DeployTarget,
  PipelineSource,
  type MultiEnvPromotionPipelineProps,
} from '../../../src';
import { allActions } from '../../../src/pipeline/actions';
import { atLeastOne } from '../../../src/pipeline/problems';
import { EARLIER_ARTIFACTS, A_SOURCE, A_TARGET } from '../../../src/pipeline/rules';
import { source } from '../../helpers/delivery';
import { checkMultiEnvPromotion, planMultiEnvPromotion } from '../../helpers/plans';

const buildStep = BuildStep.shell(['make'], { outputDirectory: 'out' });

function stack(name: string, options: ConstructorParameters<typeof DeploymentEnvironment>[1] = {}) {
  return new DeploymentEnvironment(name, {
    target: DeployTarget.cloudFormationStack(`shop-${name}`, { templateConfigurationPath: `config/${name}.json` }),
    ...options,
  });
}

function site(name: string) {
  return new DeploymentEnvironment(name, { target: DeployTarget.staticSite() });
}

function propsOf(props: Partial<MultiEnvPromotionPipelineProps>): MultiEnvPromotionPipelineProps {
  return { source, buildStep, environments: [stack('live')], ...props };
}

function plan(props: Partial<MultiEnvPromotionPipelineProps>) {
  return planMultiEnvPromotion(propsOf(props));
}

function stages(...environments: MultiEnvPromotionPipelineProps['environments']) {
  return plan({ environments }).stages.map(({ name }) => name);
}

function check(props: Partial<MultiEnvPromotionPipelineProps>) {
  return checkMultiEnvPromotion(propsOf(props));
}

describe('the stages', () => {
  test('are the sources, the build and the environments in their order', () => {
    expect(stages(stack('dev'), stack('test'), new DeploymentWave('europe', [stack('paris'), site('rome')]))).toEqual([
      'Source',
      'Build',
      'dev',
      'test',
      'europe-Approve',
      'europe',
    ]);
  });

  test('require an approval for production, but not for a single environment', () => {
    expect(stages(stack('live'))).toEqual(['Source', 'Build', 'live']);
    expect(stages(stack('dev'), stack('live', { approval: Approval.none() }))).toEqual([
      'Source',
      'Build',
      'dev',
      'live',
    ]);
  });
});

test('deploy the same artifact to all environments, with different targets', () => {
  const deploys = allActions(plan({ environments: [stack('dev'), site('demo'), stack('live')] })).filter(
    ({ environment }) => environment !== undefined,
  );
  expect(deploys.map(({ name, inputs, configuration }) => [name, inputs, configuration.TemplateConfiguration])).toEqual(
    [
      ['Prepare-dev', ['Build'], 'Build::config/dev.json'],
      ['Deploy-dev', [], undefined],
      ['Deploy-demo', ['Build'], undefined],
      ['Prepare-live', ['Build'], 'Build::config/live.json'],
      ['Deploy-live', [], undefined],
    ],
  );
});

test('contain additional sources and checks as in WebAppPipeline', () => {
  const content = PipelineSource.gitHub('acme/content', 'main', { stepName: 'Content' });
  const lint = BuildStep.shell(['make lint'], { stepName: 'Lint', inputs: [content.artifact] });
  const {
    stages: [sources, build],
  } = plan({ additionalSources: [content], checks: [lint] });
  expect(sources.actions.map(({ name }) => name)).toEqual(['Source', 'Content']);
  expect(build.actions.map(({ name, inputs, runOrder }) => [name, inputs, runOrder])).toEqual([
    ['Build', ['Source'], 1],
    ['Lint', ['Content'], 1],
  ]);
});

describe('deployed artifact', () => {
  function released(props: Partial<MultiEnvPromotionPipelineProps>) {
    return allActions(plan(props)).find(({ name }) => name === 'Prepare-live')!.inputs;
  }

  const named = BuildStep.shell(['make'], { outputs: { app: 'app', docs: 'docs' } });

  test('is the artifact of the build, its only one, or an explicit one', () => {
    expect(released({ buildStep: BuildStep.nodeJs({ outputs: { docs: 'docs' } }) })).toEqual(['Build']);
    expect(released({ buildStep: BuildStep.shell(['make'], { outputs: { app: 'app' } }) })).toEqual(['Build_app']);
    expect(released({ buildStep: named, artifact: named.artifactNamed('docs') })).toEqual(['Build_docs']);
    expect(released({ buildStep: BuildStep.shell(['make']), artifact: source.artifact })).toEqual(['Source']);
    for (const props of [
      { buildStep: named, artifact: named.artifactNamed('docs') },
      { buildStep: BuildStep.shell(['make']), artifact: source.artifact },
    ]) {
      expect(check(props)).toEqual([]);
    }
  });

  test('is never ambiguous', () => {
    expect(check({ buildStep: named })).toEqual([
      '\'artifact\' must be set, because the build has several artifacts, got ["Build_app","Build_docs"]; pass ' +
        "the artifact to deploy, e.g. { artifact: build.artifactNamed('site') }",
    ]);
    expect(check({ buildStep: BuildStep.shell(['make']) })).toEqual([
      "'artifact' must be set, because the build has no artifact, got []; add an output to the build, or pass " +
        'the artifact to deploy, e.g. { artifact: source.artifact }',
    ]);
    expect(check({ artifact: named.artifactNamed('other') })).toEqual([
      `'environments[0].target' must ${EARLIER_ARTIFACTS}, got "Build_other"; choose an ` +
        "artifact of 'Build': Build",
    ]);
  });
});

const NO_SOURCE = `'source' must ${A_SOURCE}, got nothing; use e.g. PipelineSource.gitHub('owner/repository', 'main')`;
const NO_BUILD =
  "'buildStep' must be a BuildStep, got nothing; pass the step that produces the artifact to deploy, e.g. " +
  "BuildStep.shell(['make'], { outputDirectory: 'out' })";

function noEnvironments(got: string) {
  return (
    `'environments' must ${atLeastOne('environment')}, got ${got}; add an environment, e.g. [new ` +
    "DeploymentEnvironment('production', { target })]"
  );
}

test.each<[string, unknown, string[]]>([
  ['nothing', undefined, [NO_SOURCE, NO_BUILD, noEnvironments('nothing')]],
  ['no build', { source, environments: [stack('live')] }, [NO_BUILD]],
  ['no environments', propsOf({ environments: [] }), [noEnvironments('[]')]],
  [
    'environments without targets, in a wave and alone',
    propsOf({
      environments: [
        new DeploymentEnvironment('a'),
        new DeploymentWave('w', [site('b'), new DeploymentEnvironment('c')]),
      ],
    }),
    ['environments[0].target', 'environments[1].environments[1].target'].map(
      (prop) =>
        `'${prop}' must ${A_TARGET}, got nothing; set the target of the environment, e.g. ` +
        'DeployTarget.staticSite()',
    ),
  ],
  [
    'what is wrong in several places',
    propsOf({
      checks: [BuildStep.shell([], { stepName: 'Lint' })],
      environments: [stack('live', { approval: Approval.all([]) })],
    }),
    [
      `'checks[0].commands' must ${atLeastOne('command')}, got []; add a command`,
      `'environments[0].approval.approvals' must ${atLeastOne('approval')}, got []; add an approval, or use ` +
        'Approval.none()',
    ],
  ],
])('rejects %s', (_name, props, expected) => {
  expect(checkMultiEnvPromotion(props as MultiEnvPromotionPipelineProps)).toEqual(expected);
});
