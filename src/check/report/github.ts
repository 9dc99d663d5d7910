import type { CheckReport, Finding, Severity } from '../finding';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Formats a report as workflow commands, which GitHub Actions shows as annotations. GitHub shows 10 annotations of each
 * severity in a step, so that unknown calls are left out.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function reportGithub({ pipelines, summary: { errors, warnings } }: CheckReport): string {
  const findings = pipelines.flatMap((pipeline) => pipeline.findings).filter(({ severity }) => severity !== 'info');
  return [...findings.map(annotation), `${errors} errors, ${warnings} warnings`, ''].join('\n');
}

function annotation({ id, severity, message, at: { templateFile } }: Finding): string {
  const title = `title=${escapeProperty(id)}`;
  const file = templateFile === undefined ? '' : `file=${escapeProperty(templateFile)},`;
  return `::${COMMANDS[severity]} ${file}${title}::${escapeData(message)}`;
}

/** Escapes the characters that end a workflow command, so that a name in a template cannot begin another. */
function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
