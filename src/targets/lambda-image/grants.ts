import type { DeployLambdaImageSpec } from './spec';
import { allow, arnOf, type Statement } from '../../render/grants';

/**
 * For the role under which a function gets an image. That whoever publishes a version together with new code needs the permission to publish, AWS
 * does not say; its own Lambda action has both. An image of another account is read by whoever names it, too.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 * @see https://repost.aws/knowledge-center/lambda-ecr-image
 */
export function releaseImageStatements({ functionName, repository }: DeployLambdaImageSpec): Statement[] {
  const functionArn = arnOf('lambda', `function:${functionName}`);
  const statements = [
    allow(
      [
        'lambda:GetAlias',
        'lambda:GetFunction',
        'lambda:UpdateFunctionCode',
        'lambda:PublishVersion',
        'lambda:UpdateAlias',
      ],
      [functionArn],
    ),
    allow(['lambda:GetFunctionConfiguration'], [functionArn, arnOf('lambda', `function:${functionName}:*`)]),
  ];
  if (repository) {
    statements.push(allow(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], [arnOfRepository(repository)]));
  }
  return statements;
}

/** Returns the ARN of a repository of any account. */
function arnOfRepository({ name, account }: NonNullable<DeployLambdaImageSpec['repository']>): unknown {
  const prefix = { 'Fn::Sub': 'arn:${AWS::Partition}:ecr:${AWS::Region}:' };
  return { 'Fn::Join': ['', [prefix, account, `:repository/${name}`]] };
}
