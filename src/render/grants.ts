import { ArnFormat, aws_iam as iam, type aws_logs as logs, type aws_s3 as s3, Stack } from 'aws-cdk-lib';

/**
 * What we grant. Each list is what AWS documents for the action, on the resource of this pipeline; nothing is added for convenience.
 */

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html */
export function artifactStoreStatements(bucket: s3.IBucket): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation'], resources: [bucket.bucketArn] }),
    new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:PutObjectAcl'], resources: [bucket.arnForObjects('*')] }),
  ];
}

/** For the role of an action that takes artifacts and makes none. */
export function artifactReadStatements(bucket: s3.IBucket): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation'], resources: [bucket.bucketArn] }),
    new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [bucket.arnForObjects('*')] }),
  ];
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html */
export function buildArtifactStatements(bucket: s3.IBucket): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['s3:GetBucketAcl', 's3:GetBucketLocation'], resources: [bucket.bucketArn] }),
    new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], resources: [bucket.arnForObjects('*')] }),
  ];
}

/** @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html */
export function useConnectionStatements(connectionArn: string): iam.PolicyStatement[] {
  return [new iam.PolicyStatement({ actions: ['codeconnections:UseConnection', 'codestar-connections:UseConnection'], resources: [connectionArn] })];
}

export function runBuildStatements(projectArn: string): iam.PolicyStatement[] {
  return [new iam.PolicyStatement({ actions: ['codebuild:StartBuild', 'codebuild:BatchGetBuilds'], resources: [projectArn] })];
}

/**
 * Writing to a log group, and making it again should somebody have deleted it. The ARN that CloudFormation gives ends in `:*` and so
 * stands for the streams.
 */
export function logStatements(logGroup: logs.CfnLogGroup, logGroupName: string): iam.PolicyStatement[] {
  const arn = Stack.of(logGroup).formatArn({ service: 'logs', resource: 'log-group', resourceName: logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return [new iam.PolicyStatement({ actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], resources: [arn, logGroup.attrArn] })];
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html */
export function reportStatements(reportGroupArns: string[]): iam.PolicyStatement[] {
  if (reportGroupArns.length === 0) return [];
  return [new iam.PolicyStatement({
    actions: ['codebuild:CreateReportGroup', 'codebuild:CreateReport', 'codebuild:UpdateReport', 'codebuild:BatchPutTestCases', 'codebuild:BatchPutCodeCoverages'],
    resources: reportGroupArns,
  })];
}
