/**
 * The cron expressions and time zones of the rule DeploymentWindow: those of Quartz, with six fields and a year that
 * may be left out.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html
 * @see https://www.quartz-scheduler.org/documentation/quartz-2.3.0/tutorials/crontrigger.html
 */

/** What a text must be instead, completing "must …", and what to do. */
export interface Fault {
  readonly rule: string;
  readonly fix: string;
}

/**
 * A field that is more than one number, such as the last day of a month. Such forms stand alone: Quartz implements none
 * of them in a list.
 */
interface SpecialForm {
  readonly pattern: RegExp;
  /** What the number in it counts, which it must lie in. */
  readonly bounds?: readonly [min: number, max: number];
}

export interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** The largest step, where Quartz has one. */
  readonly maxStep: number;
  /** Names that stand for `min`, `min` + 1, … */
  readonly names?: readonly string[];
  readonly special: readonly SpecialForm[];
  /** Every form, for people. */
  readonly words: string;
}

const LISTS = "'*', numbers, ranges such as 9-16, steps such as 0/15, or a list of these";

/** Behind the seconds, which are not looked at. */
export const CRON_FIELDS: readonly CronField[] = [
  { name: 'minutes', min: 0, max: 59, maxStep: 59, special: [], words: LISTS },
  { name: 'hours', min: 0, max: 23, maxStep: 23, special: [], words: LISTS },
  {
    name: 'day of the month',
    min: 1,
    max: 31,
    maxStep: 31,
    words: `'?', 'L', 'LW', 'L-3', '15W', ${LISTS}`,
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
    words: `JAN to DEC, ${LISTS}`,
    names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  },
  {
    name: 'day of the week',
    min: 1,
    max: 7,
    maxStep: 7,
    words: `'?', SUN to SAT, 'L', '6L', '6#3', ${LISTS}`,
    names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
    special: [{ pattern: /^L$/ }, { pattern: /^(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(?:L|#([1-5]))$/ }],
  },
  { name: 'year', min: 1970, max: 2199, maxStep: 229, special: [], words: LISTS },
];

const [, , DAY, MONTH, WEEKDAY] = CRON_FIELDS;

/** Everything that is wrong with the cron expression of a window. */
export function cronFaults(cron: string): Fault[] {
  const texts = fieldsOf(cron);
  if (texts.length < 6 || texts.length > 7) {
    return [
      {
        rule:
          'have six fields and may have a year behind them (seconds, minutes, hours, day of the month, month, day ' +
          'of the week, year)',
        fix: "write e.g. '* * 9-16 ? * MON-FRI *' for Monday to Friday from 9:00 to 16:59",
      },
    ];
  }
  const [seconds, ...rest] = texts;
  return [
    ...(['*', '0'].includes(seconds)
      ? []
      : [{ rule: "have '*' for its seconds, which are not looked at", fix: `write '*' instead of '${seconds}'` }]),
    ...rest.flatMap((text, i) => faultsOfField(CRON_FIELDS[i], text)),
    ...faultsOfDays(texts[3], texts[5]),
    ...faultsOfDate(texts[3], texts[4]),
  ];
}

/**
 * What is doubtful about an expression that is not wrong. AWS does not say whether a window is the minutes that match,
 * or lasts from one hour that matches to the next: its own sample has the minutes `0`.
 */
export function cronDoubt(cron: string): Fault | undefined {
  const [, minutes = '*'] = fieldsOf(cron);
  if (minutes.split(',').every((item) => item === '*' || /^\d+-\d+$/.test(item))) return undefined;
  return {
    rule:
      "name its minutes as '*' or as ranges, since AWS does not say whether the window is more than the minutes " +
      'that match',
    fix:
      `write '*' instead of '${minutes}' and end the hours one earlier, e.g. '* * 9-16 ? * MON-FRI *' for 9:00 to ` +
      '16:59',
  };
}

/** The fields as they are compared: names are written in capitals or not. */
export function fieldsOf(cron: string): string[] {
  return cron.trim().toUpperCase().split(/\s+/);
}

/** A part of a list, with numbers for names: from where to where in which steps. */
export interface CronItem {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

const ITEM = /^(?:(\*)|([A-Z]+|\d+)(?:-([A-Z]+|\d+))?)(?:\/(\d+))?$/;

/** A part of a list, or nothing when it is none. What it counts may lie outside of the field. */
export function parseItem(field: CronField, text: string): CronItem | undefined {
  const [, star, from, to, step] = ITEM.exec(text) ?? [];
  if (star === undefined && from === undefined) return undefined;
  const first = star ? field.min : numberOf(field, from);
  // A step without an end goes on to the end of the field.
  const last = to !== undefined ? numberOf(field, to) : star !== undefined || step !== undefined ? field.max : first;
  return first === undefined || last === undefined ? undefined : { from: first, to: last, step: Number(step ?? 1) };
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
    const [whole, number] = pattern.exec(text) ?? [];
    if (whole !== undefined) return bounds === undefined ? [] : outOfBounds(field, text, [Number(number)], bounds);
  }
  const items = text.split(',');
  if (items.includes('*') && items.length > 1) {
    return [
      {
        rule: `not have '*' in a list in its ${field.name}`,
        fix: `write '*' instead of '${text}', or the values alone`,
      },
    ];
  }
  return items.flatMap((item) => faultsOfItem(field, item)).slice(0, 1);
}

function faultsOfItem(field: CronField, text: string): Fault[] {
  const item = parseItem(field, text);
  if (!item) {
    return [{ rule: `have for its ${field.name} ${field.words}`, fix: `write one of these instead of '${text}'` }];
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

  // Quartz goes round the end, but AWS does not say that CodePipeline does.
  function named(value: number) {
    return /[A-Z]/.test(text) ? field.names![value - field.min] : String(value);
  }

  const around = `${named(from)}-${named(field.max)},${named(field.min)}-${named(to)}`;
  return [{ rule: `have ranges that rise in its ${field.name}`, fix: `write '${around}' instead of '${text}'` }];
}

function outOfBounds(
  { name }: CronField,
  text: string,
  values: readonly number[],
  [min, max]: readonly [number, number],
): Fault[] {
  return values.every((value) => value >= min && value <= max)
    ? []
    : [{ rule: `have numbers from ${min} to ${max} in its ${name}`, fix: `write another number instead of '${text}'` }];
}

function faultsOfDays(day: string, weekday: string): Fault[] {
  if ((day === '?') !== (weekday === '?')) return [];
  return [
    {
      rule: "have '?' either as its day of the month or as its day of the week, and never as both",
      fix:
        day === '?'
          ? "write '*' as day of the month for every day"
          : "write '?' for the one of the two that does not matter",
    },
  ];
}

const DAYS_OF_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Returns whether a part of a list contains a value. */
function includes({ from, to, step }: CronItem, value: number): boolean {
  return value >= from && value <= to && (value - from) % step === 0;
}

/** A date that no year has, such as the 30th of February: a window that never opens. */
function faultsOfDate(day: string, monthText: string): Fault[] {
  const days = listOf(DAY, day);
  const months = listOf(MONTH, monthText);
  if (!days || !months) return [];
  const longest = Math.max(...DAYS_OF_MONTHS.filter((_, i) => months.some((range) => includes(range, i + 1))));
  return days.some(({ from }) => from <= longest)
    ? []
    : [
        {
          rule: `name a day that its months have, which is ${longest} at most`,
          fix: `write another day of the month instead of '${day}'`,
        },
      ];
}

/** The parts of a field that is a list without a fault. */
export function listOf(field: CronField, text: string): CronItem[] | undefined {
  if (faultsOfField(field, text).length > 0) return undefined;
  const items = text.split(',').map((item) => parseItem(field, item));
  return items.every((item) => item !== undefined) ? items : undefined;
}
