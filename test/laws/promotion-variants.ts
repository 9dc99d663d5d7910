import {
  aws_chatbot as chatbot,
  aws_cloudwatch as cloudwatch,
  aws_iam as iam,
  aws_kms as kms,
  aws_sns as sns,
  Duration,
  type Stack,
} from 'aws-cdk-lib';
import { source } from './variants';
import {
  Approval,
  BuildStep,
  DeploymentEnvironment,
  type DeploymentEnvironmentOptions,
  DeployTarget,
  EntryCondition,
  FailureHandling,
  FreezeState,
  Gate,
  Notification,
  NotificationEvent,
  PipelineStage,
  ReleaseFreeze,
  SuccessCondition,
  TestStep,
  type DeliveryPipelineProps,
  type StepsStageOptions,
} from '../../src';
import { ALARM_ARN, GATES, near, optionsOf, variable } from '../helpers/gates';

type Props = (stack: Stack) => DeliveryPipelineProps;

// Resources beside a pipeline are named after it: the laws hold for all that begins so.
function encrypted(stack: Stack) {
  return new sns.Topic(stack, 'SiteTopic', {
    enforceSSL: true,
    masterKey: new kms.Key(stack, 'SiteKey', { enableKeyRotation: true }),
  });
}

function topic(stack: Stack) {
  return sns.Topic.fromTopicArn(stack, 'SiteTopic', near(stack, 'arn:aws:sns:eu-west-1:111111111111:releases'));
}

function approver(stack: Stack) {
  return iam.Role.fromRoleName(stack, 'SiteApprover', 'approver');
}

function alarm(stack: Stack, name: string) {
  return cloudwatch.Alarm.fromAlarmArn(stack, `Site${name}`, near(stack, `${ALARM_ARN}${name}`));
}

function slackChannel(stack: Stack) {
  return chatbot.SlackChannelConfiguration.fromSlackChannelConfigurationArn(
    stack,
    'SiteChannel',
    'arn:aws:chatbot::111111111111:chat-configuration/slack-channel/releases',
  );
}

const TENANT = '11112222-3333-4444-5555-666677778888';
const TEAM = '22223333-4444-5555-6666-777788889999';
const CHANNEL = '19%3aabcdefghijklmnopqrstuvwxyz012345%40thread.tacv2';

/** A production environment after another, so that an approval is the default. */
function production(options: DeploymentEnvironmentOptions): DeliveryPipelineProps {
  return {
    sources: [source],
    variables: [variable],
    stages: [
      PipelineStage.environment(new DeploymentEnvironment('staging', { target: DeployTarget.staticSite() })),
      PipelineStage.environment(
        new DeploymentEnvironment('production', { target: DeployTarget.staticSite(), ...options }),
      ),
    ],
  };
}

function steps(options: StepsStageOptions): DeliveryPipelineProps {
  return {
    sources: [source],
    variables: [variable],
    stages: [PipelineStage.steps('Test', [TestStep.shell(['make test'])], options)],
  };
}

function heard(notifications: Notification): DeliveryPipelineProps {
  return { ...steps({}), notifications };
}

const UNSAID = { entry: 'unsaid', success: 'unsaid', failure: 'unsaid' };

function gates(word: string, place: keyof typeof UNSAID, text: string): Array<[string, Props]> {
  return [[`${word}: ${text}`, (stack) => production(optionsOf(stack, { ...UNSAID, [place]: text }))]];
}

const APPROVALS: Readonly<Record<string, Props>> = {
  'approvals: all of two': (stack) =>
    production({
      approval: Approval.all([
        Approval.manual({ approvalName: 'Security', approvers: [approver(stack)], timeout: Duration.days(2) }),
        Approval.manual({ approvalName: 'Product', notifyEmails: ['product@example.com', 'owner@example.com'] }),
      ]),
    }),
  'approvals: in order': (stack) =>
    production({
      approval: Approval.inOrder([
        Approval.manual({ approvalName: 'Team', notificationTopic: topic(stack) }),
        Approval.all([
          Approval.manual({ approvalName: 'Security', approvers: [approver(stack)] }),
          Approval.manual({ approvalName: 'Product' }),
        ]),
        Approval.manual({
          approvalName: 'Board',
          comment: 'The last word.',
          reviewUrl: 'https://example.com',
          timeout: Duration.minutes(5),
        }),
      ]),
    }),
  'approvals: an encrypted topic, and e-mails to it': (stack) =>
    production({
      approval: Approval.manual({ notificationTopic: encrypted(stack), notifyEmails: ['owner@example.com'] }),
    }),
  'approvals: a stage of its own, by several': (stack) => ({
    sources: [source],
    stages: [
      PipelineStage.steps('Test', [TestStep.shell(['make test'])]),
      PipelineStage.approval(
        'Release',
        Approval.all([
          Approval.manual({ approvalName: 'Security', approvers: [approver(stack)] }),
          Approval.manual({ approvalName: 'Product', notifyEmails: ['product@example.com'] }),
        ]),
        { beforeEntry: EntryCondition.failUnless([GATES.window(stack, 'Entry')]) },
      ),
    ],
  }),
};

