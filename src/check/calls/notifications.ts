import type { ModelResource } from '../../assembly/scope';
import { listOf, objectOf, textOf } from '../../assembly/json';
import type { PipelineModel } from '../pipeline';
import type { Call } from './call';
import type { IamModel } from '../model/iam-model';

const NOTIFIER = 'codestar-notifications.amazonaws.com';
const TOPICS = 'https://docs.aws.amazon.com/dtconsole/latest/userguide/set-up-sns.html';
const KEYS = 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html';

/**
 * What notifies of a pipeline: rules that publish to topics. Messages to channels of Slack and Microsoft Teams ask no
 * policy.
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
  const keyArn = model.topicKey(topic);
  return [
    { ...common, call: 'sns:Publish', resource: topic },
    ...(keyArn === undefined
      ? []
      : ['kms:GenerateDataKey', 'kms:Decrypt'].map((call): Call => ({
          ...common,
          call,
          resource: keyArn,
          context: { 'kms:viaservice': [`sns.${rule.stack.region}.amazonaws.com`] },
          ...(keyArn.includes(':alias/aws/') && MANAGED),
        }))),
  ];
}

/**
 * The key that AWS manages lets in callers of the account. That a service calling in its own name is none of them
 * follows from what AWS says of encrypted topics: events reach those with a key of yours only.
 */
const MANAGED = { basis: 'inferred', source: KEYS, context: { 'kms:calleraccount': 'absent' } } as const;
