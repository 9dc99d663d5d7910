import { Arn, ArnFormat, type aws_kms as kms, type aws_logs as logs, type aws_stepfunctions as stepfunctions, Token } from 'aws-cdk-lib';

/**
 * What we grant. Each list is what AWS documents for the action, on the resource of this pipeline; nothing is added for convenience.
 *
 * Statements are plain data: a document of data costs a fraction of the synthesis time of one made of `iam.PolicyStatement`.
 */
export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

export const allow = (actions: readonly string[], resources: readonly unknown[], Condition?: unknown): Statement => ({
  Effect: 'Allow', Action: oneOrMany(actions), Resource: oneOrMany(resources), ...Condition !== undefined && { Condition },
});

export const policyDocument = (statements: readonly Statement[]) => ({ Version: '2012-10-17', Statement: statements });

/** An ARN in the account of the stack, in its region unless the service has none. Cheapest where the name of the resource is concrete. */
export function arnOf(service: string, resource: string, region = '${AWS::Region}'): unknown {
  const prefix = `arn:\${AWS::Partition}:${service}:${region}:\${AWS::AccountId}:`;
  return Token.isUnresolved(resource) ? { 'Fn::Join': ['', [{ 'Fn::Sub': prefix }, resource]] } : { 'Fn::Sub': prefix + resource };
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
  /** By a role of another account. Sources in CodeCommit fail without them, and which is called is not published: https://github.com/aws/aws-cdk/pull/14260 */
  writeElsewhere: ['s3:PutObject', 's3:PutObjectAcl', 's3:PutObjectVersionAcl'],
  readKey: ['kms:Decrypt', 'kms:DescribeKey'],
  writeKey: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
} as const;

const keyStatements = ({ encryptionKey, onlyKey }: ArtifactStore, calls: readonly string[]) =>
  encryptionKey ? [allow(calls, [encryptionKey.keyArn], onlyKey)] : [];

/**
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
 */
export const artifactStoreStatements = (store: ArtifactStore) => [
  allow(STORE_CALLS.bucket, [store.bucketArn], store.onlyBucket),
  allow([...STORE_CALLS.read, ...STORE_CALLS.write], [store.arnForObjects('*')], store.onlyBucket),
  ...keyStatements(store, STORE_CALLS.writeKey),
];

/** For the role of a source in another account, which makes artifacts. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html */
export const foreignSourceStatements = (store: ArtifactStore) => [
  allow(STORE_CALLS.bucket, [store.bucketArn], store.onlyBucket),
  allow([...STORE_CALLS.read, ...STORE_CALLS.writeElsewhere], [store.arnForObjects('*')], store.onlyBucket),
  ...keyStatements(store, STORE_CALLS.writeKey),
];

/** For the role of an action that takes artifacts and makes none. */
export const artifactReadStatements = (store: ArtifactStore) => [
  allow(STORE_CALLS.bucket, [store.bucketArn], store.onlyBucket),
  allow(STORE_CALLS.read, [store.arnForObjects('*')], store.onlyBucket),
  ...keyStatements(store, STORE_CALLS.readKey),
];

/** In addition, for the role of an action that makes some. */
export const artifactWriteStatements = (store: ArtifactStore) => [
  allow(STORE_CALLS.write, [store.arnForObjects('*')], store.onlyBucket),
  ...keyStatements(store, STORE_CALLS.writeKey),
];

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html */
export const buildArtifactStatements = (bucket: ArtifactStore, { writes, cache }: { writes: boolean; cache?: string }) => [
  ...keyStatements(bucket, writes || cache !== undefined ? STORE_CALLS.writeKey : STORE_CALLS.readKey),
  ...writes || cache !== undefined ? [allow(['s3:GetBucketAcl', 's3:GetBucketLocation'], [bucket.bucketArn])] : [],
  allow(['s3:GetObject', 's3:GetObjectVersion', ...writes ? ['s3:PutObject'] : []], [bucket.arnForObjects('*')]),
  ...cache !== undefined && !writes ? [allow(['s3:PutObject'], [bucket.arnForObjects(`${cache}/*`)])] : [],
];

