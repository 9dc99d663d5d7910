import { allow, type Statement } from '../../render/grants';

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECR.html */
export function describeImagesStatements(repositoryArn: string): Statement[] {
  return [allow(['ecr:DescribeImages'], [repositoryArn])];
}
