import { App, aws_chatbot as chatbot, aws_kms as kms, aws_sns as sns, Stack, Token } from 'aws-cdk-lib';
import { Notification, NotificationEvent, type NotificationOptions } from '../../src';
import { UNIQUE } from '../../src/common/rules';
import { notificationGroups } from '../../src/notifications/render';
import { Problems, NON_EMPTY_STRING } from '../../src/pipeline/problems';
import { KNOWN_AT_SYNTH } from '../../src/pipeline/rules';
import { problemsAt } from '../helpers/plans';

function problemsOf(planned: Notification) {
  return problemsAt('notifications', (problems) => planned._plan(problems));
}

const { PIPELINE_FAILED, PIPELINE_SUCCEEDED, APPROVAL_NEEDED } = NotificationEvent;
const TENANT = '11111111-2222-3333-4444-555555555555';
const TEAM = '11111111-2222-3333-4444-666666666666';
const CHANNEL = '19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2';
const CONFIGURATION = 'arn:aws:chatbot::111111111111:chat-configuration/microsoft-teams-channel/release';

const stack = new Stack(new App(), 'Shop');
const topic = new sns.Topic(stack, 'Topic');
const SLACK_CONFIGURATION = 'arn:aws:chatbot::111111111111:chat-configuration/slack-channel/release';
const slackChannel = chatbot.SlackChannelConfiguration.fromSlackChannelConfigurationArn(
  stack,
  'Slack',
  SLACK_CONFIGURATION,
);

/** Every factory, with good arguments. */
const EVERY: Readonly<Record<string, (options?: NotificationOptions) => Notification>> = {
  topic: (options) => Notification.topic(topic, options),
  email: (options) => Notification.email(['release@example.com', "o'neil+ops@sub.example.co.uk"], options),
  slack: (options) => Notification.slack('T0123ABCD', 'C0123abcd', options),
  slackChannel: (options) => Notification.slackChannel(slackChannel, options),
  teams: (options) => Notification.teams(TENANT, TEAM, CHANNEL, options),
  teamsChannel: (options) => Notification.teamsChannel(CONFIGURATION, options),
};

describe.each(Object.entries(EVERY))('%s', (_, make) => {
  test('notifies of failures and pending approvals by default, with full detail', () => {
    expect(make()._plan(new Problems())).toMatchObject([
      { events: [PIPELINE_FAILED, APPROVAL_NEEDED], detail: 'FULL' },
    ]);
    expect(problemsOf(make())).toEqual([]);
  });

  test('notifies of each event once, in a fixed order', () => {
    const events = [APPROVAL_NEEDED, PIPELINE_SUCCEEDED, APPROVAL_NEEDED];
    expect(make({ events, fullDetail: false })._plan(new Problems())).toMatchObject([
      { events: [PIPELINE_SUCCEEDED, APPROVAL_NEEDED], detail: 'BASIC' },
    ]);
  });

  test('requires at least one event', () => {
    expect(problemsOf(make({ events: [] }))).toEqual([
      "'notifications.events' must contain at least one event, got []; remove it for the default events, or use " +
        'Notification.none()',
    ]);
  });
});

test('plans no channels for none, and all channels for all', () => {
  expect(Notification.none()._plan(new Problems())).toEqual([]);
  const all = Notification.all([Notification.none(), Notification.all([EVERY.topic(), EVERY.slack()]), EVERY.email()]);
  expect(all._plan(new Problems()).map(({ channel }) => channel.kind)).toEqual(['topic', 'slack', 'email']);
  expect(problemsOf(all)).toEqual([]);
});

describe('shares a rule for the same events', () => {
  function groupsOf(...notifications: Notification[]) {
    return notificationGroups(Notification.all(notifications)._plan(new Problems()));
  }

  test('regardless of their order', () => {
    const [one, other] = [
      [PIPELINE_FAILED, APPROVAL_NEEDED],
      [APPROVAL_NEEDED, PIPELINE_FAILED],
    ];
    const groups = groupsOf(EVERY.topic({ events: one }), EVERY.slack({ events: other }), EVERY.email());
    expect(groups.map(({ channels }) => channels.length)).toEqual([3]);
  });

  test('but not for other events or detail', () => {
    expect(
      groupsOf(EVERY.topic(), EVERY.slack({ events: [PIPELINE_FAILED] }), EVERY.email({ fullDetail: false })),
    ).toHaveLength(3);
  });

  test.each(Object.entries(EVERY).filter(([name]) => name !== 'email'))(
    'notifies a duplicate channel once: %s',
    (_, make) => {
      expect(groupsOf(make(), make()).map(({ channels }) => channels.length)).toEqual([1]);
    },
  );

  test('distinguishes Teams channels by all IDs', () => {
    const other = '11111111-2222-3333-4444-777777777777';
    const all = groupsOf(
      EVERY.teams(),
      Notification.teams(other, TEAM, CHANNEL),
      Notification.teams(TENANT, other, CHANNEL),
      Notification.teams(TENANT, TEAM, `x${CHANNEL}`),
    );
    expect(all.map(({ channels }) => channels.length)).toEqual([4]);
  });
});

