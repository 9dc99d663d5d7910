import { aws_events as events, aws_s3 as s3, Duration } from 'aws-cdk-lib';
import {
  Approval,
  BuildStep,
  PipelineSource,
  PipelineStage,
  PipelineTrigger,
  type DeliveryPipelineProps,
} from '../../../src';
import { IN_EVERY_EXECUTION, NO_FREE_TEXT } from '../../../src/pipeline/validation/variable-uses';
import { complaints, source } from '../../helpers/delivery';

type Triggers = PipelineTrigger[] | undefined;

const push = PipelineTrigger.push();
const pullRequest = PipelineTrigger.pullRequest();
const tag = PipelineTrigger.tag(['v*']);
const nightly = PipelineTrigger.schedule(events.Schedule.rate(Duration.days(1)));

function inComment(key: string, triggers: Triggers, more: Partial<DeliveryPipelineProps> = {}): string[] {
  return complaints(() => ({
    triggers,
    executionMode: undefined,
    stages: [
      PipelineStage.approval('Ask', Approval.manual({ comment: source.variable(key) })),
      PipelineStage.steps('Build', [BuildStep.shell(['make'])]),
    ],
    ...more,
  }));
}

const ALWAYS = [
  'AuthorDate',
  'AuthorDisplayName',
  'AuthorEmail',
  'AuthorId',
  'CommitId',
  'CommitMessage',
  'ConnectionArn',
  'FullRepositoryName',
  'ProviderType',
];
const OF_PULL_REQUESTS = ['DestinationBranchName', 'PullRequestId', 'PullRequestTitle', 'SourceBranchName'];
const DEPENDING = [...OF_PULL_REQUESTS, 'BranchName', 'TagName'];

describe.each<[string, Triggers, string[], string]>([
  ['every push, by default', undefined, ['BranchName'], 'a push'],
  ['pushes', [push], ['BranchName'], 'a push'],
  ['pull requests', [pullRequest], OF_PULL_REQUESTS, 'a pull request'],
  ['tags', [tag], ['BranchName', 'TagName'], 'a tag'],
  ['pushes and tags', [push, tag], ['BranchName'], 'a push'],
  ['pushes and pull requests', [push, pullRequest], [], 'a push'],
  ['pull requests and a schedule', [pullRequest, nightly], [], 'a schedule'],
  ['pushes and a schedule', [push, nightly], ['BranchName'], 'a push'],
  ['manual starts', [PipelineTrigger.manual()], ['BranchName'], 'a schedule'],
])('executions that are started by %s', (_, triggers, available, start) => {
  test.each([...ALWAYS, ...available])('have %s', (key) => expect(inComment(key, triggers)).toEqual([]));

  test.each(DEPENDING.filter((key) => !available.includes(key)))('do not all have %s', (key) => {
    const [problem, ...others] = inComment(key, triggers);
    expect(others).toEqual([]);
    expect(problem).toContain(`must ${IN_EVERY_EXECUTION}, got "#{Source-vars.${key}}"`);
    if (key !== 'BranchName') expect(problem).toContain(start);
    expect(problem).not.toMatch(new RegExp(`choose one of .*\\.${key}\\b`));
  });
});

test('names the starts that lack a variable, and the variables that all executions have', () => {
  expect(inComment('BranchName', [push, pullRequest])).toEqual([
    "'stages[0].approval.comment' must use only variables that the source produces in every execution, got " +
      '"#{Source-vars.BranchName}"; executions that are started by a pull request lack it; choose one of ' +
      `${ALWAYS.map((key) => `#{Source-vars.${key}}`).join(', ')}, or use a separate pipeline for each kind of trigger`,
  ]);
});

test('refuses variables of pull requests if another source starts executions', () => {
  const data = PipelineSource.gitHub('acme/data', 'main', { stepName: 'Data' });
  const triggers = [pullRequest, PipelineTrigger.sourceChange(data)];
  expect(inComment('PullRequestId', triggers, { sources: [source, data] })).toEqual([
    expect.stringContaining('executions that are started by a schedule, another source or another pipeline lack it'),
  ]);
});

test('leaves the variables of other sources alone', () => {
  expect(
    complaints((stack) => {
      const data = PipelineSource.s3(s3.Bucket.fromBucketName(stack, 'Data', 'acme-data'), 'app.zip');
      return {
        sources: [data],
        stages: [
          PipelineStage.approval('Ask', Approval.manual({ comment: data.variable('VersionId') })),
          PipelineStage.steps('Build', [BuildStep.shell(['make'])]),
        ],
      };
    }),
  ).toEqual([]);
});

test.each([
  ['PullRequestTitle', false],
  ['SourceBranchName', false],
  ['DestinationBranchName', false],
  ['AuthorDisplayName', false],
  ['AuthorEmail', false],
  ['AuthorId', false],
  ['PullRequestId', true],
  ['ProviderType', true],
])('in a shell command and in JSON, %s is allowed: %s', (key, isAllowed) => {
  const problems = complaints(() => ({
    triggers: [pullRequest],
    stages: [
      PipelineStage.steps('Work', [
        BuildStep.commands([`echo "${source.variable(key)}"`]),
        BuildStep.shell(['make'], { stepName: 'Json', environmentVariables: { X: source.variable(key) } }),
      ]),
    ],
  }));
  expect(problems.length).toBe(isAllowed ? 0 : 2);
  for (const problem of problems) expect(problem).toContain(`must ${NO_FREE_TEXT}`);
});
