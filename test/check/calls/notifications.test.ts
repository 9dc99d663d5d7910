import { check } from '../../../src/check/check';
import type { Finding } from '../../../src/check/finding';
import { allow, document, smallPipeline, TOPIC, type Change } from '../../helpers/small-pipeline';
import { EU, TOOLS } from '../../helpers/stacks';

const SERVICE = 'codestar-notifications.amazonaws.com';
const PIPELINE_ARN = { 'Fn::Sub': 'arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Pipeline}' };
const by = { Principal: { Service: SERVICE } };

function when(conditionKey: string, value: string) {
  return { ...by, Condition: { StringEquals: { [conditionKey]: value } } };
}

function publish(more: object = by) {
  return {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [{ Ref: 'Topic' }],
      PolicyDocument: document(allow('Notify', 'sns:Publish', { Ref: 'Topic' }, more)),
    },
  };
}

function key(...more: object[]) {
  return { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document(...more) } };
}

function useKey(actions: string[], via: string) {
  return allow('Notify', actions, '*', when('kms:ViaService', via));
}

function rule(more: object = {}) {
  return {
    Type: 'AWS::CodeStarNotifications::NotificationRule',
    Properties: {
      Name: 'told',
      Resource: PIPELINE_ARN,
      DetailType: 'FULL',
      EventTypeIds: ['x'],
      Targets: [{ TargetType: 'SNS', TargetAddress: { Ref: 'Topic' } }],
      ...more,
    },
  };
}

/** Returns the findings about the calls of the service. */
function found(more: object, change: Change = () => {}): string[] {
  const stacks = smallPipeline((resources) => {
    Object.assign(resources, more);
    change(resources);
  });
  return check(stacks)
    .pipelines[0].findings.filter(({ caller }) => caller?.includes(SERVICE))
    .map(words);
}

function words({ severity, verdict, call, source }: Finding) {
  return `${severity} ${verdict} ${call} (${source!.basis})`;
}

function encrypted(KmsMasterKeyId: unknown): Change {
  return ({ Topic }) => {
    Topic.Properties.KmsMasterKeyId = KmsMasterKeyId;
  };
}

const ownKey = encrypted({ 'Fn::GetAtt': ['TopicKey', 'Arn'] });
const VIA = `sns.${EU}.amazonaws.com`;
const BOTH = ['kms:GenerateDataKey*', 'kms:Decrypt'];

test.each<[about: string, more: object, findings: string[], change?: Change]>([
  ['a topic that allows the service', { Rule: rule(), Policy: publish() }, []],
  ['for the account of the pipeline', { Rule: rule(), Policy: publish(when('aws:SourceAccount', TOOLS)) }, []],
  [
    'for another account',
    { Rule: rule(), Policy: publish(when('aws:SourceAccount', '999999999999')) },
    ['error DENIED sns:Publish (documented)'],
  ],
  ['a topic without a policy', { Rule: rule() }, ['error DENIED sns:Publish (documented)']],
  [
    'a topic for another service',
    { Rule: rule(), Policy: publish({ Principal: { Service: 'events.amazonaws.com' } }) },
    ['error DENIED sns:Publish (documented)'],
  ],
  [
    'a topic of another account',
    { Rule: rule({ Targets: [{ TargetType: 'SNS', TargetAddress: TOPIC.replace(/\w+$/, 'other') }] }) },
    ['info UNKNOWN sns:Publish (documented)'],
  ],
  ['a rule of another pipeline', { Rule: rule({ Resource: `arn:aws:codepipeline:${EU}:${TOOLS}:other` }) }, []],
  [
    'a channel',
    {
      Rule: rule({
        Targets: [
          { TargetType: 'AWSChatbotSlack', TargetAddress: 'arn:aws:chatbot::1:chat-configuration/slack-channel/x' },
        ],
      }),
    },
    [],
  ],
  ['a key that allows the service', { Rule: rule(), Policy: publish(), TopicKey: key(useKey(BOTH, VIA)) }, [], ownKey],
  [
    'a key that does so in another account',
    { Rule: rule(), Policy: publish(), TopicKey: key(useKey(BOTH, 'sns.us-east-1.amazonaws.com')) },
    ['error DENIED kms:GenerateDataKey (documented)', 'error DENIED kms:Decrypt (documented)'],
    ownKey,
  ],
  [
    'a key that does so by half',
    { Rule: rule(), Policy: publish(), TopicKey: key(useKey(['kms:GenerateDataKey*'], VIA)) },
    ['error DENIED kms:Decrypt (documented)'],
    ownKey,
  ],
  [
    'a key without a policy',
    { Rule: rule(), Policy: publish(), TopicKey: { Type: 'AWS::KMS::Key', Properties: {} } },
    ['error DENIED kms:GenerateDataKey (documented)', 'error DENIED kms:Decrypt (documented)'],
    ownKey,
  ],
  [
    'the key that AWS manages',
    { Rule: rule(), Policy: publish() },
    ['warning DENIED kms:GenerateDataKey (documented)', 'warning DENIED kms:Decrypt (documented)'],
    encrypted('alias/aws/sns'),
  ],
  [
    'a key of another account',
    { Rule: rule(), Policy: publish() },
    ['info UNKNOWN kms:GenerateDataKey, kms:Decrypt (documented)'],
    encrypted(`arn:aws:kms:${EU}:${TOOLS}:key/elsewhere`),
  ],
])('a rule publishes to %s', (...[, more, findings, change]) => {
  expect(found(more, change)).toEqual(findings);
});

test('checks every target of every rule', () => {
  const Targets = ['one', 'two'].map((name) => ({ TargetType: 'SNS', TargetAddress: TOPIC.replace(/\w+$/, name) }));
  expect(found({ Rule: rule({ Targets }), Other: rule() })).toHaveLength(3);
});
