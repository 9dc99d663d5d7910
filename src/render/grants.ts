import { Token, type aws_logs as logs, type aws_kms as kms } from 'aws-cdk-lib';
import { compact } from '../common/compact';

/*
 * Permissions that several areas grant. Each list contains the actions that AWS documents, for the resources of this
 * pipeline only. A comment states where an action has no resource level. test/laws/authorization.test.ts validates all
 * statements against the service authorization reference of AWS.
 *
 * Statements are plain data, because rendering them takes a fraction of the time of `iam.PolicyStatement`.
 */

/** Statement of a policy. */
export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Returns a statement that allows actions on resources. */
export function allow(actions: readonly string[], resources: readonly unknown[], Condition?: unknown): Statement {
  const statement: Statement = { Effect: 'Allow', Action: oneOrMany(actions), Resource: oneOrMany(resources) };
  return Condition === undefined ? statement : { ...statement, Condition };
}

/** Returns a policy document with statements, which are combined because the size of policies is limited. */
export function policyDocument(statements: readonly Statement[]) {
  return { Version: '2012-10-17', Statement: combineStatements(statements) };
}

/** Combines the resources of statements that have the same actions and conditions. */
export function combineStatements(statements: readonly Statement[]): Statement[] {
  const groups = new Map<unknown, Statement[]>();
  for (const statement of statements) {
    const key = identityOf([statement.Action, statement.Condition]);
    groups.set(key, [...(groups.get(key) ?? []), statement]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    if (group.length === 1) return first;
    return { ...first, Resource: oneOrMany(uniqueResources(group.flatMap(resourcesOf))) };
  });
}

/** Returns the resources of a statement. */
export function resourcesOf({ Resource }: Statement): unknown[] {
  return [Resource].flat();
}

function uniqueResources(resources: readonly unknown[]): unknown[] {
  const unique = new Map(resources.map((resource) => [identityOf(resource), resource]));
  return unique.has('*') ? ['*'] : [...unique.values()];
}

/** Returns a value by which equal values are recognized. JSON does not identify tokens that are objects. */
function identityOf(value: unknown): unknown {
  if (typeof value === 'string') return value;
  const json = JSON.stringify(value);
  return json.includes(UNRESOLVED) ? value : json;
}

/** Begins the text that the CDK writes into JSON for tokens that are objects. */
const UNRESOLVED = '<unresolved-';

/**
 * Returns the ARN of a resource in the account and Region of the stack. If the name of the resource is concrete, the
 * ARN is a single substitution.
 *
 * @param region empty for a global service
 * @param account `*` for a resource that may belong to another account
 */
export function arnOf(
  service: string,
  resource: string,
  region = '${AWS::Region}',
  account = '${AWS::AccountId}',
): unknown {
  const prefix = `arn:\${AWS::Partition}:${service}:${region}:${account}:`;
  if (Token.isUnresolved(resource)) return { 'Fn::Join': ['', [{ 'Fn::Sub': prefix }, resource]] };
  return { 'Fn::Sub': prefix + resource };
}

/** Returns a list with one item as that item, as policies usually have it. */
export function oneOrMany<T>(items: readonly T[]) {
  return items.length === 1 ? items[0] : items;
}

/** Describes the artifact store of a Region as policies refer to it. */
export interface ArtifactStore {
  readonly bucketArn: string;
  /** Customer managed key. The AWS managed key requires no permissions. */
  readonly encryptionKey?: { readonly keyArn: string };
  /** Conditions of statements whose resources cannot be restricted by name. */
  readonly onlyBucket?: unknown;
  readonly onlyKey?: unknown;
  arnForObjects(pattern: string): string;
}

/** Actions on an artifact store: on the bucket, on its objects and on its key. */
export const STORE_CALLS = {
  bucket: ['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation'],
  read: ['s3:GetObject', 's3:GetObjectVersion'],
  write: ['s3:PutObject', 's3:PutObjectAcl'],
  /**
   * Actions of a role of another account. Without them, CodeCommit sources fail. It is not documented which of them is
   * called: https://github.com/aws/aws-cdk/pull/14260
   */
  crossAccountWrite: ['s3:PutObject', 's3:PutObjectAcl', 's3:PutObjectVersionAcl'],
  readKey: ['kms:Decrypt', 'kms:DescribeKey'],
  writeKey: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
} as const;

