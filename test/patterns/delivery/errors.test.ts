import {
  FailureHandling,
  Approval,
  BuildStep,
  CustomActionCategory,
  CustomStep,
  DeploymentEnvironment,
  DeployTarget,
  PipelineExecutionMode,
  PipelineSource,
  PipelineStage,
  TestStep,
  type PipelineStep,
} from '../../../src';
import { STEP_NAME, PIPELINE_NAME } from '../../../src/aws/limits';
import { APPROVAL_REQUIRED } from '../../../src/environments/approval/plan-approval';
import { atLeastOne } from '../../../src/pipeline/problems';
import { consistOf, onlyNamesOf, artifactCount } from '../../../src/pipeline/rules';
import { atMostStages } from '../../../src/pipeline/validation/pipeline';
import { complaints, source, stepsOf, type DeliveryOf } from '../../helpers/delivery';

function shell(stepName: string, options: Parameters<typeof BuildStep.shell>[1] = {}) {
  return BuildStep.shell(['make'], { stepName, ...options });
}

function site(name: string, options: ConstructorParameters<typeof DeploymentEnvironment>[1] = {}) {
  return new DeploymentEnvironment(name, { target: DeployTarget.staticSite(), ...options });
}

function steps(...all: PipelineStep[]) {
  return stepsOf(() => all);
}

function stages(...all: PipelineStage[]): DeliveryOf {
  return () => ({ stages: all });
}

const of = PipelineStage.steps;
const spec = of('Work', [shell('A', { outputDirectory: 'out' })]);

/** Two steps that wait for each other: only the second of two handles can be made of the first. */
function circle(): PipelineStep[] {
  const a = shell('A', { inputs: [shell('B').artifact], outputDirectory: 'out' });
  return [a, shell('B', { inputs: [a.artifact], outputDirectory: 'out' })];
}

