import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CRON_FIELDS, cronWarning, cronFaults, type CronField } from '../../src/aws/deployment-window';
import { describeWindow } from '../../src/aws/describe-window';

/** A field with the value it has in an expression. */
function value(field: CronField, n: number) {
  return fc.boolean().map((named) => (named && field.names ? field.names[n - field.min] : String(n)));
}

function between(field: CronField, min = field.min, max = field.max) {
  return fc.integer({ min, max });
}

function item(field: CronField): fc.Arbitrary<string> {
  const range = fc
    .tuple(between(field), between(field))
    .chain(([a, b]) => fc.tuple(value(field, Math.min(a, b)), value(field, Math.max(a, b))))
    .map(([from, to]) => `${from}-${to}`);
  const start = fc.oneof(
    between(field).chain((n) => value(field, n)),
    range,
  );
  return fc.oneof(
    start,
    fc.tuple(start, fc.integer({ min: 1, max: field.maxStep })).map(([from, step]) => `${from}/${step}`),
  );
}

function cronField(of: CronField) {
  return fc.oneof(
    fc.constant('*'),
    fc.integer({ min: 1, max: of.maxStep }).map((step) => `*/${step}`),
    fc.array(item(of), { minLength: 1, maxLength: 4 }).map((items) => items.join(',')),
  );
}

const [MINUTES, HOURS, DAY, MONTH, WEEKDAY, YEAR] = CRON_FIELDS;
// Not after the 28th, so that every month has the day.
const someDay = fc.oneof(
  cronField({ ...DAY, max: 28 }),
  fc.constantFrom('L', 'LW'),
  fc.integer({ min: 1, max: 30 }).map((n) => `L-${n}`),
  fc.integer({ min: 1, max: 31 }).map((n) => `${n}W`),
);
const someWeekday = fc.oneof(
  cronField(WEEKDAY),
  fc.constant('L'),
  fc
    .tuple(
      between(WEEKDAY).chain((n) => value(WEEKDAY, n)),
      fc.constantFrom('L', '#1', '#5'),
    )
    .map((parts) => parts.join('')),
);
const days = fc.oneof(
  someDay.map((day) => [day, '?']),
  someWeekday.map((weekday) => ['?', weekday]),
);

/** Fields of a valid expression; the year may be missing. */
const valid = fc
  .tuple(
    fc.constantFrom('*', '0'),
    cronField(MINUTES),
    cronField(HOURS),
    days,
    cronField(MONTH),
    fc.option(cronField(YEAR)),
  )
  .map(([seconds, minutes, hours, [day, weekday], month, year]) => [
    seconds,
    minutes,
    hours,
    day,
    month,
    weekday,
    ...(year === null ? [] : [year]),
  ]);

test('accepts and describes every valid expression, in any case and with any white space', () => {
  fc.assert(
    fc.property(valid, fc.boolean(), fc.constantFrom(' ', '  ', '\t'), (fields, lower, space) => {
      const cron = lower ? fields.join(space).toLowerCase() : fields.join(space);
      expect(cronFaults(cron)).toEqual([]);
      expect(describeWindow(cron, 'Europe/Berlin')).toMatch(/^[\w:, /-]+, Europe\/Berlin$/);
      expect(describeWindow(cron)).not.toMatch(/undefined|NaN|, ,|of ,/);
    }),
    { numRuns: 500 },
  );
});

/** Lists invalid values of a field. */
function broken(of: CronField): fc.Arbitrary<string> {
  return fc.oneof(
    fc
      .constantFrom(
        'x',
        '-',
        '1-',
        '-1',
        '1,',
        ',1',
        '1,,2',
        '**',
        '1/',
        '/5',
        '1/x',
        '1-2-3',
        '1.5',
        '',
        'MONDAY',
        '#',
        'W',
        '*,3',
        '3,*',
      )
      .filter((text) => text !== ''),
    fc.constantFrom(of.max + 1, of.max + 100).map(String),
    fc.constant(`${of.min}-${of.max + 1}`),
    fc.constant(`${of.max}-${of.min}`),
    fc.constantFrom(`${of.min}/0`, `${of.min}/${of.maxStep + 1}`),
    ...(of === DAY ? [fc.constantFrom('L,15', '15W,20', 'L-31', 'L-0', '32W', '0W', 'WL', '0')] : []),
    ...(of === WEEKDAY ? [fc.constantFrom('L,2', '6L,2', '6#3,2', '6#6', '6#0', '8L', '0', 'MO', 'FRI#')] : []),
    ...(of === DAY || of === WEEKDAY ? [] : [fc.constantFrom('?', 'L', '3W', '2#1')]),
  );
}

