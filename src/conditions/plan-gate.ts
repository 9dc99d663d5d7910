import { aws_cloudwatch as cloudwatch, type aws_lambda as lambda, Token } from 'aws-cdk-lib';
import type {
  AlarmGateOptions,
  CommandsGateOptions,
  DeploymentWindowOptions,
  GateOptions,
  LambdaGateOptions,
  OfficeHoursOptions,
} from './gate-options';
import type { AlarmRuleSpec, CommandsRuleSpec, LambdaRuleSpec, PlainRuleSpec } from './rule-specs';
import type { BuildStep } from '../steps/build-step';
import { cronFaults } from '../aws/deployment-window';
import { PIPELINE_LIMITS, RULE_NAME } from '../aws/limits';
import { RULE_PROVIDERS } from '../aws/rule-providers';
import { timeZoneFaults } from '../aws/time-zones';
import { checkName, checkRange, problem, type Problem } from '../pipeline/problems';
import { duplicates } from '../pipeline/duplicates';
import type { RulePlan, StepPlan } from '../pipeline/pipeline-plan';
import type { PipelineVariable } from '../steps/pipeline-variable';
import {
  commonStepFields,
  definedNames,
  inNamespacesOf,
  mapValues,
  withVariablesOf,
} from '../steps/common-step-fields';
import type { StepContext } from '../steps/step-context';

/** Where a gate stands. */
export interface GateContext extends StepContext {
  readonly stage: string;
  readonly place: 'Entry' | 'Success' | 'Failure';
}

const BAKE_MINUTES = 15;

/** The parts of a plan that say where a rule stands, and what it works on. */
const ruleAt = (context: GateContext, name: string, inputs: CommandsGateOptions['inputs'] = []) => ({
  ...commonStepFields(name, { inputs }, context),
  name: `${context.stage}-${context.place}-${name}`,
  after: [],
  outputs: [],
});

/** One rule for each alarm: a rule looks at one. */
export function alarmRules(
  alarms: readonly cloudwatch.IAlarm[],
  { ruleName = 'Alarm', waitTime }: AlarmGateOptions,
  context: GateContext,
): RulePlan[] {
  const minutes = waitTime?.toMinutes({ integral: false }) ?? (context.place === 'Success' ? BAKE_MINUTES : undefined);
  return alarms.map((alarm, i) => ({
    ...ruleAt(context, i === 0 ? ruleName : `${ruleName}${i + 1}`),
    provider: RULE_PROVIDERS.cloudWatchAlarm,
    configuration: { ...(minutes !== undefined && { WaitTime: String(minutes) }) },
    spec: { kind: 'alarm-rule', alarm } satisfies AlarmRuleSpec,
  }));
}

export const checkAlarms = (
  prop: string,
  alarms: readonly cloudwatch.IAlarm[],
  { waitTime }: AlarmGateOptions,
): Problem[] => [
  ...(alarms.length > 0
    ? []
    : [problem(`${prop}.alarms`, 'hold at least one alarm', [], 'name one, or leave the gate out')]),
  ...alarms.flatMap((alarm, i) =>
    alarm instanceof cloudwatch.CompositeAlarm
      ? [
          problem(
            `${prop}.alarms[${i}]`,
            'be an alarm on a metric',
            'a composite alarm',
            'name the alarms that it is made of, each is a rule',
          ),
        ]
      : [],
  ),
  ...duplicates(alarms).map((alarm) =>
    problem(`${prop}.alarms`, 'name every alarm once', alarm.node.path, 'remove one of them'),
  ),
  ...checkRange(`${prop}.waitTime`, waitTime?.toMinutes({ integral: false }), PIPELINE_LIMITS.alarmMinutes, 'minutes'),
];

export const windowRule = (
  cron: string,
  { ruleName = 'Window', timeZone = 'UTC' }: DeploymentWindowOptions,
  context: GateContext,
): RulePlan[] => [
  {
    ...ruleAt(context, ruleName),
    provider: RULE_PROVIDERS.deploymentWindow,
    configuration: { Cron: cron, TimeZone: timeZone },
    spec: { kind: 'plain-rule' } satisfies PlainRuleSpec,
  },
];

/** Every minute of the hours: with a single minute there, whether the whole hour is meant is not documented. */
export const officeHours = ({ fromHour = 9, untilHour = 17, days = 'MON-FRI' }: OfficeHoursOptions) =>
  `* * ${fromHour === untilHour - 1 ? fromHour : `${fromHour}-${untilHour - 1}`} ? * ${days} *`;

