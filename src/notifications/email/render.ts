import { aws_kms as kms, aws_sns as sns, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { EmailSpec } from './plan';
import type { ChannelContext, ChannelKind } from '../channel-kind';
import { notifyTopic } from '../topic/render';
import { getOrCreate } from '../../render/sibling-stack';
import { subscribeEmails } from '../../render/topics';

export const EMAIL: ChannelKind<EmailSpec> = {
  kind: 'email',
  render: (context, spec) => notifyTopic(renderTopic(context, spec)),
};

/** Renders the topic of an audience. All audiences of a pipeline share a key. */
function renderTopic({ scope, pipelineName }: ChannelContext, { audience, addresses }: EmailSpec): sns.Topic {
  const emails = getOrCreate(scope, 'Emails', (parent, id) => new Construct(parent, id));
  const topic = new sns.Topic(emails, audience, {
    displayName: pipelineName,
    enforceSSL: true,
    masterKey: getOrCreate(
      scope,
      'EmailKey',
      (parent, id) =>
        new kms.Key(parent, id, {
          description: `E-mail notifications of the pipeline ${pipelineName}`,
          enableKeyRotation: true,
          // Nothing is stored that would have to be decrypted later.
          removalPolicy: RemovalPolicy.DESTROY,
        }),
    ),
  });
  subscribeEmails(topic, topic, addresses);
  return topic;
}