const RULES: Array<[string, DeliveryOf, string[]]> = [
  [
    'no stages',
    stages(),
    [
      "'stages' must contain at least one PipelineStage, got []; pass the stages of the pipeline, e.g. " +
        "[PipelineStage.steps('Build', [BuildStep.nodeJs()])]",
    ],
  ],
  [
    'no sources',
    () => ({ sources: [], stages: [spec] }),
    [
      `'sources' must ${atLeastOne('PipelineSource')}, got []; pass the sources of the pipeline, e.g. ` +
        "[PipelineSource.gitHub('owner/repository', 'main')]",
    ],
  ],
  ['no steps', steps(), ["'stages[0].steps' must contain at least one step, got []; add a step, or remove the stage"]],
  [
    'a stage with a space in its name',
    stages(of('My stage', [shell('A')])),
    [`'stages[0].stageName' must ${consistOf(STEP_NAME)}, got "My stage"; rename the stage`],
  ],
  [
    'a stage of 101 characters',
    stages(of('x'.repeat(101), [shell('A')])),
    [`'stages[0].stageName' must have at most 100 characters, got "${'x'.repeat(101)}"; shorten it by 1`],
  ],
  [
    'the name of the sources',
    stages(of('Source', [shell('A')])),
    ['\'stages\' must have unique stage names, got "Source"; rename the environment or the stage'],
  ],
  [
    'a stage twice',
    stages(of('Work', [shell('A')]), of('work', [shell('B')])),
    ['\'stages\' must have unique stage names, got "work"; rename the environment or the stage'],
  ],
  [
    'an environment twice',
    stages(PipelineStage.environment(site('live')), PipelineStage.environment(site('live'))),
    ['\'stages\' must have unique stage names, got "live"; rename the environment or the stage'],
  ],
  [
    'a step of 61 characters',
    steps(shell('x'.repeat(61))),
    [`'stages[0].steps[0].stepName' must have at most 60 characters, got "${'x'.repeat(61)}"; shorten it by 1`],
  ],
  [
    'a step name twice',
    steps(shell('A'), shell('a')),
    ['\'stages\' must have unique action names, got "a"; rename the step, and use each step once'],
  ],
  [
    'a step in two stages',
    ((one) => stages(of('One', [one]), of('Two', [one])))(shell('A')),
    ['\'stages\' must have unique action names, got "A"; rename the step, and use each step once'],
  ],
  [
    'a step named like the source',
    steps(shell('Source')),
    ['\'stages\' must have unique action names, got "Source"; rename the step, and use each step once'],
  ],
  [
    'a source as a step',
    steps(PipelineSource.gitHub('acme/other', 'main', { stepName: 'Other' })),
    ["'stages[0].steps' must not contain sources, got \"Other\"; move it to 'sources'"],
  ],
  [
    'the output of one step named like another',
    steps(shell('A', { outputs: { b: 'b' } }), shell('A_b', { outputDirectory: 'out' })),
    ['\'stages\' must have unique artifact names, got "A_b"; rename one of the steps or outputs'],
  ],
  [
    'an artifact named like a namespace',
    steps(shell('A'), shell('A-vars', { outputDirectory: 'out' })),
    [
      '\'stages\' must not have an artifact with the name of a variable namespace, got "A-vars"; rename the step ' +
        'that produces the artifact',
    ],
  ],
  [
    'an output with a dot',
    steps(shell('A', { outputs: { 'a.b': 'b' } })),
    [`'stages[0].steps[0].outputs' must ${onlyNamesOf(STEP_NAME)}, got "a.b"; rename the output`],
  ],
  [
    'names that are too long together',
    stages(
      of('Work', [shell('A', { outputDirectory: 'o' })]),
      PipelineStage.environment(
        site('e'.repeat(50), { tests: [TestStep.shell(['ls'], { stepName: 't'.repeat(60) })] }),
      ),
    ),
    [
      `'stages' must have action names of at most 100 characters, got "${'t'.repeat(60)}-${'e'.repeat(50)}"; ` +
        'shorten the name of the step or of the environment',
      "'stages[1].environment.tests[0].stepName' must have at most 100 characters, got " +
        `"${'t'.repeat(60)}-${'e'.repeat(50)}-vars"; shorten it by 16`,
    ],
  ],
  [
    'the artifact of a step that makes none',
    steps(shell('A'), shell('B', { inputs: [shell('A').artifact] })),
    [
      "'stages[0].steps[1]' must use only artifacts of earlier actions, got \"A\"; 'A' has no artifacts; add " +
        'an output to it, or use the artifact of another step',
    ],
  ],
  [
    'an artifact that another name has',
    steps(shell('A', { outputDirectory: 'o' }), shell('B', { inputs: [shell('A').artifactNamed('docs')] })),
    ["'stages[0].steps[1]' must use only artifacts of earlier actions, got \"A_docs\"; choose an artifact of 'A': A"],
  ],
  [
    'the artifact of a step that is not there',
    steps(shell('B', { inputs: [shell('A').artifact] })),
    [
      '\'stages[0].steps[0]\' must use only artifacts of earlier actions, got "A"; no step of the pipeline ' +
        'produces it; add the step that does to an earlier stage',
    ],
  ],
  [
    'its own artifact',
    steps(shell('B', { inputs: [shell('B').artifact], outputDirectory: 'out' })),
    [
      '\'stages[0].steps[0]\' must use only artifacts of earlier actions, got "B"; the step itself produces it; ' +
        'choose another',
    ],
  ],
  [
    'the artifact of a later stage',
    ((one) => stages(of('One', [shell('B', { inputs: [one.artifact] })]), of('Two', [one])))(
      shell('A', { outputDirectory: 'o' }),
    ),
    [
      '\'stages[0].steps[0]\' must use only artifacts of earlier actions, got "A"; move the action that produces ' +
        'it before this one',
    ],
  ],
  [
    'steps that wait for each other',
    steps(...circle()),
    [
      '\'stages[0].steps\' must not contain steps with a circular dependency, got "A"; remove one of its inputs ' +
        "or variables, or its 'after'",
      '\'stages[0].steps\' must not contain steps with a circular dependency, got "B"; remove one of its inputs ' +
        "or variables, or its 'after'",
      expect.stringMatching(/^'stages\[0\]\.steps\[[01]\]' must use only artifacts of earlier actions/),
    ],
  ],
  [
    'a step after one of another stage',
    ((one) => stages(of('One', [one]), of('Two', [shell('B', { after: [one] })])))(shell('A')),
    [
      "'stages[1].steps' must contain the steps in the 'after' of 'B', got \"A\"; add it to the same stage; " +
        'steps of earlier stages have always completed',
    ],
  ],
  [
    'a test after a step that is no test of its environment',
    ((one) =>
      stages(
        of('One', [one]),
        PipelineStage.environment(site('live', { tests: [TestStep.shell(['ls'], { after: [one] })] })),
      ))(shell('A', { outputDirectory: 'o' })),
    [
      "'stages[1].environment.tests' must contain the steps in the 'after' of 'Test-live', got \"A\"; add it " +
        'to the same stage; steps of earlier stages have always completed',
    ],
  ],
  [
    'six inputs',
    steps(shell('A', { inputs: [...Array(6)].map(() => source.artifact) })),
    [
      `'stages[0].steps[0]' must ${artifactCount('input', { min: 1, max: 5 })}, got ` +
        `["Source","Source","Source","Source","Source","Source"]; see ` +
        `https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html`,
    ],
  ],
  [
    '51 steps',
    stages(
      of(
        'Work',
        [...Array(51).keys()].map((i) => CustomStep.actionType(CustomActionCategory.TEST, 'T', { stepName: `S${i}` })),
      ),
    ),
    ["'stages' must have at most 50 actions in stage 'Work', got 51; distribute them over more environments"],
  ],
  [
    '51 stages with that of the sources',
    stages(
      ...[...Array(50).keys()].map((i) =>
        of(`W${i}`, [CustomStep.actionType(CustomActionCategory.TEST, 'T', { stepName: `S${i}` })]),
      ),
    ),
    [
      `'stages' must ${atMostStages(50)}, got 51; split the pipeline into two, and start the second with ` +
        `PipelineTrigger.pipelineSucceeded`,
    ],
  ],
  [
    'runs at the same time with an environment',
    () => ({ executionMode: PipelineExecutionMode.PARALLEL, stages: [spec, PipelineStage.environment(site('live'))] }),
    [
      '\'executionMode\' must not be PARALLEL if the pipeline deploys to environments, got ["live"]; use SUPERSEDED ' +
        'or QUEUED, because the releases of simultaneous executions would interleave; run checks that must not ' +
        'wait in a separate pipeline without environments',
    ],
  ],
  [
    'a stage of steps that rolls back in parallel',
    () => ({
      executionMode: PipelineExecutionMode.PARALLEL,
      stages: [of('Work', [shell('A')], { onFailure: FailureHandling.rollBack() })],
    }),
    [
      '\'executionMode\' must not be PARALLEL if a stage rolls back, got ["Work"]; CodePipeline does not roll ' +
        'back in PARALLEL mode; use SUPERSEDED or QUEUED, or FailureHandling.none() and no ' +
        'SuccessCondition.rollBackUnless',
    ],
  ],
  [
    'a reason that the service would not take',
    stages(of('Work', [shell('A')]), of('Go', [shell('B')], { transitionDisabledReason: "don't" })),
    [
      "'stages[1].transitionDisabledReason' must consist of 1 to 300 letters, digits, spaces and any of " +
        "'!@().*?-', got \"don't\"; use only these characters",
    ],
  ],
  [
    'an empty reason',
    stages(of('Work', [shell('A')]), of('Go', [shell('B')], { transitionDisabledReason: '' })),
    [
      "'stages[1].transitionDisabledReason' must consist of 1 to 300 letters, digits, spaces and any of " +
        '\'!@().*?-\', got ""; use only these characters',
    ],
  ],
  [
    'no approver',
    stages(spec, PipelineStage.approval('Ask', Approval.none())),
    [`'stages[1].approval' must ${APPROVAL_REQUIRED}, got "Approval.none()"; remove the stage`],
  ],
  [
    'an environment without a target',
    stages(spec, PipelineStage.environment(new DeploymentEnvironment('live'))),
    [
      "'stages[1].environment.target' must be a DeployTarget, got nothing; set the target of the environment, " +
        'e.g. DeployTarget.staticSite()',
    ],
  ],
  [
    'a release that is not clear',
    stages(of('Work', [shell('A', { outputs: { x: 'x', y: 'y' } })]), PipelineStage.environment(site('live'))),
    [
      '\'stages[1].artifact\' must be set, because the build before it has several artifacts, got ["A_x","A_y"]; ' +
        "pass the artifact to deploy, e.g. { artifact: build.artifactNamed('site') }",
    ],
  ],
  [
    'a pipeline name with a space',
    () => ({ pipelineName: 'my shop', stages: [spec] }),
    [`'pipelineName' must ${consistOf(PIPELINE_NAME)}, got "my shop"; choose another name`],
  ],
];

test.each(RULES)('%s', (_name, props, expected) => {
  expect(complaints(props)).toEqual(expected);
});

test('reports all problems at once', () => {
  expect(
    complaints(() => ({
      pipelineName: 'my shop',
      executionMode: PipelineExecutionMode.QUEUED,
      stages: [of('a b', [shell('c d')])],
    })),
  ).toHaveLength(4);
});
