import type { ActionPlan, PipelinePlan } from '../../../src/pipeline/pipeline-plan';
import { Problems } from '../../../src/pipeline/problems';
import { UNIQUE_ACTIONS, EARLIER_ARTIFACTS } from '../../../src/pipeline/rules';
import { validatePipeline } from '../../../src/pipeline/validation/pipeline';

function action(name: string, more: Partial<ActionPlan> = {}): ActionPlan {
  return {
    name,
    path: `steps.${name}`,
    propNames: { CustomData: 'text' },
    provider: 'manualApproval',
    runOrder: 1,
    inputs: [],
    outputs: [],
    configuration: {},
    spec: { kind: 'approval' },
    ...more,
  };
}

const source = action('Source', { provider: 'connection', outputs: ['Source'], namespace: 'Source-vars' });

function plan(...stages: ActionPlan[][]): PipelinePlan {
  return {
    gitTriggers: [],
    eventTriggers: [],
    executionMode: 'SUPERSEDED',
    variables: [],
    notifications: [],
    restartOnUpdate: false,
    artifactDays: 365,
    logDays: 90,
    stages: stages.map((actions, i) => ({ name: `S${i}`, path: `stages[${i}]`, actions })),
  };
}

function check(...stages: ActionPlan[][]): readonly string[] {
  const problems = new Problems();
  validatePipeline(plan(...stages), problems, 'stages');
  return problems.all;
}

test('accepts a valid plan', () => {
  expect(
    check(
      [source],
      [action('Build', { provider: 'codeBuild', inputs: ['Source'], outputs: ['Build'] })],
      [action('Go')],
    ),
  ).toEqual([]);
});

test('rejects 51 actions in a stage', () => {
  const actions = [...Array(51).keys()].map((i) => action(`A${i}`));
  expect(check([source], actions)).toEqual([
    "'stages' must have at most 50 actions in stage 'S1', got 51; distribute them over more environments",
  ]);
  expect(check([source], actions.slice(1))).toEqual([]);
});

test('rejects duplicate action names, ignoring case', () => {
  expect(check([source], [action('a')], [action('A')])).toEqual([
    `'stages' must ${UNIQUE_ACTIONS}, got "A"; rename the step, and use each step once`,
  ]);
});

test('rejects artifacts that are used before they are produced', () => {
  function build(runOrder: number) {
    return action('Build', { provider: 'codeBuild', inputs: ['Source'], outputs: ['Build'], runOrder });
  }

  function use(runOrder: number) {
    return action('Use', { provider: 'commands', inputs: ['Build'], runOrder });
  }

  const message =
    `'steps.Use' must ${EARLIER_ARTIFACTS}, got "Build"; move the action that produces it ` + 'before this one';
  expect(check([source], [build(1), use(2)])).toEqual([]);
  expect(check([source], [build(1), use(1)])).toEqual([message]);
  expect(check([source], [use(1)], [build(1)])).toEqual([message]);
});

test('rejects invalid numbers of artifacts', () => {
  expect(check([source], [action('Build', { provider: 'codeBuild' })])).toEqual([
    "'steps.Build' must have 1 to 5 input artifacts, got []; see " +
      'https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html',
  ]);
  expect(check([source], [action('Go', { outputs: ['Go'] })])).toEqual([
    '\'steps.Go\' must have 0 output artifacts, got ["Go"]; see ' +
      'https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-action-add.html',
  ]);
});

test('rejects unknown configuration keys', () => {
  expect(check([source], [action('Go', { configuration: { Text: 'x' } })])).toEqual([
    '\'steps.Go.Text\' must be a configuration key of Manual, got "Text"; see ' +
      'https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-action-add.html',
  ]);
});

describe('variables', () => {
  function go(text: string, runOrder = 1) {
    return action('Go', { configuration: { CustomData: text }, runOrder });
  }

  test.each([
    '#{Source-vars.CommitId}',
    '#{codepipeline.PipelineExecutionId}',
    'none',
    '#{Source-vars.CommitId} #{Source-vars.BranchName}',
  ])('accepts %s', (text) => {
    expect(check([source], [go(text)])).toEqual([]);
  });

  const PRODUCED = 'use only variables that an earlier action produces';
  const FORM = "contain variables of the form '#{namespace.key}'";
  const ALL = 'choose one of #{Source-vars.AuthorDate}';
  const HANDLE = "use the method of the step, e.g. step.variable('CommitId')";
  test.each([
    ['#{Source.CommitId}', PRODUCED, ALL],
    ['#{Source-vars.Commit}', PRODUCED, ALL],
    [
      '#{Later-vars.X}',
      PRODUCED,
      "'Later' runs at the same time or later; move it before this step, or set 'after' on this step",
    ],
    ['#{}', FORM, HANDLE],
    ['#{Source-vars}', FORM, HANDLE],
    ['#{.CommitId}', FORM, HANDLE],
    ['#{Source-vars.}', FORM, HANDLE],
    [
      '#{codepipeline.PipelineName}',
      'use a variable that CodePipeline provides',
      'use PipelineVariable.executionId(), the only one',
    ],
  ])('rejects %s', (text, rule, fix) => {
    const later = action('Later', { provider: 'codeBuild', inputs: ['Source'], namespace: 'Later-vars', runOrder: 2 });
    const problems = check([source], [go(text), later]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`'steps.Go.text' must ${rule}, got "${text}"; ${fix}`);
  });

  test('rejects open references', () => {
    expect(check([source], [go('#{Source-vars.CommitId')])).toEqual([
      "'steps.Go.text' must close every '#{' with '}', got \"#{Source-vars.CommitId\"; use " +
        "'#{namespace.key}', or remove '#{'",
    ]);
  });

  test.each([
    ['commands', { commands: ['echo #{Source-vars.CommitId'] }],
    ['environmentVariables.COMMIT', { environmentVariables: { COMMIT: '#{Source-vars.CommitId' } }],
  ])('rejects open references in %s', (prop, texts) => {
    const step = action('Go', { provider: 'commands', inputs: ['Source'], ...texts });
    expect(check([source], [step])).toContainEqual(
      expect.stringContaining(`'steps.Go.${prop}' must close every '#{' with '}'`),
    );
  });

  test('accepts any exported variable of a build', () => {
    const build = action('Build', { provider: 'codeBuild', inputs: ['Source'], namespace: 'Build-vars' });
    expect(check([source], [build], [go('#{Build-vars.ANYTHING}')])).toEqual([]);
  });
});
