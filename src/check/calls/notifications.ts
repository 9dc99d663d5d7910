import type { ModelResource } from '../../assembly/scope';
import { listOf, objectOf, textOf } from '../../assembly/json';
import type { PipelineModel } from '../pipeline';
import type { Call } from './call';
import type { IamModel } from '../model/iam-model';

const NOTIFIER = 'codestar-notifications.amazonaws.com';
const TOPICS = 'https://docs.aws.amazon.com/dtconsole/latest/userguide/set-up-sns.html';
const KEYS = 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html';

/**
 * Returns the calls of notification rules that publish to topics. Messages to Slack and Microsoft Teams channels
 * require no permission.
 */
export function notificationCalls(pipeline: PipelineModel, model: IamModel): Call[] {
  const rules = model.model
    .resources('AWS::CodeStarNotifications::NotificationRule')
    .filter(({ properties }) => textOf(properties.Resource) === pipeline.arn);
  return rules.flatMap((rule) => topicsOf(rule).flatMap((topic) => publishCalls(rule, topic, model)));
}

function topicsOf({ properties: { Targets } }: ModelResource) {
  return listOf(Targets)
    .map(objectOf)
    .filter(({ TargetType }) => textOf(TargetType).toUpperCase() === 'SNS')
    .map(({ TargetAddress }) => textOf(TargetAddress));
}

function publishCalls(rule: ModelResource, topic: string, model: IamModel): Call[] {
  const common = {
    step: 'work',
    caller: { service: NOTIFIER },
    basis: 'documented',
    source: TOPICS,
    from: rule.stack,
  } as const;
  const publish: Call = { ...common, call: 'sns:Publish', resource: topic };
  const keyArn = model.topicKey(topic);
  if (keyArn === undefined) return [publish];
  const keyCall: Omit<Call, 'call'> = {
    ...common,
    resource: keyArn,
    context: { 'kms:viaservice': [`sns.${rule.stack.region}.amazonaws.com`] },
  };
  const isAwsManaged = keyArn.includes(':alias/aws/');
  const keyCalls = ['kms:GenerateDataKey', 'kms:Decrypt'].map((call) => ({ ...keyCall, call }));
  return [publish, ...keyCalls.map((call) => (isAwsManaged ? { ...call, ...MANAGED } : call))];
}

const MANAGED_KEY =
  'AWS documents that services require a customer managed key for an encrypted topic, but not for notification rules';

/**
 * The policy of an AWS managed key allows only principals of the account. It is inferred from the AWS documentation of
 * encrypted topics, which requires a customer managed key, that a service principal is not one of them.
 */
const MANAGED = { source: KEYS, caution: MANAGED_KEY, context: { 'kms:calleraccount': 'absent' } } as const;
