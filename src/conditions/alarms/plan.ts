import { aws_cloudwatch as cloudwatch, type Duration } from 'aws-cdk-lib';
import { PIPELINE_LIMITS } from '../../aws/limits';
import { RULE_PROVIDERS } from '../../aws/rule-providers';
import type { ActionSpec, RulePlan, StepPlan } from '../../pipeline/pipeline-plan';
import { atLeastOne, type Problems } from '../../pipeline/problems';
import {
  DURATION,
  readRequired,
  ANY,
  listOf,
  minutesOf,
  type OptionTypes,
  readOptions,
  resourceWith,
  validateUnique,
} from '../../pipeline/read-options';
import {
  GATE_OPTIONS,
  type GateOptions,
  commonRuleFields,
  planRuleName,
  type GateContext,
  type RulePlanner,
} from '../rule-planner';
import { RESOURCE } from '../../pipeline/rules';

/** Options of {@link Gate.alarmsHealthy}. */
export interface AlarmGateOptions extends GateOptions {
  /**
   * Wait time in whole minutes, at least 1. In a success condition, the alarms are monitored for this time; in an entry
   * condition, a firing alarm has this time to recover.
   *
   * @default - 15 minutes in a success condition; otherwise the alarms are evaluated once
   */
  readonly waitTime?: Duration;
}

/** Describes a rule that reads the state of an alarm. */
export interface AlarmRuleSpec extends ActionSpec {
  readonly kind: 'alarm-rule';
  readonly alarm: cloudwatch.IAlarm;
  /** Property that the alarm comes from. */
  readonly prop: string;
}

const OPTION_TYPES: OptionTypes<AlarmGateOptions> = { ...GATE_OPTIONS, waitTime: DURATION };

/** Minutes for which alarms are monitored after the success of a stage. */
const BAKE_MINUTES = 15;

/** Plans one rule for each alarm. */
export class AlarmRules implements RulePlanner {
  public constructor(
    private readonly alarms: readonly cloudwatch.IAlarm[],
    private readonly options: AlarmGateOptions,
  ) {}

  public plan(context: GateContext): RulePlan[] {
    const { problems, condition } = context;
    const options = readOptions(this.options, OPTION_TYPES, problems);
    const ruleName = planRuleName(options, 'Alarm', context);
    const alarms = readAlarms(this.alarms, problems.at('alarms'));
    const minutes = minutesOf(options.waitTime);
    problems.at('waitTime').range(minutes, PIPELINE_LIMITS.alarmMinutes, 'minutes');
    // AWS does not document the default.
    const configuration: Record<string, string> = { AlarmStates: 'ALARM' };
    if (minutes !== undefined) configuration.WaitTime = String(minutes);
    else if (condition === 'Success') configuration.WaitTime = String(BAKE_MINUTES);
    return alarms.map((alarm, i): StepPlan<AlarmRuleSpec> => ({
      ...commonRuleFields(i === 0 ? ruleName : `${ruleName}${i + 1}`, context),
      provider: RULE_PROVIDERS.cloudWatchAlarm,
      configuration,
      propNames: { WaitTime: 'waitTime' },
      spec: { kind: 'alarm-rule', alarm, prop: `alarms[${i}]` },
    }));
  }
}

const LIST = listOf(ANY, 'write it as in [alarm]');
const ALARM = resourceWith('alarmArn', RESOURCE.alarm);

/** Returns the alarms that a rule can read, and reports the others. */
function readAlarms(alarms: readonly cloudwatch.IAlarm[], problems: Problems): readonly cloudwatch.IAlarm[] {
  const list = readRequired(alarms, LIST, problems);
  if (!list) return [];
  if (list.length === 0) problems.add(atLeastOne('alarm'), list, 'add one, or remove the gate');
  const valid = list.filter((alarm, i) => ALARM(alarm, problems.index(i)));
  for (const [i, alarm] of list.entries()) {
    if (!(alarm instanceof cloudwatch.CompositeAlarm)) continue;
    const fix = 'pass the alarms that it is composed of; each becomes a rule';
    problems.index(i).add('be a metric alarm', 'a composite alarm', fix);
  }
  validateUnique(valid, problems, { show: ({ node }) => node.path });
  return valid;
}
