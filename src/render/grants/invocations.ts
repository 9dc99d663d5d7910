import { Arn, ArnFormat, type aws_stepfunctions as stepfunctions } from 'aws-cdk-lib';
import { allow, arnOf } from './statement';

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html */
export const invokeStatements = (functionArn: string) => [
  allow(['lambda:InvokeFunction'], [functionArn]),
  allow(['lambda:ListFunctions'], ['*']), // no resource level
];

/** For a rule that asks a function. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-LambdaInvoke.html */
export const askFunctionStatements = (functionArn: string) => [allow(['lambda:InvokeFunction'], [functionArn])];

/** For a rule that looks at an alarm. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html */
export const watchAlarmStatements = (alarmArn: string) => [allow(['cloudwatch:DescribeAlarms'], [alarmArn])];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html */
export const stateMachineStatements = (stateMachine: stepfunctions.IStateMachine) => [
  allow(['states:DescribeStateMachine', 'states:StartExecution'], [stateMachine.stateMachineArn]),
  allow(
    ['states:DescribeExecution'],
    [
      arnOf(
        'states',
        `execution:${Arn.split(stateMachine.stateMachineArn, ArnFormat.COLON_RESOURCE_NAME).resourceName}:*`,
      ),
    ],
  ),
];
