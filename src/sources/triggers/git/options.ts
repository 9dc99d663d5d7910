import type { PipelineSource } from '../../pipeline-source';

/** Options of {@link PipelineTrigger.push}. */
export interface PushTriggerOptions {
  /**
   * Branches whose pushes start a run, as globs: `*` stands for any characters but `/`, `**` for any characters. At most 8.
   *
   * @default - the branch of the source; every branch if `branchesExcept` names some
   */
  readonly branches?: string[];

  /**
   * Branches whose pushes do not, whatever `branches` says. At most 8.
   *
   * @default - none
   */
  readonly branchesExcept?: string[];

  /**
   * Files of which at least one must be changed by the push, as globs such as `apps/web/**`. At most 8. AWS looks at the first 100 changed files
   * only, and the push that creates a branch never passes.
   *
   * @default - any file
   */
  readonly paths?: string[];

  /**
   * Files that do not count as changed. At most 8.
   *
   * @default - none
   */
  readonly pathsExcept?: string[];

  /**
   * The source that is pushed to.
   *
   * @default - the first source that is read through a connection
   */
  readonly source?: PipelineSource;
}

/** Options of {@link PipelineTrigger.tag}. */
export interface TagTriggerOptions {
  /**
   * Tags that do not start a run, whatever the patterns say. At most 8.
   *
   * @default - none
   */
  readonly tagsExcept?: string[];

  /**
   * The source that is tagged.
   *
   * @default - the first source that is read through a connection
   */
  readonly source?: PipelineSource;
}

/** Options of {@link PipelineTrigger.pullRequest}. */
export interface PullRequestTriggerOptions extends PushTriggerOptions {
  /**
   * What must happen to the pull request.
   *
   * @default [PullRequestEvent.OPENED, PullRequestEvent.UPDATED]
   */
  readonly events?: PullRequestEvent[];
}

/** What happens to a pull request. */
export enum PullRequestEvent {
  /** It is opened. */
  OPENED = 'OPEN',
  /** A commit is added to it. */
  UPDATED = 'UPDATED',
  /** It is merged or, except on Bitbucket, closed without. */
  CLOSED = 'CLOSED',
}
