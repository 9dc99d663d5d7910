/**
 * Matches rate expressions: the unit is singular in `rate(1 hour)` and plural in `rate(2 hours)`.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rate-expressions.html
 */
export const RATE = /^rate\((1 (minute|hour|day)|([2-9]|[1-9]\d+) (minutes|hours|days))\)$/;

/**
 * Matches cron expressions with six fields: minute, hour, day of the month, month, day of the week, year.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
 */
export const CRON = /^cron\(([\d,*/-]+) ([\d,*/-]+) ([\d,*/?LW-]+) ([\dA-Z,*/-]+) ([\dA-Z,*?#-]+) ([\d,*/-]+)\)$/;
