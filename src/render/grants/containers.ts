import { allow, arnOf } from './statement';
import type { DeployLambdaImagePlan } from '../../targets/lambda-image/lambda-image-spec';

/**
 * For the role under which Helm or kubectl runs. What it may do inside of the cluster, the cluster decides.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EKS.html
 */
export const clusterStatements = (clusterName: string) => [
  allow(['eks:DescribeCluster'], [arnOf('eks', `cluster/${clusterName}`)]),
];

/**
 * For the role under which a function gets an image. That whoever publishes a version together with new code needs the permission to publish, AWS
 * does not say; its own Lambda action has both. An image of another account is read by whoever names it, too.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 * @see https://repost.aws/knowledge-center/lambda-ecr-image
 */
export const releaseImageStatements = ({ functionName, repository }: DeployLambdaImagePlan) => [
  allow(
    [
      'lambda:GetAlias',
      'lambda:GetFunction',
      'lambda:UpdateFunctionCode',
      'lambda:PublishVersion',
      'lambda:UpdateAlias',
    ],
    [arnOf('lambda', `function:${functionName}`)],
  ),
  allow(
    ['lambda:GetFunctionConfiguration'],
    [arnOf('lambda', `function:${functionName}`), arnOf('lambda', `function:${functionName}:*`)],
  ),
  ...(repository
    ? [
        allow(
          ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
          [
            {
              'Fn::Join': [
                '',
                [
                  { 'Fn::Sub': 'arn:${AWS::Partition}:ecr:${AWS::Region}:' },
                  repository.account,
                  `:repository/${repository.name}`,
                ],
              ],
            },
          ],
        ),
      ]
    : []),
];
