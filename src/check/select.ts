import { type CheckReport, type Finding, ruleOf } from './finding';
import { SERVICE_RULES } from './rules';

/** Describes a rule of the check. */
export interface CheckRule {
  readonly id: string;
  readonly severity: string;
  readonly summary: string;
  readonly see: string;
}

const PERMISSIONS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html';

/** Lists all rules: those for permissions first, then those of the services. */
export const CHECK_RULES: readonly CheckRule[] = [
  {
    id: 'AccessDenied',
    severity: 'error',
    summary: 'The policies allow every call that an action makes.',
    see: PERMISSIONS,
  },
  {
    id: 'AccessUnknown',
    severity: 'info',
    summary: 'The templates decide whether the policies allow a call.',
    see: PERMISSIONS,
  },
  {
    id: 'ProviderUnmodelled',
    severity: 'info',
    summary: 'The check models the calls of the action.',
    see: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html',
  },
  ...SERVICE_RULES,
];

/** Selects the findings of a report. */
export interface Selection {
  /** The IDs of the rules. All rules if absent. */
  readonly rules?: readonly string[];
  /** The IDs of rules to leave out. */
  readonly excludedRules?: readonly string[];
  /** The IDs of findings that are accepted. */
  readonly baseline?: ReadonlySet<string>;
}

/** Returns a report with the selected findings, and the counts of these. */
export function selectFindings(
  report: CheckReport,
  { rules, excludedRules = [], baseline = new Set() }: Selection,
): CheckReport {
  function isSelected({ id }: Finding): boolean {
    const rule = ruleOf(id);
    return (rules === undefined || rules.includes(rule)) && !excludedRules.includes(rule) && !baseline.has(id);
  }

  const pipelines = report.pipelines.map((pipeline) => ({
    ...pipeline,
    findings: pipeline.findings.filter(isSelected),
  }));
  const findings = pipelines.flatMap((pipeline) => pipeline.findings);

  function count(matches: (finding: Finding) => boolean) {
    return findings.filter(matches).length;
  }

  return {
    ...report,
    pipelines,
    summary: {
      ...report.summary,
      errors: count(({ severity }) => severity === 'error'),
      warnings: report.warnings.length + count(({ severity }) => severity === 'warning'),
      unknown: count(({ verdict }) => verdict === 'UNKNOWN'),
      unmodelled: count(({ verdict }) => verdict === 'UNMODELLED'),
    },
  };
}
