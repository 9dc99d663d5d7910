import { Token, type aws_logs as logs, type aws_kms as kms } from 'aws-cdk-lib';

/*
 * What we grant. Each list is what AWS documents for the action, on the resource of this pipeline; nothing is added for
 * convenience. Where AWS has no resource to name, the statement says so. test/laws/authorization.test.ts holds all of
 * it against AWS's reference of permissions.
 *
 * Statements are plain data: a document of data costs a fraction of the synthesis time of one made of
 * `iam.PolicyStatement`.
 */

/** What a policy allows. */
export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

export function allow(actions: readonly string[], resources: readonly unknown[], Condition?: unknown): Statement {
  return {
    Effect: 'Allow',
    Action: oneOrMany(actions),
    Resource: oneOrMany(resources),
    ...(Condition !== undefined && { Condition }),
  };
}

export function policyDocument(statements: readonly Statement[]) {
  return { Version: '2012-10-17', Statement: statements };
}

/**
 * An ARN in the account of the stack, in its region unless the service has none. Cheapest where the name of the
 * resource is concrete.
 */
export function arnOf(service: string, resource: string, region = '${AWS::Region}'): unknown {
  const prefix = `arn:\${AWS::Partition}:${service}:${region}:\${AWS::AccountId}:`;
  return Token.isUnresolved(resource)
    ? { 'Fn::Join': ['', [{ 'Fn::Sub': prefix }, resource]] }
    : { 'Fn::Sub': prefix + resource };
}

function oneOrMany<T>(items: readonly T[]) {
  return items.length === 1 ? items[0] : items;
}

/** Where the artifacts of a region are, as the role sees it that is granted something. */
export interface ArtifactStore {
  readonly bucketArn: string;
  /** A key of our own; S3 needs no permission for the one that AWS manages. */
  readonly encryptionKey?: { readonly keyArn: string };
  /** What narrows a statement down where a resource cannot be named. */
  readonly onlyBucket?: unknown;
  readonly onlyKey?: unknown;
  arnForObjects(pattern: string): string;
}

/** What may be done with a store: with the bucket, with what is in it, and with its key. */
export const STORE_CALLS = {
  bucket: ['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation'],
  read: ['s3:GetObject', 's3:GetObjectVersion'],
  write: ['s3:PutObject', 's3:PutObjectAcl'],
  /**
   * By a role of another account. Sources in CodeCommit fail without them, and which is called is not published:
   * https://github.com/aws/aws-cdk/pull/14260
   */
  writeElsewhere: ['s3:PutObject', 's3:PutObjectAcl', 's3:PutObjectVersionAcl'],
  readKey: ['kms:Decrypt', 'kms:DescribeKey'],
  writeKey: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
} as const;

function keyStatements({ encryptionKey, onlyKey }: ArtifactStore, calls: readonly string[]) {
  return encryptionKey ? [allow(calls, [encryptionKey.keyArn], onlyKey)] : [];
}

/**
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
 */
export function artifactStoreStatements(store: ArtifactStore) {
  return [
    allow(STORE_CALLS.bucket, [store.bucketArn], store.onlyBucket),
    allow([...STORE_CALLS.read, ...STORE_CALLS.write], [store.arnForObjects('*')], store.onlyBucket),
    ...keyStatements(store, STORE_CALLS.writeKey),
  ];
}

/**
 * For the role of a source in another account, which makes artifacts. @see
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
 */
export function foreignSourceStatements(store: ArtifactStore) {
  return [
    allow(STORE_CALLS.bucket, [store.bucketArn], store.onlyBucket),
    allow([...STORE_CALLS.read, ...STORE_CALLS.writeElsewhere], [store.arnForObjects('*')], store.onlyBucket),
    ...keyStatements(store, STORE_CALLS.writeKey),
  ];
}

/** For the role of an action that takes artifacts and makes none. */
export function artifactReadStatements(store: ArtifactStore) {
  return [
    allow(STORE_CALLS.bucket, [store.bucketArn], store.onlyBucket),
    allow(STORE_CALLS.read, [store.arnForObjects('*')], store.onlyBucket),
    ...keyStatements(store, STORE_CALLS.readKey),
  ];
}

