import { type aws_logs as logs, type aws_s3 as s3, Token } from 'aws-cdk-lib';

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

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html */
export const artifactStoreStatements = (bucket: s3.IBucket) => [
  allow(['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation'], [bucket.bucketArn]),
  allow(['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:PutObjectAcl'], [bucket.arnForObjects('*')]),
];

/** For the role of an action that takes artifacts and makes none. */
export const artifactReadStatements = (bucket: s3.IBucket) => [
  allow(['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation'], [bucket.bucketArn]),
  allow(['s3:GetObject', 's3:GetObjectVersion'], [bucket.arnForObjects('*')]),
];

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html */
export const buildArtifactStatements = (bucket: s3.IBucket) => [
  allow(['s3:GetBucketAcl', 's3:GetBucketLocation'], [bucket.bucketArn]),
  allow(['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], [bucket.arnForObjects('*')]),
];

/** @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html */
export const useConnectionStatements = (connectionArn: string) =>
  [allow(['codeconnections:UseConnection', 'codestar-connections:UseConnection'], [connectionArn])];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html */
export const runBuildStatements = (projectArn: string) => [allow(['codebuild:StartBuild', 'codebuild:BatchGetBuilds'], [projectArn])];

/**
 * Writing to a log group, and making it again should somebody have deleted it. The ARN that CloudFormation gives ends in `:*` and so
 * stands for the streams.
 */
export const logStatements = (logGroup: logs.CfnLogGroup, logGroupName: string) =>
  [allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], [arnOf('logs', `log-group:${logGroupName}`), logGroup.attrArn])];

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html */
export const reportStatements = (reportGroupNames: readonly string[]) => reportGroupNames.length === 0 ? [] : [allow(
  ['codebuild:CreateReportGroup', 'codebuild:CreateReport', 'codebuild:UpdateReport', 'codebuild:BatchPutTestCases', 'codebuild:BatchPutCodeCoverages'],
  reportGroupNames.map((name) => arnOf('codebuild', `report-group/${name}`)),
)];

const oneOrMany = <T>(items: readonly T[]) => items.length === 1 ? items[0] : items;
