import { CRON_FIELDS, fieldsOf, listOf, type CronField } from './deployment-window';
import { compact } from '../common/compact';

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
 * Describes a window, e.g. `Monday to Friday, 9:00 to 16:59, Europe/Berlin`. Describes uncommon expressions field by
 * field.
 *
 * @param cron a valid expression
 */
export function describeWindow(cron: string, timeZone = 'UTC'): string {
  const [, minutes, hours, day, month, weekday, year = '*'] = fieldsOf(cron);
  return compact([
    day === '?' ? describeWeekday(weekday) : describeDay(day),
    month !== '*' && `in ${describeList(MONTH, month, MONTHS)}`,
    year !== '*' && `in ${describeList(YEAR, year)}`,
    describeTime(minutes, hours),
    timeZone,
  ]).join(', ');
}

function describeWeekday(text: string): string {
  const [, day, last, nth] = /^(\d|[A-Z]{3})(?:(L)|#(\d))$/.exec(text) ?? [];
  if (last) return `the last ${describeList(WEEKDAY, day, WEEKDAYS)} of the month`;
  if (nth) return `the ${ORDINALS[Number(nth) - 1]} ${describeList(WEEKDAY, day, WEEKDAYS)} of the month`;
  if (text === '*') return 'every day';
  if (text === 'L') return 'Saturday';
  return describeList(WEEKDAY, text, WEEKDAYS);
}

function describeDay(text: string): string {
  const [, before, nearest] = /^(?:L-(\d+)|(\d+)W)$/.exec(text) ?? [];
  if (before) return `${before} ${before === '1' ? 'day' : 'days'} before the last day of the month`;
  if (nearest) return `the weekday nearest to day ${nearest} of the month`;
  if (text === 'L') return 'the last day of the month';
  if (text === 'LW') return 'the last weekday of the month';
  if (text === '*') return 'every day';
  return `day ${describeList(DAY, text)} of the month`;
}

function describeTime(minutes: string, hours: string): string {
  if (minutes === '*' && hours === '*') return 'all day';
  const spans = timeSpans(minutes, hours);
  if (spans !== undefined) return enumerate(spans);
  const describedHours = hours === '*' ? 'every hour' : `the hours ${describeList(HOURS, hours)}`;
  if (minutes === '*') return `every minute of ${describedHours}`;
  return `the minutes ${describeList(MINUTES, minutes)} of ${describedHours}`;
}

/** Describes a window as spans of time. Returns undefined if it does not consist of contiguous spans. */
function timeSpans(minutes: string, hours: string): string[] | undefined {
  const hourRanges = listOf(HOURS, hours) ?? [];
  if (hours === '*' || hourRanges.length === 0 || hourRanges.some(({ step }) => step !== 1)) return undefined;
  const [range, ...more] = listOf(MINUTES, minutes) ?? [];
  if (range.step !== 1 || more.length > 0) return undefined;
  // A span consists of all minutes of consecutive hours, or of consecutive minutes of single hours.
  if (minutes !== '*' && hourRanges.some(({ from, to }) => from !== to)) return undefined;
  if (range.from === range.to) return hourRanges.map(({ from }) => clock(from, range.from));
  return hourRanges.map(({ from, to }) => `${clock(from, range.from)} to ${clock(to, range.to)}`);
}

function clock(hour: number, minute: number) {
  return `${hour}:${String(minute).padStart(2, '0')}`;
}

/**
 * Describes a list.
 *
 * @param names the names of `min`, `min` + 1, …
 */
function describeList(field: CronField, text: string, names?: readonly string[]): string {
  function nameOf(value: number) {
    return names?.[value - field.min] ?? String(value);
  }

  return enumerate(
    (listOf(field, text) ?? []).map(({ from, to, step }) => {
      const range = from === to ? nameOf(from) : `${nameOf(from)} to ${nameOf(to)}`;
      return step === 1 ? range : `${range} in steps of ${step}`;
    }),
  );
}

function enumerate(items: readonly string[]) {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}
