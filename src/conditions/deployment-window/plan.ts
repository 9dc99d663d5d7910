import { Token } from 'aws-cdk-lib';
import { cronWarning, cronFaults } from '../../aws/deployment-window';
import { RULE_PROVIDERS } from '../../aws/rule-providers';
import { timeZoneFaults } from '../../aws/time-zones';
import type { RulePlan, StepPlan, SynthWarning } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { ANY, type OptionTypes, readOptions, readRequired, TEXT } from '../../pipeline/read-options';
import { KNOWN_VALUE, NO_SPACES } from '../../pipeline/rules';
import {
  GATE_OPTIONS,
  type GateOptions,
  commonRuleFields,
  planRuleName,
  type GateContext,
  type PlainRuleSpec,
  type RulePlanner,
} from '../rule-planner';

/** Options of {@link Gate.deploymentWindow}. */
export interface DeploymentWindowOptions extends GateOptions {
  /**
   * Time zone of the cron expression: a name of the time zone database (`Europe/Berlin`, which observes daylight saving
   * time), `UTC`, or an offset (`UTC+02:00`).
   *
   * @default 'UTC'
   */
  readonly timeZone?: string;
}

/** Options of {@link Gate.officeHours}. */
export interface OfficeHoursOptions extends GateOptions {
  /**
   * First hour of the window, 0 to 23.
   *
   * @default 9
   */
  readonly fromHour?: number;

  /**
   * Hour before which the window ends, 1 to 24: 17 means until 16:59.
   *
   * @default 17
   */
  readonly untilHour?: number;

  /**
   * Days of the week, as in a cron expression: `MON-THU`, `MON,WED`.
   *
   * @default 'MON-FRI'
   */
  readonly days?: string;
}

// The options are validated where they are planned.
const WINDOW_OPTIONS: OptionTypes<DeploymentWindowOptions> = { ...GATE_OPTIONS, timeZone: ANY };
const OFFICE_OPTIONS: OptionTypes<OfficeHoursOptions> = {
  ...GATE_OPTIONS,
  fromHour: ANY,
  untilHour: ANY,
  days: ANY,
};

/** Plans a rule that passes at the times of a cron expression. */
export class DeploymentWindowRule implements RulePlanner {
  public constructor(
    private readonly cron: string,
    private readonly options: DeploymentWindowOptions,
  ) {}

  public plan(context: GateContext): RulePlan[] {
    const { problems } = context;
    const options = readOptions(this.options, WINDOW_OPTIONS, problems);
    const ruleName = planRuleName(options, 'Window', context);
    const cron = readRequired(this.cron, TEXT, problems.at('cron'));
    if (cron !== undefined) validateCron(cron, cron, problems.at('cron'));
    const timeZone = readTimeZone(options.timeZone ?? 'UTC', problems.at('timeZone'));
    if (cron === undefined || timeZone === undefined) return [];
    return [planWindow({ ruleName, cron, cronProp: 'cron', timeZone }, context)];
  }
}

/** Plans a rule that passes during whole hours on some days of the week. */
export class OfficeHoursRule implements RulePlanner {
  public constructor(
    private readonly timeZone: string,
    private readonly options: OfficeHoursOptions,
  ) {}

  public plan(context: GateContext): RulePlan[] {
    const { problems } = context;
    const options = readOptions(this.options, OFFICE_OPTIONS, problems);
    const ruleName = planRuleName(options, 'Window', context);
    const cron = planOfficeHours(options, problems);
    const timeZone = readTimeZone(this.timeZone, problems.at('timeZone'));
    if (cron === undefined || timeZone === undefined) return [];
    return [planWindow({ ruleName, cron, cronProp: 'days', timeZone }, context)];
  }
}

interface Window {
  readonly ruleName: string;
  readonly cron: string;
  /** Property that determines the cron expression. */
  readonly cronProp: string;
  readonly timeZone: string;
}

function planWindow({ ruleName, cron, cronProp, timeZone }: Window, context: GateContext): StepPlan<PlainRuleSpec> {
  const fields = commonRuleFields(ruleName, context);
  return {
    ...fields,
    provider: RULE_PROVIDERS.deploymentWindow,
    configuration: { Cron: cron, TimeZone: timeZone },
    propNames: { Cron: cronProp, TimeZone: 'timeZone' },
    warnings: windowWarnings(fields.name, cron),
    spec: { kind: 'plain-rule' },
  };
}

/**
 * Returns the cron expression of office hours. It matches every minute of the hours, since it is not documented whether
 * a single minute opens the window for the whole hour. The days are validated only if the hours are valid.
 */
function planOfficeHours(options: OfficeHoursOptions, problems: Problems): string | undefined {
  const { fromHour = 9, untilHour = 17 } = options;
  if (Token.isUnresolved(fromHour) || Token.isUnresolved(untilHour)) {
    const prop = Token.isUnresolved(fromHour) ? 'fromHour' : 'untilHour';
    problems.at(prop).add(KNOWN_VALUE, 'a token', 'pass a literal number');
    return undefined;
  }
  const days = readRequired(options.days ?? 'MON-FRI', TEXT, problems.at('days'));
  if (days === undefined) return undefined;
  if (/\s/.test(days)) {
    problems.at('days').add(NO_SPACES, days, "write days as in 'MON-FRI' or 'MON,WED'");
    return undefined;
  }
  const lastHour = untilHour - 1;
  const hours = fromHour === lastHour ? `${fromHour}` : `${fromHour}-${lastHour}`;
  const cron = `* * ${hours} ? * ${days} *`;
  if (validateHours(fromHour, untilHour, problems)) validateCron(cron, days, problems.at('days'));
  return cron;
}

/** Validates the hours of a day, and returns whether they are valid. */
function validateHours(fromHour: number, untilHour: number, problems: Problems): boolean {
  const before = problems.count;
  problems.at('fromHour').range(fromHour, { min: 0, max: 23 }, 'hours');
  problems.at('untilHour').range(untilHour, { min: 1, max: 24 }, 'hours');
  if (problems.count === before && fromHour >= untilHour) {
    const fix = "use a cron expression for hours across midnight, e.g. Gate.deploymentWindow('* * 22-23,0-5 ? * * *')";
    problems.at('untilHour').add(`be later than fromHour (${fromHour})`, untilHour, fix);
  }
  return problems.count === before;
}

function validateCron(cron: string, got: string, problems: Problems): void {
  if (Token.isUnresolved(cron)) return;
  for (const { rule, fix } of cronFaults(cron)) problems.add(rule, got, fix);
}

function readTimeZone(timeZone: string, problems: Problems): string | undefined {
  const text = readRequired(timeZone, TEXT, problems);
  if (text === undefined || Token.isUnresolved(text)) return text;
  for (const { rule, fix } of timeZoneFaults(text)) problems.add(rule, text, fix);
  return text;
}

function windowWarnings(rule: string, cron: string): SynthWarning[] {
  if (Token.isUnresolved(cron)) return [];
  const warning = cronWarning(cron);
  if (!warning) return [];
  return [{ id: `window-minutes[${rule}]`, text: `The window '${rule}' should ${warning.rule}; ${warning.fix}.` }];
}
