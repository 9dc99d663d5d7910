import { CRON_FIELDS, fieldsOf, listOf, type CronField } from './deployment-window';

const [MINUTES, HOURS, DAY, MONTH, WEEKDAY, YEAR] = CRON_FIELDS;

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];

/**
 * A window in words, e.g. `Monday to Friday, 9:00 to 16:59, Europe/Berlin`. What has no common form is told field by
 * field.
 *
 * @param cron an expression without a fault
 */
export function describeWindow(cron: string, timeZone = 'UTC'): string {
  const [, minutes, hours, day, month, weekday, year = '*'] = fieldsOf(cron);
  return [
    day === '?' ? describeWeekday(weekday) : describeDay(day),
    ...(month === '*' ? [] : [`in ${words(MONTH, month, MONTHS)}`]),
    ...(year === '*' ? [] : [`in ${words(YEAR, year)}`]),
    describeTime(minutes, hours),
    timeZone,
  ].join(', ');
}

function describeWeekday(text: string): string {
  const [, day, last, nth] = /^(\d|[A-Z]{3})(?:(L)|#(\d))$/.exec(text) ?? [];
  if (last ?? nth) {
    return `the ${last ? 'last' : ORDINALS[Number(nth) - 1]} ${words(WEEKDAY, day, WEEKDAYS)} of the month`;
  }
  return text === '*' ? 'every day' : text === 'L' ? 'Saturday' : words(WEEKDAY, text, WEEKDAYS);
}

function describeDay(text: string): string {
  const [, before, nearest] = /^(?:L-(\d+)|(\d+)W)$/.exec(text) ?? [];
  if (before) return `${before} ${before === '1' ? 'day' : 'days'} before the last day of the month`;
  if (nearest) return `the weekday nearest to day ${nearest} of the month`;
  if (text === 'L') return 'the last day of the month';
  if (text === 'LW') return 'the last weekday of the month';
  return text === '*' ? 'every day' : `day ${words(DAY, text)} of the month`;
}

function describeTime(minutes: string, hours: string): string {
  if (minutes === '*' && hours === '*') return 'all day';
  const spans = listOf(HOURS, hours) ?? [];
  if (spans.length > 0 && spans.every(({ step }) => step === 1)) {
    const [first, ...more] = listOf(MINUTES, minutes) ?? [];
    // Every minute of hours in a row, or a part of one hour, is one span of time.
    const whole = minutes === '*';
    if (
      first.step === 1 &&
      more.length === 0 &&
      (whole || spans.every(({ from, to }) => from === to)) &&
      hours !== '*'
    ) {
      return enumerate(
        spans.map(({ from, to }) =>
          first.from === first.to ? clock(from, first.from) : `${clock(from, first.from)} to ${clock(to, first.to)}`,
        ),
      );
    }
  }
  const inHours = hours === '*' ? 'every hour' : `the hours ${words(HOURS, hours)}`;
  return minutes === '*' ? `every minute of ${inHours}` : `the minutes ${words(MINUTES, minutes)} of ${inHours}`;
}

function clock(hour: number, minute: number) {
  return `${hour}:${String(minute).padStart(2, '0')}`;
}

/** A list in words; names are those of `min`, `min` + 1, … */
function words(field: CronField, text: string, names?: readonly string[]): string {
  function name(value: number) {
    return names?.[value - field.min] ?? String(value);
  }

  return enumerate(
    (listOf(field, text) ?? []).map(({ from, to, step }) => {
      const range = from === to ? name(from) : `${name(from)} to ${name(to)}`;
      return step === 1 ? range : `${range} in steps of ${step}`;
    }),
  );
}

function enumerate(items: readonly string[]) {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}
