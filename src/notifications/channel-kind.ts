import type { Construct, IDependable } from 'constructs';
import type { ChannelSpec } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/** Everything about a kind of channel that rendering it requires. It is registered once, in `kinds.ts`. */
export interface ChannelKind<Spec extends ChannelSpec = ChannelSpec> {
  readonly kind: Spec['kind'];
  /** Creates what the channel needs, and returns the target of the rule. */
  render(context: ChannelContext, spec: Spec): RuleTarget;
  /** Validates what only the construct tree shows, such as where a topic is. */
  validate?(scope: Construct, spec: Spec, problems: Problems): void;
}

/** Describes the notifications that a channel belongs to. */
export interface ChannelContext {
  /** Construct of all notifications of the pipeline. */
  readonly scope: Construct;
  readonly pipelineName: string;
}

/** Describes a target of a notification rule, and what must exist before it. */
export interface RuleTarget {
  readonly type: 'SNS' | 'AWSChatbotSlack' | 'AWSChatbotMicrosoftTeams';
  readonly address: string;
  readonly dependencies: readonly IDependable[];
}