/** Returns the actions on the key of an artifact store. */
export function keyCalls(writes: boolean): readonly string[] {
  return writes ? STORE_CALLS.writeKey : STORE_CALLS.readKey;
}

function keyStatements({ encryptionKey, onlyKey }: ArtifactStore, calls: readonly string[]): Statement[] {
  if (!encryptionKey) return [];
  const { keyArn } = encryptionKey;
  if (onlyKey === undefined) return [allow(calls, [keyArn])];
  // S3 does not describe keys, so CodePipeline does it directly, and the condition on S3 would deny it.
  return [
    allow(
      calls.filter((call) => call !== DESCRIBE_KEY),
      [keyArn],
      onlyKey,
    ),
    allow([DESCRIBE_KEY], [keyArn]),
  ];
}

const DESCRIBE_KEY = 'kms:DescribeKey';

/**
 * Allows the role of the pipeline to read and write artifacts.
 *
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
 * Allows the role of a source in another account to read and write artifacts.
 *
 * @param calls further actions of the source; see `artifactCalls` of a planned step
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
 */
export function crossAccountSourceStatements(store: ArtifactStore, calls: readonly string[] = []) {
  return [
    allow(STORE_CALLS.bucket, [store.bucketArn], store.onlyBucket),
    allow([...STORE_CALLS.read, ...STORE_CALLS.crossAccountWrite], [store.arnForObjects('*')], store.onlyBucket),
    ...sourceStoreStatements(store, calls),
    ...keyStatements(store, STORE_CALLS.writeKey),
  ];
}

/** Allows a source to perform further actions on an artifact store; see `artifactCalls` of a planned step. */
export function sourceStoreStatements(store: ArtifactStore, calls: readonly string[] = []): Statement[] {
  const bucketCalls = calls.filter(isBucketCall);
  const objectCalls = calls.filter((call) => !isBucketCall(call));
  return compact([
    bucketCalls.length > 0 && allow(bucketCalls, [store.bucketArn], store.onlyBucket),
    objectCalls.length > 0 && allow(objectCalls, [store.arnForObjects('*')], store.onlyBucket),
  ]);
}

function isBucketCall(call: string): boolean {
  return call.endsWith('Bucket');
}

/** Allows the role of an action to read artifacts. */
export function artifactReadStatements(store: ArtifactStore) {
  return [
    allow(STORE_CALLS.bucket, [store.bucketArn], store.onlyBucket),
    allow(STORE_CALLS.read, [store.arnForObjects('*')], store.onlyBucket),
    ...keyStatements(store, STORE_CALLS.readKey),
  ];
}

/** Allows the role of an action to write artifacts, in addition to {@link artifactReadStatements}. */
export function artifactWriteStatements(store: ArtifactStore) {
  return [
    allow(STORE_CALLS.write, [store.arnForObjects('*')], store.onlyBucket),
    ...keyStatements(store, STORE_CALLS.writeKey),
  ];
}

/**
 * Allows the role of a build to read artifacts, to write them if it has outputs, and to write its cache.
 *
 * @param options.cache key prefix of the cache of the build
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html
 */
export function buildArtifactStatements(
  bucket: ArtifactStore,
  { writes, cache }: { writes: boolean; cache?: string },
): Statement[] {
  const changesBucket = writes || cache !== undefined;
  const objectCalls = compact(['s3:GetObject', 's3:GetObjectVersion', writes && 's3:PutObject']);
  const writesCacheOnly = cache !== undefined && !writes;
  return compact([
    ...keyStatements(bucket, keyCalls(changesBucket)),
    changesBucket && allow(['s3:GetBucketAcl', 's3:GetBucketLocation'], [bucket.bucketArn]),
    allow(objectCalls, [bucket.arnForObjects('*')]),
    writesCacheOnly && allow(['s3:PutObject'], [bucket.arnForObjects(`${cache}/*`)]),
  ]);
}

/**
 * Allows writing to a log group, and recreating it if it was deleted. The ARN attribute of a log group ends with `:*`
 * and therefore matches its streams.
 */
