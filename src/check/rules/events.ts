import { type ActionDeclaration, isKnown, type PipelineDeclaration } from './declaration';
import { GUIDE, type ServiceRule } from './service-rule';
import { type Violation, violation } from './violation';
import { listOf, objectOf, textOf } from '../../assembly/json';
import type { ResourceModel } from '../../assembly/resource-model';
import type { ModelResource } from '../../assembly/scope';
import { hasUnknown } from '../../assembly/unknown';
import { NOTIFICATION_LIMITS, PIPELINE_EVENTS } from '../../aws/notification-limits';
import { closest } from '../../common/closest';
import { didYouMean } from '../../common/rules';

const EVENT_BRIDGE = 'https://docs.aws.amazon.com/eventbridge/latest/userguide';
const NOTIFICATIONS = 'https://docs.aws.amazon.com/dtconsole/latest/userguide';

/** Rules for the EventBridge rules that start a pipeline, and for its notification rules. */
export const EVENT_RULES: readonly ServiceRule[] = [
  {
    id: 'EventTargetRole',
    severity: 'warning',
    summary: 'An EventBridge rule starts a pipeline with a role.',
    see: `${EVENT_BRIDGE}/eb-events-iam-roles.html`,
    violations: (pipeline, model) =>
      targetsOf(pipeline, model)
        .filter(({ roleArn }) => isKnown(roleArn) && textOf(roleArn) === '')
        .map(({ rule, path }): Violation => ({
          resource: rule,
          path: `${path}.RoleArn`,
          must: 'be the ARN of a role that is allowed to start the pipeline',
          fix: 'add a role that events.amazonaws.com can assume',
        })),
  },
  {
    id: 'EventTargetEnvironment',
    severity: 'error',
    summary: 'An EventBridge rule that starts a pipeline is in the account and in the Region of the pipeline.',
    see: `${EVENT_BRIDGE}/eb-service-cross-account.html`,
    violations: (pipeline, model) => {
      const { account, region } = pipeline.resource.stack;
      return targetsOf(pipeline, model)
        .filter(({ rule: { stack } }) => differs(stack.account, account) || differs(stack.region, region))
        .map(({ rule, path }): Violation => ({
          resource: rule,
          path: `${path}.Arn`,
          must: `not be a pipeline outside of ${rule.stack.account}/${rule.stack.region}, where the rule is`,
          got: pipeline.resource.arn,
          fix: 'send the events to the event bus of the pipeline, and start it with a rule there',
        }));
    },
  },
  {
    id: 'SourceBucketEvents',
    severity: 'warning',
    summary: 'The bucket of an S3 source sends events to EventBridge if such an event starts the pipeline.',
    see: `${GUIDE}/create-S3-source-events.html`,
    violations: (pipeline, model) =>
      pipeline.actions
        .filter(({ category, provider }) => category === 'Source' && provider === 'S3')
        .flatMap((action) => {
          const bucket = bucketOf(action, pipeline, model);
          if (bucket === undefined || sendsEvents(bucket, model) || !waitsForEvents(bucket, pipeline, model)) return [];
          return [
            violation(action, 'Configuration.S3Bucket', {
              must: 'be a bucket that sends events to EventBridge',
              got: bucket.logicalId,
              fix: 'add NotificationConfiguration with EventBridgeConfiguration to the bucket',
            }),
          ];
        }),
  },
  {
    id: 'NotificationEvents',
    severity: 'error',
    summary: 'A notification rule of a pipeline has events of pipelines.',
    see: `${NOTIFICATIONS}/concepts.html`,
    violations: (pipeline, model) =>
      notificationRules(pipeline, model).flatMap((rule) =>
        listOf(rule.properties.EventTypeIds)
          .map((id, index) => ({ id: textOf(id), index }))
          .filter(({ id }) => isKnown(id) && !PIPELINE_EVENTS.includes(id))
          .map(({ id, index }): Violation => {
            const similar = closest(id, PIPELINE_EVENTS);
            return {
              resource: rule,
              path: `EventTypeIds[${index}]`,
              must: 'be the ID of an event of pipelines',
              got: id,
              fix: similar === undefined ? 'choose an ID from the documentation' : didYouMean(similar),
            };
          }),
      ),
  },
  {
    id: 'NotificationTargetCount',
    severity: 'error',
    summary: `A notification rule has at most ${NOTIFICATION_LIMITS.targetsPerRule} targets.`,
    see: `${NOTIFICATIONS}/limits.html`,
    violations: (pipeline, model) =>
      notificationRules(pipeline, model)
        .map((rule) => ({ rule, count: listOf(rule.properties.Targets).length }))
        .filter(({ count }) => count > NOTIFICATION_LIMITS.targetsPerRule)
        .map(({ rule, count }): Violation => ({
          resource: rule,
          path: 'Targets',
          must: `contain at most ${NOTIFICATION_LIMITS.targetsPerRule} targets`,
          got: count,
          fix: 'send the notifications to one topic with several subscriptions',
        })),
  },
];

interface Target {
  readonly rule: ModelResource;
  readonly path: string;
  readonly roleArn: unknown;
}

/** Returns the targets of EventBridge rules that are the pipeline. */
function targetsOf({ resource }: PipelineDeclaration, model: ResourceModel): Target[] {
  return model.resources('AWS::Events::Rule').flatMap((rule) =>
    listOf(rule.properties.Targets)
      .map(objectOf)
      .flatMap(({ Arn, RoleArn }, index) =>
        Arn === resource.arn ? [{ rule, path: `Targets[${index}]`, roleArn: RoleArn }] : [],
      ),
  );
}

function notificationRules({ resource }: PipelineDeclaration, model: ResourceModel): ModelResource[] {
  return model
    .resources('AWS::CodeStarNotifications::NotificationRule')
    .filter(({ properties: { Resource } }) => Resource === resource.arn);
}

function bucketOf(action: ActionDeclaration, { resource: { stack } }: PipelineDeclaration, model: ResourceModel) {
  const bucket = model.find(`arn:${stack.partition}:s3:::${textOf(action.configuration.S3Bucket)}`);
  return bucket?.type === 'AWS::S3::Bucket' ? bucket : undefined;
}

/** Returns whether a bucket sends events, by its own property or by the custom resource of the AWS CDK. */
function sendsEvents(bucket: ModelResource, model: ResourceModel): boolean {
  const configurations = [
    bucket.properties.NotificationConfiguration,
    ...model
      .resources('Custom::S3BucketNotifications')
      .filter(({ properties: { BucketName } }) => BucketName === bucket.name)
      .map(({ properties: { NotificationConfiguration } }) => NotificationConfiguration),
  ];
  return configurations.some(
    (configuration) => !isKnown(configuration) || objectOf(configuration).EventBridgeConfiguration !== undefined,
  );
}

/** Returns whether an event that the bucket itself sends starts the pipeline. */
function waitsForEvents(bucket: ModelResource, pipeline: PipelineDeclaration, model: ResourceModel): boolean {
  return targetsOf(pipeline, model)
    .map(({ rule }) => objectOf(rule.properties.EventPattern))
    .filter((pattern) => listOf(pattern['detail-type']).includes('Object Created'))
    .some((pattern) => JSON.stringify(objectOf(pattern.detail).bucket ?? '').includes(JSON.stringify(bucket.name)));
}

function differs(value: string, other: string): boolean {
  return value !== other && !hasUnknown(value) && !hasUnknown(other);
}
