import { compact } from '../common/compact';

/**
 * Describes the cron expressions and time zones of the rule DeploymentWindow. The expressions are those of Quartz, with
 * six fields and an optional year.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html
 * @see https://www.quartz-scheduler.org/documentation/quartz-2.3.0/tutorials/crontrigger.html
 */

/** Describes a violated rule, which completes "must …", and its fix. */
export interface Fault {
  readonly rule: string;
  readonly fix: string;
}

/**
 * Describes a form of a field other than a number, such as the last day of a month. Quartz does not support these forms
 * in a list.
 */
interface SpecialForm {
  readonly pattern: RegExp;
  /** The bounds of the number in it. */
  readonly bounds?: readonly [min: number, max: number];
}

/** Describes a field of a cron expression. */
export interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** The largest step. */
  readonly maxStep: number;
  /** The names of `min`, `min` + 1, … */
  readonly names?: readonly string[];
  readonly special: readonly SpecialForm[];
  /** The list of all forms in messages. */
  readonly description: string;
}

const LISTS = "'*', numbers, ranges such as 9-16, steps such as 0/15, or a list of these";

/** Lists the fields after the seconds, which CodePipeline ignores. */
export const CRON_FIELDS: readonly CronField[] = [
  { name: 'minutes', min: 0, max: 59, maxStep: 59, special: [], description: LISTS },
  { name: 'hours', min: 0, max: 23, maxStep: 23, special: [], description: LISTS },
  {
    name: 'day of the month',
    min: 1,
    max: 31,
    maxStep: 31,
    description: `'?', 'L', 'LW', 'L-3', '15W', ${LISTS}`,
    special: [
      { pattern: /^LW?$/ },
      { pattern: /^L-(\d{1,2})$/, bounds: [1, 30] },
      { pattern: /^(\d{1,2})W$/, bounds: [1, 31] },
    ],
  },
  {
    name: 'month',
    min: 1,
    max: 12,
    maxStep: 12,
    special: [],
    description: `JAN to DEC, ${LISTS}`,
    names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  },
  {
    name: 'day of the week',
    min: 1,
    max: 7,
    maxStep: 7,
    description: `'?', SUN to SAT, 'L', '6L', '6#3', ${LISTS}`,
    names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
    special: [{ pattern: /^L$/ }, { pattern: /^(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(?:L|#([1-5]))$/ }],
  },
  { name: 'year', min: 1970, max: 2199, maxStep: 229, special: [], description: LISTS },
];

const [, , DAY, MONTH, WEEKDAY] = CRON_FIELDS;

/** Returns all violated rules of the cron expression of a window. */
export function cronFaults(cron: string): Fault[] {
  const texts = fieldsOf(cron);
  if (texts.length < 6 || texts.length > 7) {
    return [
      {
        rule:
          'have six fields and an optional year (seconds, minutes, hours, day of the month, month, day of the week, ' +
          'year)',
        fix: "write e.g. '* * 9-16 ? * MON-FRI *' for Monday to Friday from 9:00 to 16:59",
      },
    ];
  }
  const [seconds, ...rest] = texts;
  return compact([
    !['*', '0'].includes(seconds) && {
      rule: "have '*' in its seconds, which CodePipeline ignores",
      fix: `write '*' instead of '${seconds}'`,
    },
    ...rest.flatMap((text, i) => faultsOfField(CRON_FIELDS[i], text)),
    ...faultsOfDays(texts[3], texts[5]),
    ...faultsOfDate(texts[3], texts[4]),
  ]);
}

/**
 * Returns the warning for a valid expression with an ambiguous meaning. AWS does not document whether a window consists
 * of the matching minutes, or lasts from one matching hour to the next. Its sample has the minutes `0`.
 */
export function cronWarning(cron: string): Fault | undefined {
  const [, minutes = '*'] = fieldsOf(cron);
  if (minutes.split(',').every((item) => item === '*' || /^\d+-\d+$/.test(item))) return undefined;
  return {
    rule:
      "have '*' or ranges in its minutes, because AWS does not document whether the window is longer than the " +
      'matching minutes',
    fix:
      `write '*' instead of '${minutes}' and end the hours one hour earlier, e.g. '* * 9-16 ? * MON-FRI *' for 9:00 ` +
      'to 16:59',
  };
}

/** Returns the fields in upper case, because names are case-insensitive. */
export function fieldsOf(cron: string): string[] {
  return cron.trim().toUpperCase().split(/\s+/);
}

/** Describes an item of a list, with numbers instead of names. */
export interface CronItem {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

const ITEM = /^(?:(\*)|([A-Z]+|\d+)(?:-([A-Z]+|\d+))?)(?:\/(\d+))?$/;

/** Parses an item of a list. Does not check the bounds of the field. Returns undefined if the item is invalid. */
export function parseItem(field: CronField, text: string): CronItem | undefined {
  const [, star, from, to, step = '1'] = ITEM.exec(text) ?? [];
  if (star !== undefined) return { from: field.min, to: field.max, step: Number(step) };
  if (from === undefined) return undefined;
  const first = numberOf(field, from);
  const last = to === undefined ? lastOf(field, text, first) : numberOf(field, to);
  if (first === undefined || last === undefined) return undefined;
  return { from: first, to: last, step: Number(step) };
}

/** Returns the end of an item without an explicit end. With a step, it extends to the end of the field. */
function lastOf({ max }: CronField, text: string, first: number | undefined) {
  return text.includes('/') ? max : first;
}

function numberOf({ names, min }: CronField, text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const index = names?.indexOf(text) ?? -1;
  return index < 0 ? undefined : index + min;
}

function isDay(field: CronField) {
  return field === DAY || field === WEEKDAY;
}

function faultsOfField(field: CronField, text: string): Fault[] {
  if (text === '?' && isDay(field)) return [];
  for (const { pattern, bounds } of field.special) {
    const [match, number] = pattern.exec(text) ?? [];
    if (match === undefined) continue;
    return bounds === undefined ? [] : outOfBounds(field, text, [Number(number)], bounds);
  }
  const items = text.split(',');
  if (items.includes('*') && items.length > 1) {
    return [
      {
        rule: `not contain '*' in a list in its ${field.name}`,
        fix: `write '*' instead of '${text}', or only the values`,
      },
    ];
  }
  return items.flatMap((item) => faultsOfItem(field, item)).slice(0, 1);
}

function faultsOfItem(field: CronField, text: string): Fault[] {
  const item = parseItem(field, text);
  if (!item) {
    return [{ rule: `have as its ${field.name} ${field.description}`, fix: `write one of these instead of '${text}'` }];
  }
  const { from, to, step } = item;
  if (step < 1 || step > field.maxStep) {
    return [
      { rule: `have steps of 1 to ${field.maxStep} in its ${field.name}`, fix: `write another step in '${text}'` },
    ];
  }
  const outside = outOfBounds(field, text, [from, to], [field.min, field.max]);
  if (outside.length > 0) return outside;
  if (from <= to) return [];

  // Quartz supports descending ranges, but AWS does not document whether CodePipeline does.
  function nameOf(value: number) {
    return /[A-Z]/.test(text) ? field.names![value - field.min] : String(value);
  }

  const ascending = `${nameOf(from)}-${nameOf(field.max)},${nameOf(field.min)}-${nameOf(to)}`;
  return [{ rule: `have ascending ranges in its ${field.name}`, fix: `write '${ascending}' instead of '${text}'` }];
}

function outOfBounds(
  { name }: CronField,
  text: string,
  values: readonly number[],
  [min, max]: readonly [number, number],
): Fault[] {
  if (values.every((value) => value >= min && value <= max)) return [];
  return [
    { rule: `have numbers from ${min} to ${max} in its ${name}`, fix: `write another number instead of '${text}'` },
  ];
}

function faultsOfDays(day: string, weekday: string): Fault[] {
  if ((day === '?') !== (weekday === '?')) return [];
  const rule = "have '?' as its day of the month or as its day of the week, but not as both";
  if (day === '?') return [{ rule, fix: "write '*' as the day of the month for every day" }];
  return [{ rule, fix: "write '?' for the one that is not used" }];
}

const DAYS_OF_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Returns whether a part of a list contains a value. */
function includes({ from, to, step }: CronItem, value: number): boolean {
  return value >= from && value <= to && (value - from) % step === 0;
}

/** Returns the fault of a date that does not exist, such as February 30, because the window would never open. */
function faultsOfDate(day: string, monthText: string): Fault[] {
  const days = listOf(DAY, day);
  const months = listOf(MONTH, monthText);
  if (!days || !months) return [];
  const longest = Math.max(...DAYS_OF_MONTHS.filter((_, i) => months.some((range) => includes(range, i + 1))));
  if (days.some(({ from }) => from <= longest)) return [];
  return [
    {
      rule: `have a day of the month that exists in its months, at most ${longest}`,
      fix: `write another day of the month instead of '${day}'`,
    },
  ];
}

/** Returns the items of a list, or undefined if the field is not a valid list. */
export function listOf(field: CronField, text: string): CronItem[] | undefined {
  if (faultsOfField(field, text).length > 0) return undefined;
  const items = text.split(',').map((item) => parseItem(field, item));
  return items.every((item) => item !== undefined) ? items : undefined;
}
