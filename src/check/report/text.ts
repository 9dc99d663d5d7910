import type { CheckReport, Finding, Fix, PipelineReport } from '../finding';

/** What the verdicts do not say. Every report ends with it. */
export const LIMITS = [
  '"Allowed" means: by the policies in these templates, with everything deployed as it stands there.',
  'Not modelled: service and resource control policies, policies of VPC endpoints, the commands of builds, what CloudFormation, CodeDeploy and',
  'other services do under the service roles that they are passed.',
];

const MARKS = { error: 'ERROR  ', warning: 'WARNING', info: 'INFO   ' } as const;

/** A report for people: by pipeline, stage and action. */
export function reportText({ pipelines, summary, assumptions }: CheckReport): string {
  return [
    ...pipelines.flatMap((pipeline) => [...pipelineLines(pipeline), '']),
    ...assumptions.length > 0 ? ['Taken for granted:', ...assumptions.map((assumption) => `  ${assumption}`), ''] : [],
    ...LIMITS,
    '',
    `${counted(summary.pipelines, 'pipeline')} in ${counted(summary.stacks, 'stack')}: ${counted(summary.errors, 'error')}, ${counted(summary.warnings, 'warning')}, `
    + `${summary.unknown} unknown, ${summary.unmodelled} unmodelled.`,
  ].join('\n') + '\n';
}

function pipelineLines({ name, stack, findings, calls }: PipelineReport): string[] {
  const places = new Map<string, Finding[]>();
  for (const finding of findings) {
    const place = finding.stage === undefined ? 'the pipeline itself' : `${finding.stage} / ${finding.action}`;
    places.set(place, [...places.get(place) ?? [], finding]);
  }
  return [
    `Pipeline ${name} (stack ${stack})`,
    ...[...places].flatMap(([place, some]) => [`  ${place}`, ...some.flatMap(findingLines)]),
    `  ${calls.allowed + calls.denied + calls.unknown} calls: ${calls.allowed} allowed, ${calls.denied} denied, ${calls.unknown} unknown`
    + (calls.unmodelled > 0 ? `; ${calls.unmodelled} actions unmodelled` : ''),
  ];
}

function findingLines({ severity, verdict, message, fix, source, id }: Finding): string[] {
  return [
    `    ${MARKS[severity]} ${verdict} ${message}`,
    ...fix.map((one) => `            fix: ${fixText(one)}`),
    ...source ? [`            ${source.basis}: ${source.url}`] : [],
    `            ${id}`,
  ];
}

/** A fix in one line. */
export function fixText({ change, to, stack, logicalId, statement }: Fix): string {
  const where = `${to}${logicalId === undefined ? ' (not in these templates)' : ` (resource ${logicalId} of stack ${stack})`}`;
  return typeof statement === 'string' ? `${change} or narrow statement ${statement}, in ${where}` : `${change} ${JSON.stringify(statement)} to ${where}`;
}

/** Everything that is known of one finding. */
export function explainText(finding: Finding): string {
  const { id, verdict, severity, message, because, fix, source } = finding;
  return [
    id,
    '',
    `${verdict} (${severity})`,
    message,
    '',
    ...because.length > 0 ? ['Why:', ...because.map(({ kind, policy, statement, words }) =>
      `  ${kind} policies: ${policy === undefined ? '' : `${policy}${statement === undefined ? '' : `, statement ${statement}`} `}${words}`), ''] : [],
    ...fix.length > 0 ? ['Fix:', ...fix.map((one) => `  ${fixText(one)}`), ''] : [],
    ...source ? [`The call is ${source.basis === 'documented' ? 'documented by AWS' : 'inferred: AWS does not say that it is always made'}: ${source.url}`, ''] : [],
    ...LIMITS,
  ].join('\n') + '\n';
}

const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
