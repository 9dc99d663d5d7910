import type { CheckReport, Finding, Fix, PipelineReport } from '../finding';

/** What the verdicts do not say. Every report ends with it. */
export const LIMITS = [
  '"Allowed" means: by the policies in these templates, with everything deployed as it stands there.',
  'Not modelled: service and resource control policies, policies of VPC endpoints, the commands of builds, what ' +
    'CloudFormation, CodeDeploy (but for',
  'Amazon ECS) and other services do under the service roles that they are passed.',
];

const MARKS = { error: 'ERROR  ', warning: 'WARNING', info: 'INFO   ' } as const;

/** A report for people: by pipeline, stage and action. */
export function reportText({ pipelines, summary, assumptions }: CheckReport): string {
  return (
    [
      ...pipelines.flatMap((pipeline) => [...pipelineLines(pipeline), '']),
      ...(pipelines.length === 0 ? ['There is no pipeline (AWS::CodePipeline::Pipeline) in these templates.', ''] : []),
      ...(assumptions.length > 0
        ? ['Taken for granted:', ...assumptions.map((assumption) => `  ${assumption}`), '']
        : []),
      ...LIMITS,
      '',
      `${counted(summary.pipelines, 'pipeline')} in ${counted(summary.stacks, 'stack')}: ` +
        `${counted(summary.errors, 'error')}, ${counted(summary.warnings, 'warning')}, ` +
        `${summary.unknown} unknown, ${summary.unmodelled} unmodelled.`,
    ].join('\n') + '\n'
  );
}

function pipelineLines({ name, stack, findings, calls }: PipelineReport): string[] {
  const places = groupBy(findings, ({ stage, action }) =>
    stage === undefined ? 'the pipeline itself' : `${stage} / ${action}`,
  );
  return [
    `Pipeline ${name} (stack ${stack})`,
    ...places.flatMap(([place, some]) => [
      `  ${place}`,
      ...groupBy(some, sameMatter).flatMap(([, alike]) => findingLines(alike)),
    ]),
    `  ${calls.allowed + calls.denied + calls.unknown} calls: ${calls.allowed} allowed, ${calls.denied} denied, ` +
      `${calls.unknown} unknown` +
      (calls.unmodelled > 0 ? `; ${counted(calls.unmodelled, 'action')} unmodelled` : ''),
  ];
}

/** Findings that differ in their calls only are told together; of what is not known, those with the same reason. */
function sameMatter({ severity, verdict, caller, resource, why, source }: Finding) {
  return JSON.stringify([severity, verdict, caller, why, ...(verdict === 'UNKNOWN' ? [] : [resource, source])]);
}

function findingLines(alike: readonly Finding[]): string[] {
  const [{ severity, verdict, caller, resource, message, why, source }] = alike;
  const indent = '            ';
  if (caller === undefined) return [`    ${MARKS[severity]} ${verdict} ${message}`];
  const calls = [...new Set(alike.map(({ call }) => call))].join(', ');
  if (verdict === 'UNKNOWN') return [`    ${MARKS[severity]} UNKNOWN ${caller}: ${calls}`, `${indent}${why}`];
  return [
    `    ${MARKS[severity]} DENIED ${caller} may not call ${calls}`,
    `${indent}on ${resource}`,
    `${indent}why: ${why}`,
    ...together(alike.flatMap(({ fix }) => fix)).map((fix) => `${indent}fix: ${fixText(fix)}`),
    ...(source ? [`${indent}${source.basis}: ${source.url}`] : []),
    ...alike.map(({ id }) => `${indent}${id}`),
  ];
}

/** Statements for the same place that differ in their actions only are one statement. */
function together(fixes: readonly Fix[]): Fix[] {
  function key({ statement, ...place }: Fix) {
    return JSON.stringify([place, typeof statement === 'string' ? statement : { ...statement, Action: '' }]);
  }

  return groupBy(fixes, key).map(([, [first, ...more]]) => {
    if (typeof first.statement === 'string' || more.length === 0) return first;
    return {
      ...first,
      statement: {
        ...first.statement,
        Action: [first, ...more].map(({ statement }) => (statement as { Action: string }).Action),
      },
    };
  });
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Array<[key: string, items: T[]]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}

/** A fix in one line. */
export function fixText({ change, to, stack, logicalId, statement }: Fix): string {
  if (change === 'replace') return `replace ${to} by ${statement as string}`;
  const where = `${to}${logicalId === undefined ? ' (not in these templates)' : ` (resource ${logicalId} of stack ${stack})`}`;
  return typeof statement === 'string'
    ? `remove or narrow statement ${statement}, in ${where}`
    : `add ${JSON.stringify(statement)} to ${where}`;
}

/** Everything that is known of one finding. */
export function explainText(finding: Finding): string {
  const { id, verdict, severity, message, reasons: because, fix, source } = finding;
  return (
    [
      id,
      '',
      `${verdict} (${severity})`,
      message,
      '',
      ...(because.length > 0
        ? [
            'Why:',
            ...because.map(
              ({ kind, policy, statement, explanation: words }) =>
                `  ${kind} policies: ` +
                `${policy === undefined ? '' : `${policy}${statement === undefined ? '' : `, statement ${statement}`} `}${words}`,
            ),
            '',
          ]
        : []),
      ...(fix.length > 0 ? ['Fix:', ...fix.map((one) => `  ${fixText(one)}`), ''] : []),
      ...(source
        ? [
            'The call is ' +
              `${source.basis === 'documented' ? 'documented by AWS' : 'inferred: AWS does not say that it is always made'}: ` +
              `${source.url}`,
            '',
          ]
        : []),
      ...LIMITS,
    ].join('\n') + '\n'
  );
}

function counted(number: number, noun: string) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
