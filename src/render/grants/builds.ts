import type { aws_logs as logs } from 'aws-cdk-lib';
import { allow, arnOf } from './statement';

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html */
export const runBuildStatements = (projectArn: string) => [
  allow(['codebuild:StartBuild', 'codebuild:BatchGetBuilds'], [projectArn]),
];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html */
export const runBatchStatements = (projectArn: string) => [
  allow(['codebuild:StartBuildBatch', 'codebuild:BatchGetBuildBatches'], [projectArn]),
];

/**
 * For the role under which CodeBuild starts the builds of a batch. @see
 * https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build-service-role.html
 */
export const batchStatements = (projectArn: unknown) => [
  allow(['codebuild:StartBuild', 'codebuild:StopBuild', 'codebuild:RetryBuild'], [projectArn]),
];

/**
 * Writing to a log group, and making it again should somebody have deleted it. The ARN that CloudFormation gives ends in `:*` and so
 * stands for the streams.
 */
export const logStatements = (logGroup: logs.CfnLogGroup, logGroupName: string) => [
  allow(
    ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    [arnOf('logs', `log-group:${logGroupName}`), logGroup.attrArn],
  ),
];

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html */
export const reportStatements = (projectName: string, reports: ReadonlyArray<'tests' | 'coverage'>) =>
  reports.length === 0
    ? []
    : [
        allow(
          [
            'codebuild:CreateReportGroup',
            'codebuild:CreateReport',
            'codebuild:UpdateReport',
            ...(reports.includes('tests') ? ['codebuild:BatchPutTestCases'] : []),
            ...(reports.includes('coverage') ? ['codebuild:BatchPutCodeCoverages'] : []),
          ],
          reports.map((name) => arnOf('codebuild', `report-group/${projectName}-${name}`)),
        ),
      ];

/**
 * For a build whose commands publish the assets of a CDK app, or deploy it: each role of `cdk bootstrap` by its name. What these may do was
 * decided when the
 * environments were bootstrapped.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export const assumeRoleStatements = (roleArns: readonly string[]) =>
  roleArns.length === 0
    ? []
    : [
        allow(
          ['sts:AssumeRole'],
          roleArns.map((arn) => ({ 'Fn::Sub': arn })),
        ),
      ];