/** @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html */
export const useConnectionStatements = (connectionArn: string) =>
  [allow(['codeconnections:UseConnection', 'codestar-connections:UseConnection'], [connectionArn])];

/**
 * For the role of a build that clones a repository itself: this one and no other. The key is there when a repository is accessed, and
 * only then, which is why a request without it passes; the service has two names, and so has the key.
 *
 * The role of the pipeline has no such condition: AWS does not say how the repositories of each provider are written in the key, and what that
 * role may do is bound by the definition of the pipeline anyway.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-use
 */
export const cloneStatements = (connectionArn: string, repository: string) => [allow(
  ['codeconnections:UseConnection', 'codestar-connections:UseConnection'], [connectionArn],
  { StringEqualsIfExists: { 'codeconnections:FullRepositoryId': repository, 'codestar-connections:FullRepositoryId': repository } },
)];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html */
export const codeCommitSourceStatements = (repositoryArn: string, fullClone: boolean) => [allow([
  'codecommit:GetBranch', 'codecommit:GetCommit', 'codecommit:GetRepository',
  ...fullClone ? [] : ['codecommit:UploadArchive', 'codecommit:GetUploadArchiveStatus'],
  'codecommit:CancelUploadArchive',
], [repositoryArn])];

/** For the role of a build that clones a repository of CodeCommit itself. */
export const pullStatements = (repositoryArn: string) => [allow(['codecommit:GitPull'], [repositoryArn])];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3.html */
export const s3SourceStatements = (bucketArn: string, objectKey: string) => [
  allow(['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation'], [bucketArn]),
  allow(['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectVersionTagging'], [`${bucketArn}/${objectKey}`]),
];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECR.html */
export const ecrSourceStatements = (repositoryArn: string) => [allow(['ecr:DescribeImages'], [repositoryArn])];

/** For the role of a rule that sends events on. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html */
export const sendEventsStatements = (eventBusArn: string) => [allow(['events:PutEvents'], [eventBusArn])];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html */
export const runBatchStatements = (projectArn: string) => [allow(['codebuild:StartBuildBatch', 'codebuild:BatchGetBuildBatches'], [projectArn])];

/**
 * For the role under which CodeBuild starts the builds of a batch. @see
 * https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build-service-role.html
 */
export const batchStatements = (projectArn: unknown) => [allow(['codebuild:StartBuild', 'codebuild:StopBuild', 'codebuild:RetryBuild'], [projectArn])];

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
  describes: ['DhcpOptions', 'NetworkInterfaces', 'Subnets', 'SecurityGroups', 'Vpcs'], authorizedService: 'codebuild.amazonaws.com',
};

/**
 * Network interfaces in these subnets, with these security groups. The pages of the services allow to make and delete any; the reference of
 * permissions knows the resources.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export function networkInterfaceStatements(
  { subnetIds, securityGroupIds }: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] },
  { describes, authorizedService }: NetworkUse,
) {
  const networkInterface = arnOf('ec2', 'network-interface/*');
  const subnets = subnetIds.map((id) => arnOf('ec2', `subnet/${id}`));
  return [
    allow(describes.map((what) => `ec2:Describe${what}`), ['*']),
    allow(['ec2:CreateNetworkInterface'], [networkInterface, ...subnets, ...securityGroupIds.map((id) => arnOf('ec2', `security-group/${id}`))]),
    allow(['ec2:DeleteNetworkInterface'], [networkInterface]),
    allow(['ec2:CreateNetworkInterfacePermission'], [networkInterface], {
      ...authorizedService && { StringEquals: { 'ec2:AuthorizedService': authorizedService } }, ArnEquals: { 'ec2:Subnet': subnets },
    }),
  ];
}

/** Pulling an image. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
export const pullImageStatements = (repositoryArns: readonly unknown[]) => repositoryArns.length === 0 ? [] : [
  registryTokenStatement(),
  allow(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'], repositoryArns),
];

/** Pushing an image. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
export const pushImageStatements = (repositoryArns: readonly string[]) => repositoryArns.length === 0 ? [] : [
  registryTokenStatement(),
  allow([
    'ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:CompleteLayerUpload', 'ecr:DescribeImages', 'ecr:GetDownloadUrlForLayer', 'ecr:InitiateLayerUpload', 'ecr:PutImage', 'ecr:UploadLayerPart',
  ], repositoryArns),
];

/** A token for the registry of the account; it has no resource level, and opens nothing by itself. */
const registryTokenStatement = () => allow(['ecr:GetAuthorizationToken'], ['*']);

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECRBuildAndPublish.html */
export const publishImageStatements = (repositoryArn: string) => [
  registryTokenStatement(),
  allow([
    'ecr:DescribeRepositories', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability',
  ], [repositoryArn]),
];

