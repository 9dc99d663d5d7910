import { aws_cloudwatch as cloudwatch, type Duration } from 'aws-cdk-lib';
import { PIPELINE_LIMITS } from '../../aws/limits';
import { RULE_PROVIDERS } from '../../aws/rule-providers';
import type { ActionSpec, RulePlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { DURATION, readRequired, duplicates, ANY, listOf, readValue, resourceWith } from '../../pipeline/read-options';
import { type GateOptions, commonRuleFields, planRuleName, type GateContext, type RulePlanner } from '../rule-planner';

/** Options of {@link Gate.alarmsHealthy}. */
export interface AlarmGateOptions extends GateOptions {
  /**
   * How long, in whole minutes, at least one: on success the alarms are watched for this time, before entry it is what
   * they have to recover.
   *
   * @default - on success 15 minutes; elsewhere the alarms are looked at once
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

/** Minutes in which alarms are watched on the success of a stage. */
const BAKE_MINUTES = 15;

/** Plans a rule for each alarm: a rule reads one. */
export class AlarmRules implements RulePlanner {
  public constructor(
    private readonly alarms: readonly cloudwatch.IAlarm[],
    private readonly options: AlarmGateOptions,
  ) {}

  public plan(context: GateContext): RulePlan[] {
    const { problems, condition } = context;
    const options = this.options ?? {};
    const ruleName = planRuleName(options, 'Alarm', context);
    const alarms = readAlarms(this.alarms, problems.at('alarms'));
    const minutes = readValue(options.waitTime, DURATION, problems.at('waitTime'))?.toMinutes({ integral: false });
    problems.at('waitTime').range(minutes, PIPELINE_LIMITS.alarmMinutes, 'minutes');
    const waitTime = minutes ?? (condition === 'Success' ? BAKE_MINUTES : undefined);
    return alarms.map((alarm, i): StepPlan<AlarmRuleSpec> => ({
      ...commonRuleFields(i === 0 ? ruleName : `${ruleName}${i + 1}`, context),
      provider: RULE_PROVIDERS.cloudWatchAlarm,
      configuration: waitTime === undefined ? {} : { WaitTime: String(waitTime) },
      propNames: { WaitTime: 'waitTime' },
      spec: { kind: 'alarm-rule', alarm, prop: `alarms[${i}]` },
    }));
  }
}

const LIST = listOf(ANY, 'write it as in [alarm]');
const ALARM = resourceWith('alarmArn', 'an alarm');

/** Reads the alarms that a rule can read, and reports the others. */
function readAlarms(alarms: readonly cloudwatch.IAlarm[], problems: Problems): readonly cloudwatch.IAlarm[] {
  const list = readRequired(alarms, LIST, problems);
  if (!list) return [];
  if (list.length === 0) problems.add('hold at least one alarm', list, 'name one, or leave the gate out');
  const given = list.filter((alarm, i) => ALARM(alarm, problems.index(i)));
  for (const [i, alarm] of list.entries()) {
    if (!(alarm instanceof cloudwatch.CompositeAlarm)) continue;
    const fix = 'name the alarms that it is made of, each is a rule';
    problems.index(i).add('be an alarm on a metric', 'a composite alarm', fix);
  }
  for (const alarm of duplicates(given)) {
    problems.add('name every alarm once', alarm.node.path, 'remove one of them');
  }
  return given;
}
