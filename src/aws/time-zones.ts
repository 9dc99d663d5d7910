import type { Fault } from './deployment-window';

/** Matches the offsets that are in use. */
const OFFSET = /^UTC(?:\+(?:0\d|1[0-3]):[0-5]\d|\+14:00|-(?:0\d|1[01]):[0-5]\d|-12:00)$/;

const REGION_AND_CITY = /^[A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z0-9_+-]+)+$/;

/**
 * Returns the violated rules of the time zone of a window. CodePipeline accepts `Region/City`, `UTC`, `UTC+HH:MM` and
 * abbreviations of three to five letters. Abbreviations are rejected, because `CST` is a time zone in America, in China
 * and in Cuba, and AWS does not document which one it uses.
 *
 * The names are those of the Node.js version that runs the synthesis, including deprecated ones.
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
        rule: 'not be an abbreviation, which is ambiguous',
        fix: "use a region and a city, e.g. 'America/Chicago', which follows daylight saving time, or 'UTC'",
      },
    ];
  }
  const correctName = Intl.supportedValuesOf('timeZone').find((name) => name.toLowerCase() === timeZone.toLowerCase());
  if (correctName === timeZone) return [];
  if (correctName !== undefined) {
    return [{ rule: 'be spelled as in the time zone database', fix: `write '${correctName}'` }];
  }
  if (REGION_AND_CITY.test(timeZone) && isKnown(timeZone)) return [];
  return [
    {
      rule: 'be a region and a city of the time zone database',
      fix: "write e.g. 'Europe/Berlin', 'UTC' or 'UTC+01:00'",
    },
  ];
}

/** Returns whether a time zone exists, including deprecated names such as `Asia/Calcutta`. */
function isKnown(timeZone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
