import { Stack, aws_sns as sns } from 'aws-cdk-lib';
import { Notification, PipelineMonitoring } from '../../src';
import { problemsAt } from '../helpers/plans';

/** What no compiler lets through, but JavaScript does. */
function odd(value: unknown) {
  return value as never;
}

const topic = new sns.Topic(new Stack(), 'Topic');

function pathsOf(problems: readonly string[]) {
  return problems.map((problem) => /^'([^']+)' must .+, got .+; .+$/s.exec(problem)?.[1]);
}

/** Notifications with one wrong value each, and the property that the error must name. */
const WRONG: ReadonlyArray<[string, Notification]> = [
  ['topic', Notification.topic(odd(undefined))],
  ['topic', Notification.topic(odd('releases'))],
  ['events', Notification.topic(topic, { events: odd('FAILED') })],
  ['events[0]', Notification.topic(topic, { events: [odd('FAILED')] })],
  ['fullDetail', Notification.topic(topic, { fullDetail: odd('yes') })],
  ['addresses', Notification.email(odd(undefined))],
  ['addresses', Notification.email(odd('a@example.com'))],
  ['addresses[0]', Notification.email([odd(5)])],
  ['audience', Notification.email(['a@example.com'], { audience: odd(5) })],
  ['workspaceId', Notification.slack(odd(undefined), 'C1')],
  ['channel', Notification.slackChannel(odd(undefined))],
  ['configurationArn', Notification.teamsChannel(odd(5))],
  ['all', Notification.all(odd(undefined))],
  ['all[1]', Notification.all([Notification.topic(topic), odd(topic)])],
];

test.each(WRONG)('reports only the invalid value at %s', (prop, notification) => {
  expect(pathsOf(problemsAt('notifications', (problems) => notification._plan(problems)))).toEqual([
    `notifications.${prop}`,
  ]);
});

test('treats null options as undefined', () => {
  const none = odd(null);
  const all = Notification.all([
    Notification.topic(topic, none),
    Notification.email(['a@example.com'], none),
    Notification.slack('T1', 'C1', none),
  ]);
  expect(problemsAt('notifications', (problems) => all._plan(problems))).toEqual([]);
  expect(
    problemsAt('monitoring', (problems) => expect(PipelineMonitoring.standard(none)._plan(problems)).toBeDefined()),
  ).toEqual([]);
});

test.each<[string, object]>([
  ['alarmTopic', { alarmTopic: 'on-call' }],
  ['maxDuration', { maxDuration: 30 }],
  ['maxApprovalWait', { maxApprovalWait: '1 day' }],
  ['dashboard', { dashboard: 'yes' }],
])('reports an invalid monitoring option at %s', (prop, options) => {
  expect(pathsOf(problemsAt('monitoring', (problems) => PipelineMonitoring.standard(options)._plan(problems)))).toEqual(
    [`monitoring.${prop}`],
  );
});
