import { App, aws_chatbot as chatbot, aws_kms as kms, aws_sns as sns, Stack } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NIST80053R4Checks,
  NIST80053R5Checks,
  PCIDSS321Checks,
} from 'cdk-nag';
import { Notification, NotificationEvent } from '../../src';
import { readInput } from '../../src/assembly/input';
import { check } from '../../src/check/check';
import { findingsOf } from '../check/verdicts';
import { notified, notifiedTemplate } from '../helpers/notified';
import { CONCRETE, jsonOf, resourcesOf, statementsOf, type CfnTemplate } from '../helpers/synth';

const { PIPELINE_SUCCEEDED } = NotificationEvent;
const TENANT = '11111111-2222-3333-4444-555555555555';
const CHANNEL = '19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2';
const SERVICE = 'codestar-notifications.amazonaws.com';
const PUBLISH = {
  Action: 'sns:Publish',
  Effect: 'Allow',
  Principal: { Service: SERVICE },
  Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
};
const USE_KEY = {
  Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
  Effect: 'Allow',
  Principal: { Service: SERVICE },
  Resource: '*',
  Condition: {
    StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['sns.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } },
  },
};

interface RuleJson {
  readonly Name: string;
  readonly Resource: unknown;
  readonly Targets: unknown;
}

function rulesOf(template: CfnTemplate) {
  return resourcesOf(template, 'AWS::CodeStarNotifications::NotificationRule').map(([, { Properties, DependsOn }]) => ({
    DependsOn,
    ...(Properties as unknown as RuleJson),
  }));
}

function documentsOf(template: CfnTemplate, type: string, property: string) {
  return resourcesOf(template, type).map(
    ([, { Properties }]) => (Properties[property] as { Statement: object[] }).Statement,
  );
}

function policiesOf(template: CfnTemplate) {
  return documentsOf(template, 'AWS::SNS::TopicPolicy', 'PolicyDocument');
}

function keysOf(template: CfnTemplate) {
  return documentsOf(template, 'AWS::KMS::Key', 'KeyPolicy');
}

function ids(template: CfnTemplate) {
  return Object.keys(template.Resources);
}

function EVERYTHING(stack: Stack) {
  return Notification.all([
    Notification.topic(new sns.Topic(stack, 'Topic')),
    Notification.topic(new sns.Topic(stack, 'Encrypted', { masterKey: new kms.Key(stack, 'Key') }), {
      events: [PIPELINE_SUCCEEDED],
    }),
    Notification.email(['a@example.com', 'b@example.com']),
    Notification.email(['lead@example.com'], {
      audience: 'Leads',
      events: Object.values(NotificationEvent),
      fullDetail: false,
    }),
    Notification.slack('T0123', 'C0123'),
    Notification.slack('T0123', 'C0456', { events: [PIPELINE_SUCCEEDED] }),
    Notification.slackChannel(
      new chatbot.SlackChannelConfiguration(stack, 'Channel', {
        slackChannelConfigurationName: 'release',
        slackWorkspaceId: 'T0123',
        slackChannelId: 'C0789',
      }),
    ),
    Notification.teams(TENANT, TENANT, CHANNEL),
    Notification.teamsChannel('arn:aws:chatbot::111111111111:chat-configuration/microsoft-teams-channel/release'),
  ]);
}

test('renders nothing without notifications', () => {
  expect(ids(notifiedTemplate(() => Notification.none())).filter((id) => id.includes('Notifications'))).toEqual([]);
});

describe('a topic', () => {
  test('allows the service to publish for the account, before the rule', () => {
    const template = notifiedTemplate((stack) => Notification.topic(new sns.Topic(stack, 'Topic')));
    const [[policy]] = resourcesOf(template, 'AWS::SNS::TopicPolicy');
    expect(policiesOf(template)).toMatchObject([[{ ...PUBLISH, Resource: { Ref: 'TopicBFC7AF6E' } }]]);
    expect(rulesOf(template)).toMatchObject([
      {
        DependsOn: [policy],
        DetailType: 'FULL',
        EventTypeIds: [NotificationEvent.PIPELINE_FAILED, NotificationEvent.APPROVAL_NEEDED],
        Targets: [{ TargetType: 'SNS', TargetAddress: { Ref: 'TopicBFC7AF6E' } }],
      },
    ]);
    expect(JSON.stringify(rulesOf(template)[0].Resource)).toContain(
      resourcesOf(template, 'AWS::CodePipeline::Pipeline')[0][0],
    );
  });

  test('allows the service to use its key', () => {
    const template = notifiedTemplate((stack) =>
      Notification.topic(new sns.Topic(stack, 'Topic', { masterKey: new kms.Key(stack, 'Key') })),
    );
    expect(keysOf(template).map((statements) => statements.slice(1))).toEqual([[USE_KEY]]);
  });

  test('does not change an imported topic', () => {
    const template = notifiedTemplate((stack) =>
      Notification.topic(
        sns.Topic.fromTopicAttributes(stack, 'Topic', {
          topicArn: 'arn:aws:sns:eu-west-1:111111111111:releases',
          keyArn: 'arn:aws:kms:eu-west-1:111111111111:key/1',
        }),
      ),
    );
    expect(rulesOf(template)).toMatchObject([
      { DependsOn: undefined, Targets: [{ TargetAddress: 'arn:aws:sns:eu-west-1:111111111111:releases' }] },
    ]);
    expect(ids(template).filter((id) => /Topic|Key/.test(id))).toEqual([]);
  });

  test('has one statement for many pipelines', () => {
    const stack = new Stack(new App(), 'Shop');
    const topic = new sns.Topic(stack, 'Topic', { masterKey: new kms.Key(stack, 'Key') });
    for (const id of ['One', 'Two', 'Three']) notified(stack, Notification.topic(topic), id);
    const template = jsonOf(stack);
    expect(policiesOf(template).map((statements) => statements.length)).toEqual([1]);
    expect(keysOf(template).map((statements) => statements.length)).toEqual([2]);
    expect(new Set(rulesOf(template).map(({ Name }) => Name)).size).toBe(3);
  });

  test('may be in another stack', () => {
    const app = new App();
    const shared = new Stack(app, 'Shared', CONCRETE);
    const stack = new Stack(app, 'Shop', CONCRETE);
    notified(stack, Notification.topic(new sns.Topic(shared, 'Topic')));
    app.synth();
    expect(policiesOf(jsonOf(shared))).toMatchObject([[PUBLISH]]);
    expect(stack.dependencies.map(({ stackName }) => stackName)).toEqual(['Shared']);
  });

  test.each([
    [
      'region',
      'arn:aws:sns:us-east-1:111111111111:releases',
      '\'notifications.topic\' must be a topic in the Region of the pipeline, eu-west-1, got "Shop/Topic in us-east-1"',
    ],
    [
      'account',
      'arn:aws:sns:eu-west-1:222222222222:releases',
      "'notifications.topic' must be a topic in the account of the pipeline, 111111111111, got \"Shop/Topic in " +
        '222222222222"',
    ],
  ])('is rejected in another %s', (_, arn, message) => {
    expect(() =>
      notifiedTemplate((stack) => Notification.topic(sns.Topic.fromTopicArn(stack, 'Topic', arn)), CONCRETE),
    ).toThrow(message);
  });

  test('is reported with its path', () => {
    function topicOf(stack: Stack) {
      return sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111111111111:releases');
    }

    expect(() =>
      notifiedTemplate(
        (stack) => Notification.all([Notification.none(), Notification.topic(topicOf(stack))]),
        CONCRETE,
      ),
    ).toThrow("'notifications.all[1].topic' must be a topic in the Region of the pipeline");
  });
});

describe('email', () => {
  test('has an encrypted topic with a rotating key', () => {
    const template = notifiedTemplate(() => Notification.email(['a@example.com', 'b@example.com']));
    const [[key, { Properties, DeletionPolicy }]] = resourcesOf(template, 'AWS::KMS::Key');
    expect([Properties.EnableKeyRotation, DeletionPolicy]).toEqual([true, 'Delete']);
    expect(keysOf(template)[0].slice(1)).toEqual([USE_KEY]);
    const [
      [
        topic,
        {
          Properties: { KmsMasterKeyId },
        },
      ],
    ] = resourcesOf(template, 'AWS::SNS::Topic');
    expect(KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [key, 'Arn'] });
    expect(policiesOf(template)).toMatchObject([
      [{ Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, PUBLISH],
    ]);
    expect(resourcesOf(template, 'AWS::SNS::Subscription').map(([, one]) => one.Properties)).toEqual(
      ['a@example.com', 'b@example.com'].map((Endpoint) => ({ Endpoint, Protocol: 'email', TopicArn: { Ref: topic } })),
    );
  });

  test('shares a key between audiences', () => {
    const template = notifiedTemplate(EVERYTHING);
    expect(
      resourcesOf(template, 'AWS::KMS::Key')
        .map(([id]) => id)
        .filter((id) => id.startsWith('Site')),
    ).toHaveLength(1);
    expect(resourcesOf(template, 'AWS::SNS::Topic')).toHaveLength(4);
  });
});

describe('channels', () => {
  test('are configured without permissions for their members', () => {
    const template = notifiedTemplate(
      () => Notification.all([Notification.slack('T0123', 'C0123'), Notification.teams(TENANT, TENANT, CHANNEL)]),
      CONCRETE,
    );
    const roles = resourcesOf(template, 'AWS::IAM::Role').filter(([id]) => id.includes('Notifications'));
    expect(roles).toHaveLength(1);
    const [[role, { Properties }]] = roles;
    expect(Properties.ManagedPolicyArns ?? Properties.Policies).toBeUndefined();
    expect(statementsOf(template).filter(({ holder }) => holder.includes('Notifications'))).toEqual([]);
    const GuardrailPolicies = [
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AWSDenyAll']] },
    ];
    const common = { GuardrailPolicies, IamRoleArn: { 'Fn::GetAtt': [role, 'Arn'] } };
    const slack = resourcesOf(template, 'AWS::Chatbot::SlackChannelConfiguration');
    const teams = resourcesOf(template, 'AWS::Chatbot::MicrosoftTeamsChannelConfiguration');
    expect(slack.map(([, one]) => one.Properties)).toMatchObject([
      { ...common, SlackWorkspaceId: 'T0123', SlackChannelId: 'C0123' },
    ]);
    expect(teams.map(([, one]) => one.Properties)).toMatchObject([
      { ...common, TeamsTenantId: TENANT, TeamId: TENANT, TeamsChannelId: CHANNEL },
    ]);
    expect(rulesOf(template)[0].Targets).toEqual([
      { TargetType: 'AWSChatbotSlack', TargetAddress: { 'Fn::GetAtt': [slack[0][0], 'Arn'] } },
      { TargetType: 'AWSChatbotMicrosoftTeams', TargetAddress: { 'Fn::GetAtt': [teams[0][0], 'Arn'] } },
    ]);
    for (const [, one] of [...slack, ...teams]) {
      expect(one.Properties.ConfigurationName).toMatch(/^[A-Za-z0-9_-]{1,128}$/);
    }
  });

  test('are configured once for several rules', () => {
    const template = notifiedTemplate(() =>
      Notification.all([
        Notification.slack('T0123', 'C0123'),
        Notification.slack('T0123', 'C0123', { events: [PIPELINE_SUCCEEDED] }),
      ]),
    );
    expect(resourcesOf(template, 'AWS::Chatbot::SlackChannelConfiguration')).toHaveLength(1);
    const [first, second] = rulesOf(template);
    expect(first.Targets).toEqual(second.Targets);
  });

  function other(stack: Stack) {
    return notified(stack, Notification.slack('T0123', 'C0123'), 'Other');
  }

  test('reject a second configuration of a Slack channel in an account', () => {
    const stack = new Stack(new App(), 'Shop');
    other(stack);
    expect(() => notified(stack, Notification.slack('T0123', 'C0123'))).toThrow(
      "[DeliveryPipeline Shop/Site] 'notifications' must be the only configuration of the Slack channel in the " +
        'account, got "C0123, also configured by Shop/Other/Notifications/Channels/Slack-T0123-C0123"; create one ' +
        'configuration, and pass it to each pipeline with Notification.slackChannel',
    );
  });

  test.each([
    ['the account of another stack', 'C0123', '111111111111', true],
    ['another account', 'C0123', '222222222222', false],
    ['another channel', 'C0456', '111111111111', false],
  ])('accept a Slack channel in %s', (_, channel, account, refused) => {
    const app = new App();
    other(new Stack(app, 'Shop', CONCRETE));

    function make() {
      return notified(
        new Stack(app, 'Next', { env: { account, region: 'us-east-1' } }),
        Notification.slack('T0123', channel),
      );
    }

    if (refused) expect(make).toThrow('be the only configuration of the Slack channel');
    else expect(make).not.toThrow();
  });
});

describe('names and ids', () => {
  test('are valid and unique for rules', () => {
    const names = rulesOf(notifiedTemplate(EVERYTHING)).map(({ Name }) => Name);
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9\-_ ]{1,64}$/);
  });

  test('of a rule contain its events and detail', () => {
    const template = notifiedTemplate((stack) =>
      Notification.topic(new sns.Topic(stack, 'Topic'), { events: [PIPELINE_SUCCEEDED], fullDetail: false }),
    );
    expect(rulesOf(template)).toMatchObject([{ EventTypeIds: [PIPELINE_SUCCEEDED], DetailType: 'BASIC' }]);
  });

  test('of rules differ by their events', () => {
    const events = Object.values(NotificationEvent);
    const many = [events, events.slice(1), events.slice(0, -1), events.slice(0, -2)];
    const template = notifiedTemplate((stack) => {
      const topic = new sns.Topic(stack, 'Topic');
      return Notification.all(
        many.flatMap((some) =>
          [true, false].map((fullDetail) => Notification.topic(topic, { events: some, fullDetail })),
        ),
      );
    });
    expect(rulesOf(template)).toHaveLength(8);
  });

  test('do not change when others are added', () => {
    const before = notifiedTemplate((stack) =>
      Notification.all([Notification.email(['a@example.com']), EVERYTHING_ELSE(stack)]),
    );
    const after = notifiedTemplate((stack) =>
      Notification.all([
        Notification.slack('T0', 'C0'),
        Notification.email(['new@example.com'], { audience: 'New' }),
        Notification.topic(new sns.Topic(stack, 'New'), { events: [NotificationEvent.STAGE_FAILED] }),
        Notification.email(['new@example.com', 'a@example.com']),
        EVERYTHING_ELSE(stack),
      ]),
    );
    expect(ids(after)).toEqual(expect.arrayContaining(ids(before)));

    function unchanged(template: CfnTemplate) {
      return ids(before)
        .filter((id) => !/Rules|EmailKey/.test(id))
        .map((id) => template.Resources[id]);
    }

    expect(unchanged(after)).toEqual(unchanged(before));
  });
});

