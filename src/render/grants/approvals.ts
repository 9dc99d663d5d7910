import type { aws_kms as kms } from 'aws-cdk-lib';
import { allow } from './statement';

/**
 * For the role that publishes to a topic, whose key lets the account decide.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-service-role-permissions.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export const publishStatements = (topicArn: string, key?: kms.IKey) => [
  allow(['sns:Publish'], [topicArn]),
  ...(key ? [allow(['kms:GenerateDataKey*', 'kms:Decrypt'], [key.keyArn])] : []),
];

/**
 * For whoever answers an approval, in the console or by a call. The list of all pipelines, which AWS's example also shows, is not needed to answer.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-iam-permissions.html
 */
export const approveStatements = (pipelineArn: string, stage: string, action: string) => [
  allow(
    ['codepipeline:GetPipeline', 'codepipeline:GetPipelineState', 'codepipeline:GetPipelineExecution'],
    [pipelineArn],
  ),
  allow(['codepipeline:PutApprovalResult'], [`${pipelineArn}/${stage}/${action}`]),
];
