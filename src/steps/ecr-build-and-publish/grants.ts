import { allow, registryTokenStatement, type Statement } from '../../render/grants';

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECRBuildAndPublish.html */
export function publishImageStatements(repositoryArn: string): Statement[] {
  const actions = [
    'ecr:DescribeRepositories',
    'ecr:InitiateLayerUpload',
    'ecr:UploadLayerPart',
    'ecr:CompleteLayerUpload',
    'ecr:PutImage',
    'ecr:GetDownloadUrlForLayer',
    'ecr:BatchCheckLayerAvailability',
  ];
  return [registryTokenStatement(), allow(actions, [repositoryArn])];
}
