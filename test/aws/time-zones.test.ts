import { timeZoneFaults } from '../../src/aws/time-zones';

function fix(timeZone: string) {
  return timeZoneFaults(timeZone).map((one) => one.fix);
}

test('accepts every time zone of the database only in its spelling', () => {
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'));
  expect(zones.length).toBeGreaterThan(300);
  for (const zone of zones) {
    expect([zone, fix(zone)]).toEqual([zone, []]);
    expect(fix(zone.toLowerCase())).toEqual([`write '${zone}'`]);
  }
});

test.each([
  'Asia/Calcutta',
  'Asia/Kolkata',
  'Europe/Kiev',
  'Europe/Kyiv',
  'US/Eastern',
  'America/Argentina/Buenos_Aires',
  'America/Port-au-Prince',
])('accepts an old or a new name of %s', (zone) => expect(fix(zone)).toEqual([]));

test.each(['UTC', 'UTC+00:00', 'UTC+01:00', 'UTC-08:30', 'UTC+05:45', 'UTC+14:00', 'UTC-12:00'])('accepts %s', (zone) =>
  expect(fix(zone)).toEqual([]),
);

test.each(['UTC+1', 'UTC+1:00', 'UTC+0100', 'UTC+14:30', 'UTC-12:30', 'UTC+01:60', 'UTC+24:00', 'utc+01:00', 'UTC+'])(
  'rejects the offset %s',
  (zone) => expect(fix(zone)).toEqual(["write two digits each, e.g. 'UTC+01:00'"]),
);

test.each(['CST', 'PST', 'CEST', 'AKDT', 'GMT', 'utc', 'EST', 'Z'])('rejects the abbreviation %s', (zone) =>
  expect(timeZoneFaults(zone)).toEqual([
    {
      rule: 'not be an abbreviation, which is ambiguous',
      fix: "use a region and a city, e.g. 'America/Chicago', which follows daylight saving time, or 'UTC'",
    },
  ]),
);

test.each(['', 'Berlin', 'Europe/Berln', 'Europe', 'Europe/', 'us/eastern', 'EST5EDT', 'Europe/Berlin '])(
  'rejects %j',
  (zone) =>
    expect(timeZoneFaults(zone)).toEqual([
      {
        rule: 'be a region and a city of the time zone database',
        fix: "write e.g. 'Europe/Berlin', 'UTC' or 'UTC+01:00'",
      },
    ]),
);
