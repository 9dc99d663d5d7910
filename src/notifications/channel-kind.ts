import type { Construct, IDependable } from 'constructs';
import type { ChannelSpec } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/** Describes how a kind of channel is rendered. Each kind is registered in `kinds.ts`. */
export interface ChannelKind<Spec extends ChannelSpec = ChannelSpec> {
  readonly kind: Spec['kind'];
  /** Creates the resources of the channel, and returns the target of the rule. */
  render(context: ChannelContext, spec: Spec): RuleTarget;
  /** Validates the channel against the construct tree, e.g. the Region of a topic. */
  validate?(scope: Construct, spec: Spec, problems: Problems): void;
}

/** Describes the notifications that a channel belongs to. */
export interface ChannelContext {
  /** Construct of all notifications of the pipeline. */
  readonly scope: Construct;
  readonly pipelineName: string;
}

/** Describes a target of a notification rule, and the resources that must exist before it. */
export interface RuleTarget {
  readonly type: 'SNS' | 'AWSChatbotSlack' | 'AWSChatbotMicrosoftTeams';
  readonly address: string;
  readonly dependencies: readonly IDependable[];
}
