import type { Fault } from './deployment-window';

/** The offsets that are in use somewhere. */
const OFFSET = /^UTC(?:\+(?:0\d|1[0-3]):[0-5]\d|\+14:00|-(?:0\d|1[01]):[0-5]\d|-12:00)$/;

const REGION_AND_CITY = /^[A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z0-9_+-]+)+$/;

/**
 * What is wrong with the time zone of a window. CodePipeline takes `Region/City`, `UTC`, `UTC+HH:MM` and abbreviations
 * of three to five letters. Those we refuse: `CST` is a zone in America, another in China and a third in Cuba, and AWS
 * does not say which it takes.
 *
 * The names are those that the Node.js of the synthesis knows, the old ones included.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html
 */
export function timeZoneFaults(timeZone: string): Fault[] {
  if (timeZone === 'UTC' || OFFSET.test(timeZone)) return [];
  if (/^UTC[+-]/i.test(timeZone)) {
    return [{ rule: "be an offset from 'UTC-12:00' to 'UTC+14:00'", fix: "write two digits each, e.g. 'UTC+01:00'" }];
  }
  if (/^[A-Za-z]{1,5}$/.test(timeZone)) {
    return [
      {
        rule: 'not be an abbreviation, which means several zones',
        fix: "name a region and a city, e.g. 'America/Chicago', which also follows summer time, or 'UTC'",
      },
    ];
  }
  const spelled = Intl.supportedValuesOf('timeZone').find((known) => known.toLowerCase() === timeZone.toLowerCase());
  if (spelled !== undefined) {
    return spelled === timeZone
      ? []
      : [{ rule: 'be spelled as the time zone database does', fix: `write '${spelled}'` }];
  }
  if (REGION_AND_CITY.test(timeZone) && isKnown(timeZone)) return [];
  return [
    {
      rule: 'be a region and a city of the time zone database',
      fix: "write e.g. 'Europe/Berlin', 'UTC' or 'UTC+01:00'",
    },
  ];
}

/** Also the names that were given up for others, such as `Asia/Calcutta`. */
function isKnown(timeZone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