/** In addition, for the role of an action that makes some. */
export function artifactWriteStatements(store: ArtifactStore) {
  return [
    allow(STORE_CALLS.write, [store.arnForObjects('*')], store.onlyBucket),
    ...keyStatements(store, STORE_CALLS.writeKey),
  ];
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html */
export function buildArtifactStatements(bucket: ArtifactStore, { writes, cache }: { writes: boolean; cache?: string }) {
  return [
    ...keyStatements(bucket, writes || cache !== undefined ? STORE_CALLS.writeKey : STORE_CALLS.readKey),
    ...(writes || cache !== undefined ? [allow(['s3:GetBucketAcl', 's3:GetBucketLocation'], [bucket.bucketArn])] : []),
    allow(['s3:GetObject', 's3:GetObjectVersion', ...(writes ? ['s3:PutObject'] : [])], [bucket.arnForObjects('*')]),
    ...(cache !== undefined && !writes ? [allow(['s3:PutObject'], [bucket.arnForObjects(`${cache}/*`)])] : []),
  ];
}

/**
 * Writing to a log group, and making it again should somebody have deleted it. The ARN that CloudFormation gives ends
 * in `:*` and so stands for the streams.
 */
export function logStatements(logGroup: logs.CfnLogGroup, logGroupName: string) {
  return [
    allow(
      ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      [arnOf('logs', `log-group:${logGroupName}`), logGroup.attrArn],
    ),
  ];
}

/** Pulling an image. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
export function pullImageStatements(repositoryArns: readonly unknown[]) {
  return repositoryArns.length === 0
    ? []
    : [
        registryTokenStatement(),
        allow(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'], repositoryArns),
      ];
}

/** A token for the registry of the account; it has no resource level, and opens nothing by itself. */
export function registryTokenStatement() {
  return allow(['ecr:GetAuthorizationToken'], ['*']);
}

/**
 * Allows the role of a function to report the result of a job to the pipeline. Jobs have no resource level.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
 */
export const ANSWER_JOB = {
  actions: ['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'],
  resources: ['*'],
};

/**
 * For the role that publishes to a topic, whose key lets the account decide.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-service-role-permissions.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function publishStatements(topicArn: string, key?: kms.IKey) {
  return [
    allow(['sns:Publish'], [topicArn]),
    ...(key ? [allow(['kms:GenerateDataKey*', 'kms:Decrypt'], [key.keyArn])] : []),
  ];
}

/**
 * For whoever answers an approval, in the console or by a call. The list of all pipelines, which AWS's example also
 * shows, is not needed to answer.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-iam-permissions.html
 */
export function approveStatements(pipelineArn: string, stage: string, action: string) {
  return [
    allow(
      ['codepipeline:GetPipeline', 'codepipeline:GetPipelineState', 'codepipeline:GetPipelineExecution'],
      [pipelineArn],
    ),
    allow(['codepipeline:PutApprovalResult'], [`${pipelineArn}/${stage}/${action}`]),
  ];
}

/** How a service makes network interfaces. */
interface NetworkUse {
  /** What it looks at; none of that has a resource level. */
  readonly describes: readonly string[];
  /** For whom the interfaces are, where AWS says it. */
  readonly authorizedService?: string;
}

/**
 * What a build in a VPC does.
 *
 * @see
 * https://docs.aws.amazon.com/codebuild/latest/userguide/auth-and-access-control-iam-identity-based-access-control.html#customer-managed-policies-example-create-vpc-network-interface
 */
export const BUILD_NETWORK: NetworkUse = {
  describes: ['DhcpOptions', 'NetworkInterfaces', 'Subnets', 'SecurityGroups', 'Vpcs'],
  authorizedService: 'codebuild.amazonaws.com',
};

/**
 * Network interfaces in these subnets, with these security groups. The pages of the services allow to make and delete
 * any; the reference of permissions knows the resources.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export function networkInterfaceStatements(
  {
    subnetIds,
    securityGroupIds,
  }: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] },
  { describes, authorizedService }: NetworkUse,
) {
  const networkInterface = arnOf('ec2', 'network-interface/*');
  const subnets = subnetIds.map((id) => arnOf('ec2', `subnet/${id}`));
  return [
    allow(
      describes.map((what) => `ec2:Describe${what}`),
      ['*'],
    ),
    allow(
      ['ec2:CreateNetworkInterface'],
      [networkInterface, ...subnets, ...securityGroupIds.map((id) => arnOf('ec2', `security-group/${id}`))],
    ),
    allow(['ec2:DeleteNetworkInterface'], [networkInterface]),
    allow(['ec2:CreateNetworkInterfacePermission'], [networkInterface], {
      ...(authorizedService && { StringEquals: { 'ec2:AuthorizedService': authorizedService } }),
      ArnEquals: { 'ec2:Subnet': subnets },
    }),
  ];
}
