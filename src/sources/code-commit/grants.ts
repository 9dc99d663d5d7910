import { allow, type Statement } from '../../render/grants';

const ARCHIVE_CALLS = ['codecommit:UploadArchive', 'codecommit:GetUploadArchiveStatus'];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html */
export function readRepositoryStatements(repositoryArn: string, fullClone: boolean): Statement[] {
  const calls = [
    'codecommit:GetBranch',
    'codecommit:GetCommit',
    'codecommit:GetRepository',
    ...(fullClone ? [] : ARCHIVE_CALLS),
    'codecommit:CancelUploadArchive',
  ];
  return [allow(calls, [repositoryArn])];
}

/** Allows the role of a build to clone the repository itself. */
export function pullStatements(repositoryArn: string): Statement[] {
  return [allow(['codecommit:GitPull'], [repositoryArn])];
}