export function logStatements(logGroup: logs.CfnLogGroup, logGroupName: string) {
  return [
    allow(
      ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      [arnOf('logs', `log-group:${logGroupName}`), logGroup.attrArn],
    ),
  ];
}

/**
 * Allows pulling images from repositories.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
export function pullImageStatements(repositoryArns: readonly unknown[]): Statement[] {
  if (repositoryArns.length === 0) return [];
  const calls = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'];
  return [registryTokenStatement(), allow(calls, repositoryArns)];
}

/**
 * Allows requesting a token for the registry of the account. It has no resource level, and grants no access by itself.
 */
export function registryTokenStatement(): Statement {
  return allow(['ecr:GetAuthorizationToken'], ['*']);
}

/**
 * Allows the role of a function to report the result of a job to the pipeline. Jobs have no resource level.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
 */
export const REPORT_JOB_RESULT = {
  actions: ['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'],
  resources: ['*'],
};

/**
 * Allows a role to publish to a topic, and to use its key, whose policy delegates to the account.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-service-role-permissions.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function publishStatements(topicArn: string, key?: kms.IKey) {
  return compact([
    allow(['sns:Publish'], [topicArn]),
    key && allow(['kms:GenerateDataKey*', 'kms:Decrypt'], [key.keyArn]),
  ]);
}

/**
 * Allows a principal to respond to an approval, in the console or with the API. It does not allow listing all pipelines
 * as the example of AWS does, because a response does not require it.
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

/** Allows describing the network. These actions have no resource level. */
function describeNetworkStatement(resources: readonly string[]): Statement {
  const calls = resources.map((resource) => `ec2:Describe${resource}`);
  return allow(calls, ['*']);
}

const NETWORK_RESOURCES = ['DhcpOptions', 'NetworkInterfaces', 'Subnets', 'SecurityGroups', 'Vpcs'];

/** Describes the subnets and security groups in which network interfaces are created. */
export interface InterfacePlaces {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Ids of imported subnets and security groups. Another account may own them, and share them with this one. */
  readonly importedIds: ReadonlySet<string>;
}

/**
 * Allows a build in a VPC to create its network interfaces.
 *
 * @see
 * https://docs.aws.amazon.com/codebuild/latest/userguide/auth-and-access-control-iam-identity-based-access-control.html#customer-managed-policies-example-create-vpc-network-interface
 */
export function buildNetworkStatements(places: InterfacePlaces): Statement[] {
  return [
    describeNetworkStatement(NETWORK_RESOURCES),
    ...interfaceStatements(places, { StringEquals: { 'ec2:AuthorizedService': 'codebuild.amazonaws.com' } }),
  ];
}

/**
 * Allows an EKS action to describe the network of a cluster, and to create network interfaces in its VPC if it has
 * places. The tutorial requires the description for public clusters, too.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/tutorials-eks-deploy.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EKS.html
 */
export function clusterNetworkStatements(places: InterfacePlaces | undefined): Statement[] {
  const describe = describeNetworkStatement([...NETWORK_RESOURCES, 'RouteTables']);
  return places ? [describe, ...interfaceStatements(places)] : [describe];
}

/**
 * Allows creating and deleting network interfaces in certain subnets with certain security groups. The pages of the
 * services document no resources; those of the service authorization reference are used.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
function interfaceStatements({ subnetIds, securityGroupIds, importedIds }: InterfacePlaces, condition?: object) {
  function arnsOf(type: string, ids: readonly string[]): unknown[] {
    return ids.map((id) => arnOf('ec2', `${type}/${id}`, undefined, importedIds.has(id) ? '*' : undefined));
  }

  const networkInterface = arnOf('ec2', 'network-interface/*');
  const subnets = arnsOf('subnet', subnetIds);
  return [
    allow(
      ['ec2:CreateNetworkInterface'],
      [networkInterface, ...subnets, ...arnsOf('security-group', securityGroupIds)],
    ),
    allow(['ec2:DeleteNetworkInterface'], [networkInterface]),
    allow(['ec2:CreateNetworkInterfacePermission'], [networkInterface], {
      ...condition,
      ArnEquals: { 'ec2:Subnet': subnets },
    }),
  ];
}