/** The cron that hours make is looked at only when the hours are right. */
export function checkOfficeHours(prop: string, hours: OfficeHoursOptions, window: DeploymentWindowOptions): Problem[] {
  const { fromHour = 9, untilHour = 17 } = hours;
  const wrong = [
    ...checkRange(`${prop}.fromHour`, fromHour, { min: 0, max: 23 }, 'hours'),
    ...checkRange(`${prop}.untilHour`, untilHour, { min: 1, max: 24 }, 'hours'),
  ];
  if (wrong.length > 0) return [...wrong, ...checkTimeZone(prop, window)];
  if (fromHour < untilHour) return checkWindow(prop, officeHours(hours), window);
  return [
    problem(
      `${prop}.untilHour`,
      `be later than fromHour (${fromHour})`,
      untilHour,
      "write hours over midnight yourself, as in Gate.deploymentWindow('* * 22-23,0-5 ? * * *')",
    ),
    ...checkTimeZone(prop, window),
  ];
}

export const variableRule = (
  variable: PipelineVariable,
  operator: string,
  value: string,
  { ruleName = 'Variable' }: GateOptions,
  context: GateContext,
): RulePlan[] => [
  withVariablesOf(context, {
    ...ruleAt(context, ruleName),
    provider: RULE_PROVIDERS.variableCheck,
    configuration: { Variable: `${variable}`, Operator: operator, Value: value },
    spec: { kind: 'plain-rule' } satisfies PlainRuleSpec,
  }),
];

export function lambdaRule(
  gateFunction: lambda.IFunction,
  { ruleName = 'Function', parameters = {}, inputs }: LambdaGateOptions,
  context: GateContext,
  tellsPlace = false,
): RulePlan[] {
  const rule: StepPlan<LambdaRuleSpec> = {
    ...ruleAt(context, ruleName, inputs),
    provider: RULE_PROVIDERS.lambdaInvoke,
    configuration: Object.keys(parameters).length > 0 ? { UserParameters: JSON.stringify(parameters) } : {},
    propNames: { UserParameters: 'parameters' },
    definedNames: definedNames('parameters', parameters),
    spec: {
      kind: 'lambda-rule',
      function: gateFunction,
      parameters: mapValues(parameters, inNamespacesOf(context)),
      ...(tellsPlace && { askedFor: context.stage }),
    },
  };
  return [withVariablesOf(context, rule)];
}

export const commandsRule = (
  commands: readonly string[],
  { ruleName = 'Commands', inputs }: CommandsGateOptions,
  context: GateContext,
): RulePlan[] => [
  {
    ...ruleAt(context, ruleName, inputs),
    ...(inputs === undefined && { inputs: [context.defaultInput] }),
    provider: RULE_PROVIDERS.commands,
    configuration: {},
    commands,
    spec: { kind: 'commands-rule' } satisfies CommandsRuleSpec,
  },
];

/** Plans a build, without what a rule does not have: artifacts and variables of its own. */
export function buildRule(buildStep: BuildStep, context: GateContext): RulePlan[] {
  const problems = context.problems.at('buildStep');
  const [plan] = buildStep._plan({ ...context, problems });
  const { spec, exports: exported = [], outputs } = plan;
  problems.addAll(checkRuleName(problems.at('stepName').path, buildStep.stepName));
  if (!plan.readsFullClone) {
    problems.add('be a build with a project', spec.kind, 'use BuildStep.shell or BuildStep.project, or Gate.commands');
  }
  if (exported.length > 0) {
    problems.at('exportedVariables').add('be empty in a gate', exported, 'a rule hands on nothing; make it a step');
  }
  if (outputs.length > 0) {
    const fix = 'a rule hands on nothing; leave outputDirectory out, or make it a step';
    problems.add('make no artifact in a gate', outputs, fix);
  }
  return [
    {
      ...withVariablesOf(context, plan),
      namespace: undefined,
      exports: undefined,
      outputs: [],
      name: `${context.stage}-${context.place}-${buildStep.stepName}`,
      provider: RULE_PROVIDERS.codeBuild,
    },
  ];
}

export const checkRuleName = (prop: string, ruleName: string | undefined): Problem[] =>
  ruleName === undefined ? [] : checkName(prop, ruleName, RULE_NAME, 'rename it');

/** Times that there are, in a time zone that there is. */
export const checkWindow = (prop: string, cron: string, options: DeploymentWindowOptions): Problem[] => [
  ...(Token.isUnresolved(cron)
    ? []
    : cronFaults(cron).map(({ rule, fix }) => problem(`${prop}.cron`, rule, cron, fix))),
  ...checkTimeZone(prop, options),
];

const checkTimeZone = (prop: string, { timeZone = 'UTC' }: DeploymentWindowOptions): Problem[] =>
  Token.isUnresolved(timeZone)
    ? []
    : timeZoneFaults(timeZone).map(({ rule, fix }) => problem(`${prop}.timeZone`, rule, timeZone, fix));