test('reports one fault with the name of the field for one invalid field', () => {
  const mutant = valid.chain((fields) => {
    const candidates = fields.map((_, i) => i).filter((i) => i > 0 && fields[i] !== '?');
    return fc.constantFrom(...candidates).chain((i) =>
      broken(CRON_FIELDS[i - 1]).map((text) => ({
        of: CRON_FIELDS[i - 1],
        cron: fields.map((one, f) => (f === i ? text : one)).join(' '),
      })),
    );
  });
  fc.assert(
    fc.property(mutant, ({ of, cron }) => {
      const faults = cronFaults(cron);
      expect([cron, faults.length]).toEqual([cron, 1]);
      expect(faults[0].rule).toContain(of.name);
      expect(faults[0].fix).toMatch(/^write /);
    }),
    { numRuns: 500 },
  );
});

test.each([
  [
    '* 9-16 ? * MON-FRI',
    'have six fields and an optional year (seconds, minutes, hours, day of the month, month, day of the week, year)',
    "write e.g. '* * 9-16 ? * MON-FRI *' for Monday to Friday from 9:00 to 16:59",
  ],
  [
    '',
    'have six fields and an optional year (seconds, minutes, hours, day of the month, month, day of the week, year)',
    "write e.g. '* * 9-16 ? * MON-FRI *' for Monday to Friday from 9:00 to 16:59",
  ],
  ['30 * 9-16 ? * MON-FRI *', "have '*' in its seconds, which CodePipeline ignores", "write '*' instead of '30'"],
  ['* * 22-5 ? * * *', 'have ascending ranges in its hours', "write '22-23,0-5' instead of '22-5'"],
  [
    '* * * ? * fri-mon *',
    'have ascending ranges in its day of the week',
    "write 'FRI-SAT,SUN-MON' instead of 'FRI-MON'",
  ],
  ['* * 24 ? * * *', 'have numbers from 0 to 23 in its hours', "write another number instead of '24'"],
  ['* * 9/24 ? * * *', 'have steps of 1 to 23 in its hours', "write another step in '9/24'"],
  [
    '* * * ? * *,2 *',
    "not contain '*' in a list in its day of the week",
    "write '*' instead of '*,2', or only the values",
  ],
  [
    '* * 9am ? * * *',
    "have as its hours '*', numbers, ranges such as 9-16, steps such as 0/15, or a list of these",
    "write one of these instead of '9AM'",
  ],
  [
    '* * * * * MON-FRI *',
    "have '?' as its day of the month or as its day of the week, but not as both",
    "write '?' for the one that is not used",
  ],
  [
    '* * * ? * ? *',
    "have '?' as its day of the month or as its day of the week, but not as both",
    "write '*' as the day of the month for every day",
  ],
  [
    '* * * 30,31 FEB ? *',
    'have a day of the month that exists in its months, at most 29',
    "write another day of the month instead of '30,31'",
  ],
  [
    '* * * 31 4/5 ? *',
    'have a day of the month that exists in its months, at most 30',
    "write another day of the month instead of '31'",
  ],
])('%s must %s', (cron, rule, fix) => expect(cronFaults(cron)).toEqual([{ rule, fix }]));

/** For each field after the seconds the limits of its values, and the values just beyond them. */
const EDGES: ReadonlyArray<[valid: string[], invalid: string[]]> = [
  [
    ['0', '59', '0/59', '0-59'],
    ['60', '0/60', '0/0', '58-60'],
  ],
  [
    ['0', '23', '0/23', '0-23'],
    ['24', '0/24', '0/0', '22-24'],
  ],
  [
    ['1', '31', '1/31', 'L', 'LW', 'L-1', 'L-30', '1W', '31W'],
    ['0', '32', '1/32', 'L-0', 'L-31', '0W', '32W', 'WL', 'L,1', '1W,2'],
  ],
  [
    ['1', '12', 'jan', 'DEC', '1/12'],
    ['0', '13', 'JANUARY', '1/13'],
  ],
  [
    ['1', '7', 'sun', 'SAT', '1/7', 'L', '1L', '7L', 'friL', '1#1', '7#5', 'Tue#2'],
    ['0', '8', 'MO', '1/8', '0L', '8L', '0#1', '8#1', '1#0', '1#6', 'FRI#', 'L,2', '6L,2', '6#3,2'],
  ],
  [
    ['1970', '2199', '2026/229', '2026-2028'],
    ['1969', '2200', '2026/230', '26'],
  ],
];

