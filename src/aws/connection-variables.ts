/** Kinds of starts of an execution, on which the variables of a connection source depend. */
export const START_KINDS = {
  push: 'a push',
  tag: 'a tag',
  pullRequest: 'a pull request',
  other: 'a schedule, another source or another pipeline',
} as const;

export type StartKind = keyof typeof START_KINDS;

const ALL: readonly StartKind[] = ['push', 'tag', 'pullRequest', 'other'];

/**
 * Lists the variables of connection sources with the starts that produce them. AWS lists `BranchName` for pushes and
 * tags; that other starts produce it, too, is older than the list.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html#reference-variables-output-CodeConnections
 */
export const CONNECTION_VARIABLES: Readonly<Record<string, readonly StartKind[]>> = {
  AuthorDate: ALL,
  AuthorDisplayName: ALL,
  AuthorEmail: ALL,
  AuthorId: ALL,
  BranchName: ['push', 'tag', 'other'],
  CommitId: ALL,
  CommitMessage: ALL,
  ConnectionArn: ALL,
  DestinationBranchName: ['pullRequest'],
  FullRepositoryName: ALL,
  ProviderType: ALL,
  PullRequestId: ['pullRequest'],
  PullRequestTitle: ['pullRequest'],
  SourceBranchName: ['pullRequest'],
  TagName: ['tag'],
};
