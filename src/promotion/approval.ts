import type { Duration } from 'aws-cdk-lib';

/** Options of {@link Approval.people}. */
export interface PeopleApprovalOptions {
  /**
   * An approval that nobody gives in this time counts as rejected. 5 minutes to 60 days.
   *
   * @default Duration.days(7)
   */
  readonly expiry?: Duration;

  /**
   * What the approver reads, at most 1000 characters. May hold variables of earlier steps such as `#{Source-vars.AuthorDate}`;
   * CodePipeline fills them in as they are.
   *
   * @default - the environment, the commit id and the commit message
   */
  readonly text?: string;

  /**
   * A link for the approver, e.g. to the environment before.
   *
   * @default - none
   */
  readonly link?: string;
}

/** What the planner needs to know of an approval. */
interface PeopleApproval {
  readonly expiryMinutes: number;
  readonly text?: string;
  readonly link?: string;
}

/**
 * Who lets a release into an environment.
 *
 * Approvals wait in a stage of their own before the environment, so that a rollback or a retry of the environment never waits for a
 * person again. Waiting costs nothing.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals.html
 *
 * @example
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   environments: [
 *     new DeploymentEnvironment('staging'),
 *     new DeploymentEnvironment('production', {
 *       approval: Approval.people({ expiry: Duration.days(2) }),
 *     }),
 *   ],
 * });
 */
export class Approval {
  /** A person with permission to approve in this account. */
  public static people(options: PeopleApprovalOptions = {}): Approval {
    return new Approval({
      expiryMinutes: options.expiry?.toMinutes({ integral: false }) ?? 7 * 24 * 60,
      text: options.text,
      link: options.link,
    });
  }

  /** Nobody: the release goes on by itself. */
  public static none(): Approval {
    return new Approval();
  }

  private constructor(private readonly people?: PeopleApproval) {}

  /** @internal */
  public _people(): PeopleApproval | undefined {
    return this.people;
  }
}
