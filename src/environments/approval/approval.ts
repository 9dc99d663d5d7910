import type { aws_iam as iam, aws_sns as sns, Duration } from 'aws-cdk-lib';

/** Options of {@link Approval.manual}. */
export interface ManualApprovalOptions {
  /**
   * Who is asked, in a word or two: 1 to 40 letters, digits, `_` and `-`, added to the name of the approval. Needed
   * where several approvals stand beside each other.
   *
   * @default - no name, for a single approval
   */
  readonly approvalName?: string;

  /**
   * Roles, users and groups that are allowed to answer this approval and no other, and to see the pipeline. They must
   * be ones that a policy can be added to. Whoever has the permission from elsewhere may answer, too: this prop gives,
   * and takes from nobody.
   *
   * @default - none: people who have the permission already
   */
  readonly approvers?: iam.IGrantable[];

  /**
   * E-mail addresses that are told when somebody is to decide. Each owner must confirm the subscription once. Without a
   * `notificationTopic` one is made for them, encrypted with the key that AWS manages; e-mails cost $2 for 100 000 (us-east-1).
   *
   * @default - none
   */
  readonly notifyEmails?: string[];

  /**
   * A topic that is told when somebody is to decide, in the account and region of the pipeline.
   *
   * @default - one for `notifyEmails`, if there are any
   */
  readonly notificationTopic?: sns.ITopic;

  /**
   * An approval that nobody gives in this time counts as rejected, so that what waits behind it goes on. 5 minutes to
   * 60 days.
   *
   * @default Duration.days(7)
   */
  readonly timeout?: Duration;

  /**
   * What the approver reads, at most 1000 characters. May hold variables of earlier steps such as
   * `#{Source-vars.AuthorDate}`; CodePipeline fills them in as they are.
   *
   * @default - the environment, the commit id and the commit message
   */
  readonly comment?: string;

  /**
   * A link for the approver, e.g. to the environment before.
   *
   * @default - none
   */
  readonly reviewUrl?: string;
}

/** What the planner needs to know of an approval: who is asked, and in which order. */
export type ApprovalContent =
  | { readonly kind: 'people'; readonly options: ManualApprovalOptions }
  | { readonly kind: 'all' | 'in-order'; readonly approvals: readonly Approval[] };

/**
 * Who lets a release into an environment.
 *
 * Approvals wait in a stage of their own before the environment, so that a rollback or a retry of the environment never
 * waits for a person again. Waiting costs nothing. While an approval waits, newer runs wait behind it; when it expires
 * the next one is asked about.
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
  /** A person: one of the approvers, or anybody who has permission to approve in this account. */
  public static manual(options: ManualApprovalOptions = {}): Approval {
    return new Approval({ kind: 'people', options });
  }

  /** All of them, asked at the same time; one that rejects ends the run. Each needs an `approvalName`. */
  public static all(approvals: Approval[]): Approval {
    return new Approval({ kind: 'all', approvals });
  }

  /** All of them, each asked when those before have approved. Each needs an `approvalName`. */
  public static inOrder(approvals: Approval[]): Approval {
    return new Approval({ kind: 'in-order', approvals });
  }

  /** Nobody: the release goes on by itself. */
  public static none(): Approval {
    return new Approval();
  }

  private constructor(
    /** @internal */
    public readonly _content?: ApprovalContent,
  ) {}
}
