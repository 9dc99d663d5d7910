import { type CheckReport, type Finding, type Fix, type PipelineReport, statementName } from '../finding';
import type { Reason } from '../iam/request';
import { escapeStrings } from './escape';
import { limited, placeOf } from '../merge';
import { compact } from '../../common/compact';

/** The limits of the verdicts. Every report ends with them. */
export const LIMITS = [
  '"Allowed" means that the policies in these templates allow the call if all stacks are deployed as they are.',
  'Not modelled: service control policies, resource control policies, VPC endpoint policies, most commands of builds,',
  'the calls that CloudFormation, CodeDeploy (except for Amazon ECS) and other services make under service roles, and',
  'whether AWS accepts the pipeline as it is written, except for the rules that the check evaluates.',
];

const LABELS = { error: 'ERROR  ', warning: 'WARNING', info: 'INFO   ' } as const;

/** Formats a report as text, by pipeline, stage and action. */
export function reportText(report: CheckReport): string {
  const { pipelines, summary, warnings, assumptions } = escapeStrings(report);
  const lines = pipelines.flatMap((pipeline) => [...pipelineLines(pipeline), '']);
  if (pipelines.length === 0) {
    lines.push('These templates contain no pipeline (AWS::CodePipeline::Pipeline).', '');
  }
  if (warnings.length > 0) lines.push('Warnings about the input:', ...warnings.map((warning) => `  ${warning}`), '');
  if (assumptions.length > 0) {
    lines.push('Taken for granted:', ...assumptions.map((assumption) => `  ${assumption}`), '');
  }
  lines.push(
    ...LIMITS,
    '',
    `${counted(summary.pipelines, 'pipeline')} in ${counted(summary.stacks, 'stack')}: ` +
      `${counted(summary.errors, 'error')}, ${counted(summary.warnings, 'warning')}, ` +
      `${summary.unknown} unknown, ${summary.unmodelled} unmodelled.`,
  );
  return lines.join('\n') + '\n';
}

/** Formats the findings of pipelines as text, without the limits and the summary of a report. */
export function findingsText(pipelines: readonly PipelineReport[]): string {
  return escapeStrings(pipelines).flatMap(pipelineLines).join('\n') + '\n';
}

function pipelineLines({ name, stack, findings, calls }: PipelineReport): string[] {
  const actions = groupBy(findings, ({ stage, action }) => placeOf(stage, action));
  const { allowed, denied, unknown } = calls;
  const counts = `  ${counted(allowed, 'call')} allowed, ${denied} denied, ${unknown} unknown`;
  const unmodelled = calls.unmodelled > 0 ? `; ${counted(calls.unmodelled, 'action')} unmodelled` : '';
  return [
    `Pipeline ${name} (stack ${stack})`,
    ...actions.flatMap(([action, actionFindings]) => [
      `  ${action}`,
      ...groupBy(actionFindings, groupKey).flatMap(([, similar]) => findingLines(similar)),
    ]),
    counts + unmodelled,
  ];
}

/** Groups findings that differ only in their calls, and unknown findings with the same reason. */
function groupKey({ severity, verdict, caller, resource, why, source }: Finding) {
  const common = [severity, verdict, caller, why];
  return JSON.stringify(verdict === 'UNKNOWN' ? common : [...common, resource, source]);
}

const INDENT = '            ';

/** Formats findings of the same group. */
function findingLines(findings: readonly Finding[]): string[] {
  const [{ severity, verdict, caller, resource, message, why, source }] = findings;
  const label = LABELS[severity];
  if (verdict === 'NON_COMPLIANT') return findings.flatMap((finding) => violationLines(finding, label));
  if (caller === undefined) return [`    ${label} ${verdict} ${message}`];
  const calls = [...new Set(findings.map(({ call }) => call))].join(', ');
  const otherActions = new Set(findings.flatMap(({ alsoFor }) => alsoFor));
  const others = otherActions.size > 0 && `${INDENT}also for ${limited([...otherActions])}`;
  if (verdict === 'UNKNOWN') return compact([`    ${label} UNKNOWN ${caller}: ${calls}`, `${INDENT}${why}`, others]);
  return compact([
    `    ${label} DENIED ${caller} may not call ${calls}`,
    `${INDENT}on ${resource}`,
    `${INDENT}why: ${why}`,
    others,
    ...mergedFixes(findings.flatMap(({ fix }) => fix)).map((fix) => `${INDENT}fix: ${fixText(fix)}`),
    source && `${INDENT}${source.basis}: ${source.url}`,
    ...findings.map(({ id }) => `${INDENT}${id}`),
  ]);
}

/** Formats a violation of a rule of a service. */
function violationLines({ message, source, id }: Finding, label: string): string[] {
  return [`    ${label} NON_COMPLIANT ${message}`, `${INDENT}${source!.url}`, `${INDENT}${id}`];
}

/** Merges statements for the same policy that differ only in their actions. */
function mergedFixes(fixes: readonly Fix[]): Fix[] {
  function key({ statement, ...location }: Fix) {
    return JSON.stringify([location, typeof statement === 'string' ? statement : { ...statement, Action: '' }]);
  }

  return groupBy(fixes, key).map(([, [first, ...more]]) => {
    if (typeof first.statement === 'string' || more.length === 0) return first;
    return {
      ...first,
      statement: {
        ...first.statement,
        Action: oneOrMore([
          ...new Set([first, ...more].map(({ statement }) => (statement as { Action: string }).Action)),
        ]),
      },
    };
  });
}

function oneOrMore(actions: readonly string[]) {
  if (actions.length === 1) return actions[0];
  return actions;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Array<[key: string, items: T[]]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}

/** Formats a fix in one line. */
export function fixText({ change, to, stack, logicalId, statement }: Fix): string {
  if (change === 'replace') return `replace ${to} by ${statement as string}`;
  const resource = logicalId === undefined ? 'not in these templates' : `resource ${logicalId} of stack ${stack}`;
  const policy = `${to} (${resource})`;
  if (typeof statement === 'string') return `remove or narrow statement ${statement}, in ${policy}`;
  return `add ${JSON.stringify(statement)} to ${policy}`;
}

const BASIS_TEXTS = {
  documented: 'documented by AWS',
  reported: 'reported: AWS does not document it for the action, but it was denied in a real pipeline',
  inferred: 'inferred: AWS does not document that it is always made',
} as const;

/** Formats all details of one finding. */
export function explainText(finding: Finding): string {
  const { id, verdict, severity, message, reasons, fix, source } = escapeStrings(finding);
  const lines = [id, '', `${verdict} (${severity})`, message, ''];
  if (reasons.length > 0) lines.push('Why:', ...reasons.map(reasonLine), '');
  if (fix.length > 0) lines.push('Fix:', ...fix.map((change) => `  ${fixText(change)}`), '');
  if (source) lines.push(`The call is ${BASIS_TEXTS[source.basis]}: ${source.url}`, '');
  lines.push(...LIMITS);
  return lines.join('\n') + '\n';
}

function reasonLine({ kind, policy, statement, explanation }: Reason): string {
  const name = policy === undefined ? '' : `${statementName(policy, statement)} `;
  return `  ${kind} policies: ${name}${explanation}`;
}

function counted(number: number, noun: string) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
