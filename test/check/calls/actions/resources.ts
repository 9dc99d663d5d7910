/**
 * Resources beside the pipeline, so that the check finds those that its actions name. It contains only what affects the
 * calls.
 */
function role(name: string) {
  return `arn:aws:iam::111111111111:role/${name}`;
}

/** Every switch of a build project that makes it call something. */
const PROJECT = {
  Name: 'build',
  ServiceRole: role('project'),
  EncryptionKey: { 'Fn::GetAtt': ['Key', 'Arn'] },
  Source: {
    Type: 'CODEPIPELINE',
    BuildSpec: [
      'version: 0.2',
      'env:',
      '  parameter-store: { TOKEN: /shop/token }',
      '  secrets-manager: { PASSWORD: shop-password }',
      'phases: { build: { commands: [make] } }',
      'reports: { unit: { files: [junit.xml] }, coverage: { files: [clover.xml], file-format: CLOVERXML } }',
    ].join('\n'),
  },
  Environment: {
    Image: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/images:1',
    ImagePullCredentialsType: 'SERVICE_ROLE',
    RegistryCredential: { Credential: 'registry', CredentialProvider: 'SECRETS_MANAGER' },
  },
  VpcConfig: { VpcId: 'vpc-1', Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
  Cache: { Type: 'S3', Location: 'cache/shop' },
  BuildBatchConfig: { ServiceRole: role('batch') },
};

export const RESOURCES = {
  Artifacts: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'artifacts' } },
  Key: { Type: 'AWS::KMS::Key', Properties: {} },
  Site: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: 'site',
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: { 'Fn::GetAtt': ['Key', 'Arn'] },
            },
          },
        ],
      },
    },
  },
  Build: { Type: 'AWS::CodeBuild::Project', Properties: PROJECT },
  Handler: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'handler', Role: role('function') } },
  TaskDefinition: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { Family: 'shop', TaskRoleArn: role('task'), ExecutionRoleArn: role('execution') },
  },
  Service: {
    Type: 'AWS::ECS::Service',
    Properties: { Cluster: 'cluster', ServiceName: 'service', TaskDefinition: { Ref: 'TaskDefinition' } },
  },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'approvals', KmsMasterKeyId: { Ref: 'Key' } } },
};
