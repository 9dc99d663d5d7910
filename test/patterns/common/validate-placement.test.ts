import { aws_cloudwatch as cloudwatch, aws_lambda as lambda, type Stack } from 'aws-cdk-lib';
import { DeploymentEnvironment, Gate, SuccessCondition, type WebAppPipelineProps } from '../../../src';
import { CONCRETE, webApp } from '../../helpers/synth';
import { source } from '../../laws/variants';

function watching(gate: (stack: Stack) => Gate) {
  return (stack: Stack): WebAppPipelineProps => ({
    source,
    environments: [new DeploymentEnvironment('live', { onSuccess: SuccessCondition.rollBackUnless([gate(stack)]) })],
  });
}

function alarmOf(place: string) {
  return watching((stack) =>
    Gate.alarmsHealthy([
      cloudwatch.Alarm.fromAlarmName(stack, 'Quiet', 'quiet'),
      cloudwatch.Alarm.fromAlarmArn(stack, 'Errors', `arn:aws:cloudwatch:${place}:alarm:errors`),
    ]),
  );
}

function functionOf(place: string) {
  return watching((stack) =>
    Gate.lambdaFunction(lambda.Function.fromFunctionArn(stack, 'Ask', `arn:aws:lambda:${place}:function:ask`)),
  );
}

test.each([
  [
    'an alarm of another region',
    alarmOf('us-east-1:111111111111'),
    "'environments[0].onSuccess.gates[0].alarms[1]' must be an alarm in the Region of the pipeline, eu-west-1, " +
      'got "Shop/Errors in us-east-1"',
  ],
  [
    'an alarm of another account',
    alarmOf('eu-west-1:222222222222'),
    "'environments[0].onSuccess.gates[0].alarms[1]' must be an alarm in the account of the pipeline, " +
      '111111111111, got "Shop/Errors in 222222222222"',
  ],
  [
    'a function of another region',
    functionOf('us-east-1:111111111111'),
    "'environments[0].onSuccess.gates[0].gateFunction' must be a function in the Region of the pipeline, " +
      'eu-west-1, got "Shop/Ask in us-east-1"',
  ],
  [
    'a function of another account',
    functionOf('eu-west-1:222222222222'),
    "'environments[0].onSuccess.gates[0].gateFunction' must be a function in the account of the pipeline, " +
      '111111111111, got "Shop/Ask in 222222222222"',
  ],
])('rejects %s in another account or Region, because rules refer to names', (_name, props, message) => {
  expect(() => webApp(props, { stack: CONCRETE })).toThrow(message);
  expect(() => webApp(props)).not.toThrow();
});

test.each([
  ['an alarm', alarmOf],
  ['a function', functionOf],
])('accepts %s in the stack of the pipeline', (_name, props) => {
  expect(() => webApp(props('eu-west-1:111111111111'), { stack: CONCRETE })).not.toThrow();
});