/**
 * For a build whose commands publish the assets of a CDK app, or deploy it: each role of `cdk bootstrap` by its name. What these may do was
 * decided when
 * the environments were bootstrapped.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export const takeOnStatements = (roleArns: readonly string[]) =>
  roleArns.length === 0 ? [] : [allow(['sts:AssumeRole'], roleArns.map((arn) => ({ 'Fn::Sub': arn })))];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html */
export const runBuildStatements = (projectArn: string) => [allow(['codebuild:StartBuild', 'codebuild:BatchGetBuilds'], [projectArn])];

/**
 * Writing to a log group, and making it again should somebody have deleted it. The ARN that CloudFormation gives ends in `:*` and so
 * stands for the streams.
 */
export const logStatements = (logGroup: logs.CfnLogGroup, logGroupName: string) =>
  [allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], [arnOf('logs', `log-group:${logGroupName}`), logGroup.attrArn])];

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html */
export const reportStatements = (projectName: string, reports: ReadonlyArray<'tests' | 'coverage'>) => reports.length === 0 ? [] : [allow(
  [
    'codebuild:CreateReportGroup', 'codebuild:CreateReport', 'codebuild:UpdateReport',
    ...reports.includes('tests') ? ['codebuild:BatchPutTestCases'] : [],
    ...reports.includes('coverage') ? ['codebuild:BatchPutCodeCoverages'] : [],
  ],
  reports.map((name) => arnOf('codebuild', `report-group/${projectName}-${name}`)),
)];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html */
export const invokeStatements = (functionArn: string) => [
  allow(['lambda:InvokeFunction'], [functionArn]),
  allow(['lambda:ListFunctions'], ['*']), // no resource level
];

/** For a rule that asks a function. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-LambdaInvoke.html */
export const askFunctionStatements = (functionArn: string) => [allow(['lambda:InvokeFunction'], [functionArn])];

/** For a rule that looks at an alarm. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html */
export const watchAlarmStatements = (alarmArn: string) => [allow(['cloudwatch:DescribeAlarms'], [alarmArn])];

/**
 * For the role that publishes to a topic, whose key lets the account decide.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-service-role-permissions.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export const publishStatements = (topicArn: string, key?: kms.IKey) => [
  allow(['sns:Publish'], [topicArn]),
  ...key ? [allow(['kms:GenerateDataKey*', 'kms:Decrypt'], [key.keyArn])] : [],
];

/**
 * For whoever answers an approval, in the console or by a call. The list of all pipelines, which AWS's example also shows, is not needed to answer.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-iam-permissions.html
 */
export const approveStatements = (pipelineArn: string, stage: string, action: string) => [
  allow(['codepipeline:GetPipeline', 'codepipeline:GetPipelineState', 'codepipeline:GetPipelineExecution'], [pipelineArn]),
  allow(['codepipeline:PutApprovalResult'], [`${pipelineArn}/${stage}/${action}`]),
];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html */
export const stateMachineStatements = (stateMachine: stepfunctions.IStateMachine) => [
  allow(['states:DescribeStateMachine', 'states:StartExecution'], [stateMachine.stateMachineArn]),
  allow(['states:DescribeExecution'], [arnOf('states', `execution:${Arn.split(stateMachine.stateMachineArn, ArnFormat.COLON_RESOURCE_NAME).resourceName}:*`)]),
];