const FREEZES: Readonly<Record<string, Props>> = {
  'a freeze': (stack) =>
    production({ beforeEntry: EntryCondition.failUnless([new ReleaseFreeze(stack, 'SiteFreeze').gate()]) }),
  'a freeze by a calendar, in office hours': (stack) =>
    production({
      beforeEntry: EntryCondition.failUnless([
        Gate.officeHours('Europe/Berlin'),
        new ReleaseFreeze(stack, 'SiteFreeze', {
          freezeState: FreezeState.changeCalendar(['company-holidays']),
        }).gate(),
      ]),
    }),
};

const NOTIFICATIONS: Readonly<Record<string, Props>> = {
  'notified: a topic': (stack) =>
    heard(
      Notification.topic(
        new sns.Topic(stack, 'SiteTopic', {
          enforceSSL: true,
          masterKey: kms.Key.fromKeyArn(stack, 'SiteKey', `arn:aws:kms:eu-west-1:111111111111:key/${TENANT}`),
        }),
      ),
    ),
  'notified: an encrypted topic': (stack) => heard(Notification.topic(encrypted(stack))),
  'notified: e-mail': () => heard(Notification.email(['release@example.com', 'lead@example.com'])),
  'notified: a channel of Slack': () => heard(Notification.slack('T0123ABCD', 'C0123ABCD')),
  'notified: a configured channel of Slack': (stack) => heard(Notification.slackChannel(slackChannel(stack))),
  'notified: a channel of Teams': () => heard(Notification.teams(TENANT, TEAM, CHANNEL)),
  'notified: a configured channel of Teams': () =>
    heard(
      Notification.teamsChannel('arn:aws:chatbot::111111111111:chat-configuration/microsoft-teams-channel/releases'),
    ),
  'notified: all of them': (stack) =>
    heard(
      Notification.all([
        Notification.topic(encrypted(stack), { events: Object.values(NotificationEvent), fullDetail: false }),
        Notification.email(['release@example.com']),
        Notification.email(['lead@example.com'], { audience: 'Leads', events: [NotificationEvent.PIPELINE_SUCCEEDED] }),
        Notification.slackChannel(slackChannel(stack)),
        Notification.teams(TENANT, TEAM, CHANNEL),
      ]),
    ),
  'notified: nobody': () => heard(Notification.none()),
};

/**
 * Approvals, failure handling and notifications: one choice at a time; the laws hold for
 * each.
 */
export const PROMOTION_VARIANTS: Readonly<Record<string, Props>> = {
  ...APPROVALS,
  ...Object.fromEntries([
    ...[
      'alarm',
      'window',
      'variable',
      'function',
      'commands',
      'build',
      'window+variable+function+commands+build',
    ].flatMap((kind) => [
      ...gates('before', 'entry', `fail ${kind}`),
      ...gates('after', 'success', `back ${kind}`),
      ...gates('after', 'success', `fail ${kind}`),
    ]),
    // With an approval: no approval is requested for a release without a deployment.
    ...['variable', 'function', 'variable+function'].flatMap((kind) => gates('before', 'entry', `skip ${kind}`)),
    ...[
      'none',
      'back',
      'back-unless alarm',
      'back-unless function',
      'back-unless alarm+function',
      'retry-failed',
      'retry-all',
    ].flatMap((text) => gates('otherwise', 'failure', text)),
  ]),
  'a bake': (stack) =>
    production({
      approval: Approval.none(),
      tests: [TestStep.shell(['curl --fail "$SITE_URL"'])],
      onSuccess: SuccessCondition.rollBackUnless([
        Gate.alarmsHealthy(
          ['Errors', 'Latency', 'Cost'].map((name) => alarm(stack, name)),
          { waitTime: Duration.minutes(30) },
        ),
        Gate.buildStep(BuildStep.shell(['curl --fail "$SITE_URL"'], { stepName: 'Look' })),
      ]),
    }),
  'steps: gates everywhere': (stack) =>
    steps(
      optionsOf(stack, { entry: 'fail function+window', success: 'fail commands+build', failure: 'back-unless alarm' }),
    ),
  'steps: skipped or tried again': (stack) =>
    steps({
      ...optionsOf(stack, { ...UNSAID, entry: 'skip variable' }),
      onFailure: FailureHandling.retryFailedActions(),
    }),
  ...FREEZES,
  ...NOTIFICATIONS,
};