test.each(EDGES.map(([good, bad], i) => [CRON_FIELDS[i].name, i + 1, good, bad] as const))(
  'accepts the bounds of the %s',
  (_name, at, good, bad) => {
    function faulty(text: string) {
      return (
        cronFaults(
          ['*', '*', '*', ...(at === 3 ? ['?', '*', '?'] : ['?', '*', '*']), '*']
            .map((one, i) => (i === at ? text : one))
            .join(' '),
        ).length > 0
      );
    }

    expect(good.filter(faulty)).toEqual([]);
    expect(bad.filter((text) => !faulty(text))).toEqual([]);
  },
);

test('rejects eight fields', () => expect(cronFaults('* * 9-16 ? * MON-FRI * *')).toHaveLength(1));

test('reports one fault per field', () => expect(cronFaults('5 60 24 ? 13 MON-FRI 1969')).toHaveLength(5));

test.each(['* * * 29 FEB ? *', '* * * 31 4-5 ? *', '* * * 30-31 FEB,JUN ? *'])('accepts the date %s', (cron) =>
  expect(cronFaults(cron)).toEqual([]),
);

test('warns about single minutes, but not about * and ranges', () => {
  function doubtful(minutes: string) {
    return cronWarning(`* ${minutes} 9-17 ? * MON-FRI *`) !== undefined;
  }

  expect(['*', '0-29', '0-9,50-59'].filter(doubtful)).toEqual([]);
  expect(['0', '0,30', '0/15', '*/5', '0-29,45'].filter((minutes) => !doubtful(minutes))).toEqual([]);
});

test.each([
  ['* * 9-16 ? * MON-FRI *', 'Monday to Friday, 9:00 to 16:59, UTC'],
  ['0 0 9-17 ? * MON-FRI', 'Monday to Friday, the minutes 0 of the hours 9 to 17, UTC'],
  ['* * 9-11,14-16 ? * TUE,THU *', 'Tuesday and Thursday, 9:00 to 11:59 and 14:00 to 16:59, UTC'],
  ['* * 22-23,0-5 ? * 2,4,6 *', 'Monday, Wednesday and Friday, 22:00 to 23:59 and 0:00 to 5:59, UTC'],
  ['* * * ? * SUN *', 'Sunday, all day, UTC'],
  ['* 0-29 9 * * ? *', 'every day, 9:00 to 9:29, UTC'],
  ['* 30 9 * * ? *', 'every day, 9:30, UTC'],
  ['* 0-29 * * * ? *', 'every day, the minutes 0 to 29 of every hour, UTC'],
  ['* * 0/6 * * ? *', 'every day, every minute of the hours 0 to 23 in steps of 6, UTC'],
  ['* * 9 L * ? *', 'the last day of the month, 9:00 to 9:59, UTC'],
  [
    '* * 9 LW JAN-MAR ? 2027-2028',
    'the last weekday of the month, in January to March, in 2027 to 2028, 9:00 to 9:59, UTC',
  ],
  ['* * 9 L-3 DEC ? 2027', '3 days before the last day of the month, in December, in 2027, 9:00 to 9:59, UTC'],
  ['* * 9 15W * ? *', 'the weekday nearest to day 15 of the month, 9:00 to 9:59, UTC'],
  ['* * 9 1,15 * ? *', 'day 1 and 15 of the month, 9:00 to 9:59, UTC'],
  ['* * 9 ? * 6#3 *', 'the third Friday of the month, 9:00 to 9:59, UTC'],
  ['* * 9 ? * FRIL *', 'the last Friday of the month, 9:00 to 9:59, UTC'],
  ['* * 9 ? * L *', 'Saturday, 9:00 to 9:59, UTC'],
])('describes %s as %s', (cron, words) => {
  expect(cronFaults(cron)).toEqual([]);
  expect(describeWindow(cron)).toBe(words);
});

test('describes each expression of the AWS documentation', () => {
  const page = readFileSync(join(__dirname, '../../docs/reference/gates.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\* [^`]+)` \| ([^|]+) \|$/gm)];
  expect(rows.length).toBeGreaterThan(3);
  for (const [, cron, words] of rows) expect([cronFaults(cron), describeWindow(cron)]).toEqual([[], `${words}, UTC`]);
});