/**
 * For the role of a function that answers to the pipeline. Jobs have no resource level.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
 */
export const ANSWER_JOB = { actions: ['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'], resources: ['*'] };

/**
 * For the function of a release freeze: to read what it decides by, to answer, and to record.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 */
export const releaseFreezeStatements = ({ switchArn, breakGlassArn, calendarArns, logGroupArn }: {
  readonly switchArn?: unknown; readonly breakGlassArn: unknown; readonly calendarArns: readonly unknown[]; readonly logGroupArn: unknown;
}) => [
  allow(['ssm:GetParameter'], [breakGlassArn]),
  ...switchArn !== undefined ? [allow(['ssm:GetParameter', 'ssm:GetParameterHistory'], [switchArn])] : [],
  ...calendarArns.length > 0 ? [allow(['ssm:GetCalendarState'], calendarArns)] : [],
  allow(ANSWER_JOB.actions, ANSWER_JOB.resources),
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroupArn]),
];

/**
 * For the function that measures a pipeline: to see its runs and their actions, to remember since when an environment has failed, and to write
 * metrics into its log.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html
 */
export const monitoringStatements = ({ pipelineArn, approvals, stateArns, logGroupArn }: {
  readonly pipelineArn: string; readonly approvals: boolean; readonly stateArns: readonly string[]; readonly logGroupArn: string;
}) => [
  allow(['codepipeline:ListPipelineExecutions', ...approvals ? ['codepipeline:ListActionExecutions'] : []], [pipelineArn]),
  ...stateArns.length > 0 ? [allow(['ssm:GetParameter', 'ssm:PutParameter'], stateArns)] : [],
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroupArn]),
];

/**
 * For people who freeze and thaw, or break the glass. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html
 */
export const WRITE_PARAMETER = ['ssm:GetParameter', 'ssm:PutParameter'];

/**
 * Uploads and runs are named below their project; a run is scheduled in the project, on the pool and with the uploads.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-DeviceFarm.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsdevicefarm.html
 */
export const deviceFarmStatements = (projectArn: string, devicePoolArn: string) => {
  const below = (kind: string) => `${projectArn.replace(':project:', `:${kind}:`)}/*`;
  return [
    allow(['devicefarm:ListProjects'], ['*']), // no resource level
    allow(['devicefarm:ListDevicePools', 'devicefarm:CreateUpload'], [projectArn]),
    allow(['devicefarm:ScheduleRun'], [projectArn, devicePoolArn, below('upload')]),
    allow(['devicefarm:GetUpload'], [below('upload')]),
    allow(['devicefarm:GetRun'], [below('run')]),
  ];
};

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html */
export const inspectorScanStatements = () => [allow(['inspector-scan:ScanSbom'], ['*'])]; // no resource level

/**
 * For the role under which change sets of a stack are made and executed. Events of the stack are read for the message of a failure. The role that
 * CloudFormation works with is handed to it and to no other service.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html
 */
export const deployStackStatements = (stackName: string, deploymentRoleArn: string) => deployStacksStatements([stackName], [deploymentRoleArn]);

/** The same for several stacks. */
export const deployStacksStatements = (stackNames: readonly string[], deploymentRoleArns: readonly unknown[]) => [
  allow([
    'cloudformation:CreateChangeSet', 'cloudformation:DescribeChangeSet', 'cloudformation:DeleteChangeSet', 'cloudformation:ExecuteChangeSet',
    'cloudformation:DescribeStacks', 'cloudformation:DescribeStackEvents', 'cloudformation:DescribeStackResources', 'cloudformation:GetTemplate',
  ], stackNames.map((stackName) => arnOf('cloudformation', `stack/${stackName}/*`))),
  allow(['cloudformation:ValidateTemplate'], ['*']), // no resource level
  allow(['iam:PassRole'], deploymentRoleArns, { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } }),
];

const oneOrMany = <T>(items: readonly T[]) => items.length === 1 ? items[0] : items;
