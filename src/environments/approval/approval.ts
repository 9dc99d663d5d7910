import type { aws_iam as iam, aws_sns as sns, Duration } from 'aws-cdk-lib';

/** Options of {@link Approval.manual}. */
export interface ManualApprovalOptions {
  /**
   * Name of the approval, e.g. `Security`: 1 to 40 letters, digits, `_` and `-`. It is appended to the name of the
   * action.
   *
   * Required if the stage has several approvals.
   *
   * @default - no name
   */
  readonly approvalName?: string;

  /**
   * Roles, users and groups that are allowed to approve or reject this approval, and to view the pipeline. It must be
   * possible to add a policy to them.
   *
   * This option only grants access. It does not restrict other principals that have the permission.
   *
   * @default - no permission is granted; any principal that has the permission can approve
   */
  readonly approvers?: iam.IGrantable[];

  /**
   * Email addresses that receive approval requests. The owner of each address must confirm the subscription once.
   *
   * If there is no `notificationTopic`, a topic is created, encrypted with the AWS managed key. 100,000 emails cost $2
   * (us-east-1).
   *
   * @default - no emails are sent
   */
  readonly notifyEmails?: string[];

  /**
   * SNS topic that approval requests are published to. It must be in the account and Region of the pipeline.
   *
   * @default - a topic is created if there are `notifyEmails`
   */
  readonly notificationTopic?: sns.ITopic;

  /**
   * Time to respond, from 5 minutes to 60 days. After that, CodePipeline rejects the approval, and executions that wait
   * for it continue.
   *
   * @default Duration.days(7)
   */
  readonly timeout?: Duration;

  /**
   * Comment to display with the approval, at most 1000 characters.
   *
   * It may contain variables of earlier steps, such as `#{Source-vars.AuthorDate}`.
   *
   * @default - the environment, the commit ID and the commit message
   */
  readonly comment?: string;

  /**
   * URL to display with the approval, e.g. of the previous environment.
   *
   * @default - no URL
   */
  readonly reviewUrl?: string;
}

/** Describes a single approval, or several and their order. */
export type ApprovalContent =
  | { readonly kind: 'none' }
  | { readonly kind: 'manual'; readonly options: ManualApprovalOptions }
  | { readonly kind: 'all' | 'in-order'; readonly approvals: readonly Approval[] };

/**
 * Approval that is required before a release is deployed to an environment.
 *
 * Approvals have a separate stage before the environment, so that a rollback or a retry of the environment requires no
 * new approval. While an approval is pending, newer executions wait for it. When it expires, the next execution
 * requests its own approval. A pending approval costs nothing.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals.html
 *
 * @example
 * declare const security: iam.Role;
 * declare const product: iam.Role;
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   environments: [
 *     new DeploymentEnvironment('staging'),
 *     new DeploymentEnvironment('production', {
 *       approval: Approval.all([
 *         Approval.manual({ approvalName: 'Security', approvers: [security], timeout: Duration.days(2) }),
 *         Approval.manual({ approvalName: 'Product', approvers: [product] }),
 *       ]),
 *     }),
 *   ],
 * });
 */
export class Approval {
  /** A manual approval by one of the approvers, or by any principal with the permission to approve. */
  public static manual(options: ManualApprovalOptions = {}): Approval {
    return new Approval({ kind: 'manual', options });
  }

  /**
   * Several approvals that are requested at the same time and are all required. A rejection ends the execution.
   *
   * @param approvals at least one approval, each with an `approvalName`
   */
  public static all(approvals: Approval[]): Approval {
    return new Approval({ kind: 'all', approvals });
  }

  /**
   * Several approvals that are requested one after the other and are all required.
   *
   * @param approvals at least one approval, each with an `approvalName`
   */
  public static inOrder(approvals: Approval[]): Approval {
    return new Approval({ kind: 'in-order', approvals });
  }

  /** No approval: releases are deployed automatically. */
  public static none(): Approval {
    return new Approval({ kind: 'none' });
  }

  private constructor(
    /** @internal */
    public readonly _content: ApprovalContent,
  ) {}
}