describe('limits of AWS', () => {
  function channels(count: number, options?: NotificationOptions) {
    return Array.from({ length: count }, (_, i) => Notification.slack('T1', `C${i}`, options));
  }

  const events = Object.values(NotificationEvent);

  test('rejects more than 10 targets for the same events', () => {
    expect(problemsOf(Notification.all(channels(10)))).toEqual([]);
    expect(problemsOf(Notification.all([...channels(11), ...channels(10, { events: [PIPELINE_SUCCEEDED] })]))).toEqual([
      `'notifications' must have at most 10 targets for the same events (${PIPELINE_FAILED}, ` +
        `${APPROVAL_NEEDED}), got 11; subscribe some of them to one topic, and pass that topic`,
    ]);
  });

  test('rejects more than 10 rules for a pipeline', () => {
    function rules(count: number) {
      return Notification.all(events.slice(0, count).map((event) => EVERY.topic({ events: [event] })));
    }

    expect(problemsOf(rules(10))).toEqual([]);
    expect(problemsOf(rules(11))).toEqual([
      "'notifications' must have at most 10 different lists of events, each of which requires a notification " +
        'rule, got 11; use the same events for some of them',
    ]);
  });
});

describe('validation', () => {
  const key = kms.Alias.fromAliasName(stack, 'Managed', 'alias/aws/sns');
  const managed = new sns.Topic(stack, 'ManagedTopic', { masterKey: key });
  const byArn = new sns.Topic(stack, 'ByArn', {
    masterKey: kms.Key.fromKeyArn(stack, 'ByArnKey', 'arn:aws:kms:eu-west-1:111111111111:alias/aws/sns'),
  });
  const escaped = new sns.Topic(stack, 'Escaped');
  (escaped.node.defaultChild as sns.CfnTopic).kmsMasterKeyId = 'alias/aws/sns';
  const managedKey =
    "'notifications.topic' must not be encrypted with the AWS managed key, whose policy allows no notification " +
    'to publish, got "alias/aws/sns"';

  test.each<[about: string, notification: Notification, ...problems: string[]]>([
    ['the key that AWS manages, by its alias', Notification.topic(managed), managedKey],
    ['the key that AWS manages, by an ARN', Notification.topic(byArn), managedKey],
    ['the key that AWS manages, by the resource', Notification.topic(escaped), managedKey],
    ['no address', Notification.email([]), "'notifications.addresses' must contain at least one address, got []"],
    [
      'what is no address',
      Notification.email(['release', 'a b@example.com', '']),
      '\'notifications.addresses[0]\' must consist of a name, @ and a domain, got "release"',
      '\'notifications.addresses[1]\' must consist of a name, @ and a domain, got "a b@example.com"',
      `'notifications.addresses[2]' must ${NON_EMPTY_STRING}, got ""`,
    ],
    [
      'an address twice',
      Notification.email(['a@example.com', 'A@example.com']),
      `'notifications.addresses[1]' must ${UNIQUE}, got "A@example.com"; remove the duplicate`,
    ],
    [
      'an address that is a token',
      Notification.email([Token.asString({ Ref: 'Address' })]),
      `'notifications.addresses[0]' must ${KNOWN_AT_SYNTH}, got "a token"`,
    ],
    [
      'an audience that is no word',
      Notification.email(['a@example.com'], { audience: 'The team' }),
      '\'notifications.audience\' must consist of letters and digits, got "The team"',
    ],
    [
      'two audiences of one name',
      Notification.all([EVERY.email(), Notification.email(['a@example.com'])]),
      '\'notifications\' must have a unique audience for each Notification.email, got "Email"',
    ],
    [
      'ids of Slack',
      Notification.slack('acme', '#release'),
      '\'notifications.workspaceId\' must consist of capital letters and digits, got "acme"',
      '\'notifications.channelId\' must consist of letters and digits, got "#release"',
    ],
    [
      'ids of Teams',
      Notification.teams('acme', TEAM.slice(1), '19:b6@thread.tacv2'),
      "'notifications.tenantId' must consist of 32 hexadecimal digits with '-' after the 8th, 12th, 16th and " +
        '20th, got "acme"',
      "'notifications.teamId' must consist of 32 hexadecimal digits",
      "'notifications.teamsChannelId' must consist of letters, digits and '_=+/.,-' with one %3a and one %40, " +
        'got "19:b6@thread.tacv2"',
    ],
    [
      'the configuration of something else',
      Notification.teamsChannel(slackChannel.slackChannelConfigurationArn),
      "'notifications.configurationArn' must consist of arn:…:chatbot",
    ],
    [
      'a part of all, by its place',
      Notification.all([EVERY.topic(), Notification.all([Notification.slack('acme', 'C1')])]),
      '\'notifications.all[1].all[0].workspaceId\' must consist of capital letters and digits, got "acme"',
    ],
  ])('%s', (...[, notification, ...problems]) => {
    const found = problemsOf(notification);
    expect(found).toHaveLength(problems.length);
    found.forEach((one, i) => expect(one).toContain(problems[i]));
  });
});

test('accepts a topic with a customer managed key, an imported topic and an ARN token', () => {
  const encrypted = new sns.Topic(stack, 'Encrypted', { masterKey: new kms.Key(stack, 'Key') });
  const imported = sns.Topic.fromTopicArn(stack, 'Imported', 'arn:aws:sns:eu-west-1:111111111111:releases');
  const all = Notification.all([
    Notification.topic(encrypted),
    Notification.topic(imported),
    Notification.teamsChannel(Token.asString({ Ref: 'Channel' })),
  ]);
  expect(problemsOf(all)).toEqual([]);
});

test('accepts an address in two audiences', () => {
  const all = Notification.all([
    Notification.email(['a@example.com']),
    Notification.email(['a@example.com'], { audience: 'Leads' }),
  ]);
  expect(problemsOf(all)).toEqual([]);
  expect(notificationGroups(all._plan(new Problems())).map(({ channels }) => channels.length)).toEqual([2]);
});
