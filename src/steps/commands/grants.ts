import { allow, type Statement } from '../../render/grants';

/**
 * For commands that describe an image.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html
 */
export function describeImagesStatements(repositoryArn: string): Statement[] {
  return [allow(['ecr:DescribeImages'], [repositoryArn])];
}
