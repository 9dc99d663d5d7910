import { Token } from 'aws-cdk-lib';
import type { ReleaseFreezeProps } from './props';
import { BREAK_GLASS_MINUTES, SSM_DOCUMENT_ARN, SSM_DOCUMENT_NAME } from '../../aws/freeze-limits';
import { SSM_PARAMETER_NAME } from '../../aws/limits';
import { LOG_RETENTION_DAYS, RETENTION_DAYS } from '../../aws/retention';
import type { FreezePlan, SwitchPlan } from '../../conditions/freeze/freeze-plan';
import { checkName, checkRange, problem, type Problem } from '../../pipeline/problems';

/** The freeze with all its defaults. */
export const planFreeze = ({ switchedBy, breakGlassDuration, recordRetention }: ReleaseFreezeProps): FreezePlan => ({
  switchedBy: switchedBy?._plan() ?? { kind: 'new-parameter' },
  breakGlassMinutes: breakGlassDuration?.toMinutes({ integral: false }) ?? BREAK_GLASS_MINUTES.default,
  recordDays: recordRetention?.toDays({ integral: false }) ?? RETENTION_DAYS.freezeRecord,
});

/** Everything that is wrong with a freeze. */
export const checkFreeze = ({ switchedBy, breakGlassMinutes, recordDays }: FreezePlan): Problem[] => [
  ...checkSwitch('switchedBy', switchedBy),
  ...checkRange('breakGlassDuration', breakGlassMinutes, BREAK_GLASS_MINUTES, 'minutes'),
  ...(LOG_RETENTION_DAYS.includes(recordDays)
    ? []
    : [
        problem(
          'recordRetention',
          `be one of ${LOG_RETENTION_DAYS.join(', ')} days`,
          recordDays,
          'choose a number that CloudWatch Logs knows',
        ),
      ]),
];

function checkSwitch(prop: string, plan: SwitchPlan): Problem[] {
  switch (plan.kind) {
    case 'new-parameter':
      return checkParameterName(`${prop}.parameterName`, plan.parameterName);
    case 'parameter':
      return plan.parameter
        ? []
        : [
            problem(
              `${prop}.parameter`,
              'be a parameter',
              plan.parameter,
              "pass e.g. ssm.StringParameter.fromStringParameterName(this, 'Switch', '/acme/release-freeze')",
            ),
          ];
    case 'calendars':
      return checkCalendars(`${prop}.calendars`, plan.calendars);
  }
}

function checkParameterName(prop: string, name: string | undefined): Problem[] {
  if (name === undefined) return [];
  const problems = checkName(prop, name, SSM_PARAMETER_NAME, "choose a name such as '/acme/release-freeze'");
  if (problems.length > 0) return problems;
  if (name.includes('/') && !name.startsWith('/'))
    return [problem(prop, "begin with '/' when it holds one", name, `write '/${name}'`)];
  return /^\/?(aws|ssm)/i.test(name)
    ? [
        problem(
          prop,
          "not begin with 'aws' or 'ssm', which Systems Manager keeps for itself",
          name,
          'choose another name',
        ),
      ]
    : [];
}

function checkCalendars(prop: string, calendars: readonly string[]): Problem[] {
  if (!(calendars?.length > 0))
    return [
      problem(prop, 'name at least one change calendar', calendars, "name the documents, e.g. ['company-holidays']"),
    ];
  return calendars.flatMap((calendar, i) => {
    if (Token.isUnresolved(calendar)) return [];
    return SSM_DOCUMENT_NAME.pattern.test(calendar) || SSM_DOCUMENT_ARN.test(calendar)
      ? []
      : [
          problem(
            `${prop}[${i}]`,
            `be the name of a document (3 to 128 ${SSM_DOCUMENT_NAME.words}) or its ARN`,
            calendar,
            'copy it from the list of calendars of Systems Manager',
          ),
        ];
  });
}
