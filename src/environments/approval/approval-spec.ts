import type { aws_iam as iam, aws_sns as sns } from 'aws-cdk-lib';
import type { ActionSpec } from '../../pipeline/action-spec';

/** Describes a manual approval. */
export interface ApprovalSpec extends ActionSpec {
  readonly kind: 'approval';
  /** Principals that are allowed to approve, besides those that may anyway. */
  readonly approvers: readonly iam.IGrantable[];
  /** Topic that requests are published to. */
  readonly topic?: sns.ITopic;
  readonly emails: readonly string[];
}