function EVERYTHING_ELSE(stack: Stack) {
  return Notification.all([
    Notification.topic(new sns.Topic(stack, 'Topic')),
    Notification.slack('T1', 'C1'),
    Notification.teams(TENANT, TENANT, CHANNEL, { events: [PIPELINE_SUCCEEDED] }),
  ]);
}

test('passes the permission check', () => {
  const app = new App();
  const stack = new Stack(app, 'Shop', CONCRETE);
  notified(stack, EVERYTHING(stack));
  const report = check(readInput(app.synth().directory));
  expect(
    findingsOf(report).filter(({ verdict, caller }) => verdict !== 'UNKNOWN' || caller?.includes(SERVICE)),
  ).toEqual([]);
  const without = new App();
  const plain = new Stack(without, 'Shop', CONCRETE);
  notified(plain, Notification.none());
  const { calls } = check(readInput(without.synth().directory)).pipelines[0];
  // Four topics are published to, with two keys.
  expect(report.pipelines[0].calls.allowed - calls.allowed).toBe(4 + 2 * 2);
});

test('passes cdk-nag', () => {
  const app = new App();
  const stack = new Stack(app, 'Shop');
  notified(stack, Notification.all([Notification.email(['a@example.com']), EVERYTHING_ELSE(stack)]));
  const findings = [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks]
    .flatMap((Pack) => new Pack(app).validateScope(app).violations)
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.filter((finding) => finding.includes('/Notifications/'))).toEqual([]);
});
