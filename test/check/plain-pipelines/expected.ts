import { on, UnknownClass } from '../verdicts';

/** The L2 of stage conditions does not grant the calls of rules. The other applications have no denials. */
const CONDITIONS = [
  'warning NoAlarmBefore: PipelineRoleD68726F7 cloudwatch:DescribeAlarms',
  'warning NoAlarmAfter: PipelineRoleD68726F7 cloudwatch:DescribeAlarms',
  'warning AlarmOfFailure: PipelineRoleD68726F7 cloudwatch:DescribeAlarms',
  // The function of a rule has to answer as that of an action has; that a LambdaInvoke action would have granted it
  // shows that it is needed.
  'warning Judge: PipelineRoleD68726F7 lambda:InvokeFunction',
  'warning Judge: JudgeServiceRole4997F229 codepipeline:PutJobSuccessResult',
  // Only a CodeBuild action would have passed the project its input artifact.
  'error Smoke: SmokeRole995F9276 s3:GetObject',
  'error Smoke: SmokeRole995F9276 kms:Decrypt',
  'error Smoke: PipelineRoleD68726F7 codebuild:StartBuild',
  'error Smoke: PipelineRoleD68726F7 codebuild:BatchGetBuilds',
  'error Script: PipelineRoleD68726F7 logs:CreateLogGroup',
  'error Script: PipelineRoleD68726F7 logs:CreateLogStream',
  'error Script: PipelineRoleD68726F7 logs:PutLogEvents',
];

/**
 * What is denied in an application, by its name. Whatever else aws-cdk-lib makes runs, so a denial there would be a
 * false one.
 */
export const DENIED: Readonly<Record<string, readonly string[]>> = { conditions: CONDITIONS };

/** Lists the unknown calls by reason. */
export const UNKNOWN: Readonly<Record<string, UnknownClass>> = {
  'ECS: tags': on('ecs:TagResource', 'deploys deploys-anywhere'),
  'S3: tags': on('s3:GetObjectTagging s3:GetObjectVersionTagging', 'invokes invokes-anywhere sources sources-anywhere'),
  'Lambda: the code decides': on('codepipeline:PutJobFailureResult', 'conditions'),
};
