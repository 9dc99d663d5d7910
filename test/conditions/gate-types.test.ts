import { aws_cloudwatch as cloudwatch, Stack } from 'aws-cdk-lib';
import {
  EntryCondition,
  FailureHandling,
  Gate,
  PipelineVariable,
  SuccessCondition,
  TestStep,
  VariableOperator,
} from '../../src';
import { planConditions } from '../../src/conditions/plan-conditions';
import { problemsAt } from '../helpers/plans';

/** Returns a value of a wrong type, as JavaScript allows. */
function odd(value: unknown) {
  return value as never;
}

const stack = new Stack();
const alarm = cloudwatch.Alarm.fromAlarmName(stack, 'Alarm', 'errors');
const note = new PipelineVariable('NOTE');
const gateFunction = odd({ functionArn: 'arn:aws:lambda:eu-west-1:111111111111:function:ask', node: {} });

function problemsOf(gate: Gate) {
  return problemsAt('gate', (problems) =>
    gate._plan({ stage: 'live', condition: 'Entry', defaultInput: 'Source', problems }),
  );
}

function pathsOf(problems: readonly string[]) {
  return problems.map((problem) => /^'([^']+)' must .+, got .+; .+$/s.exec(problem)?.[1]);
}

/** Gates with one wrong value each, and the property that the error must name. */
const WRONG: ReadonlyArray<[string, Gate]> = [
  ['alarms', Gate.alarmsHealthy(odd(undefined))],
  ['alarms', Gate.alarmsHealthy(odd(alarm))],
  ['alarms[1]', Gate.alarmsHealthy([alarm, odd('errors')])],
  ['waitTime', Gate.alarmsHealthy([alarm], { waitTime: odd(15) })],
  ['ruleName', Gate.alarmsHealthy([alarm], { ruleName: odd(5) })],
  ['cron', Gate.deploymentWindow(odd(undefined))],
  ['timeZone', Gate.deploymentWindow('* * 9-16 ? * MON-FRI *', { timeZone: odd(2) })],
  ['timeZone', Gate.officeHours(odd(undefined))],
  ['days', Gate.officeHours('UTC', { days: odd(['MON']) })],
  ['days', Gate.officeHours('UTC', { days: 'MO-FR' })],
  ['fromHour', Gate.officeHours('UTC', { fromHour: odd('nine') })],
  ['variable', Gate.variable(odd('NOTE'), VariableOperator.EQUALS, 'yes')],
  ['comparison', Gate.variable(note.reference(), odd('LIKE'), 'yes')],
  ['value', Gate.variable(note.reference(), VariableOperator.EQUALS, odd(5))],
  ['gateFunction', Gate.lambdaFunction(odd(undefined))],
  ['parameters', Gate.lambdaFunction(gateFunction, { parameters: odd('level') })],
  ['parameters.level', Gate.lambdaFunction(gateFunction, { parameters: { level: odd(3) } })],
  ['commands', Gate.commands(odd('make'))],
  ['commands', Gate.commands([])],
  ['buildStep', Gate.buildStep(odd(undefined))],
  ['buildStep', Gate.buildStep(odd(TestStep.shell(['make'])))],
];

test.each(WRONG)('reports a wrong value at %s, and nothing else', (prop, gate) => {
  expect(pathsOf(problemsOf(gate))).toEqual([`gate.${prop}`]);
});

test('treats null options as not set', () => {
  const none = odd(null);
  const gates = [
    Gate.alarmsHealthy([alarm], none),
    Gate.deploymentWindow('* * 9-16 ? * MON-FRI *', none),
    Gate.officeHours('UTC', none),
    Gate.variable(note.reference(), VariableOperator.EQUALS, 'yes', none),
    Gate.lambdaFunction(gateFunction, none),
    Gate.commands(['make'], none),
  ];
  expect(gates.flatMap(problemsOf)).toEqual([]);
});

test('reports conditions and gates of a wrong type at their property', () => {
  function problemsIn(conditions: object) {
    return pathsOf(
      problemsAt('stage', (problems) => planConditions('live', conditions, { defaultInput: 'Source', problems })),
    );
  }

  expect(
    problemsIn({
      beforeEntry: 'always',
      onSuccess: EntryCondition.failUnless([]),
      onFailure: SuccessCondition.failUnless([]),
    }),
  ).toEqual(['stage.beforeEntry', 'stage.onSuccess', 'stage.onFailure']);
  expect(problemsIn({ beforeEntry: EntryCondition.failUnless(odd(undefined)) })).toEqual(['stage.beforeEntry.gates']);
  expect(problemsIn({ onSuccess: SuccessCondition.failUnless([odd(alarm)]) })).toEqual(['stage.onSuccess.gates[0]']);
  expect(problemsIn({ onFailure: FailureHandling.rollBackUnless(odd(null)) })).toEqual(['stage.onFailure.gates']);
});
