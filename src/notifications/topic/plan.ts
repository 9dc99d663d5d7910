import type { aws_sns as sns } from 'aws-cdk-lib';
import type { ChannelPlanner } from '../channel-planner';
import type { ChannelSpec } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { validateTopic } from '../../pipeline/validation/receivers';

/** Describes an SNS topic of the user. */
export interface TopicSpec extends ChannelSpec {
  readonly kind: 'topic';
  readonly topic: sns.ITopic;
}

/** Plans notifications to an SNS topic of the user. */
export class TopicChannel implements ChannelPlanner {
  public constructor(private readonly topic: sns.ITopic) {}

  public plan(problems: Problems): TopicSpec | undefined {
    const { topic } = this;
    if (!validateTopic(topic, 'notification', problems.at('topic'))) return undefined;
    return { kind: 'topic', identity: `topic ${topic.topicArn}`, topic };
  }
}
