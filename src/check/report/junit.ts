import type { CheckReport, Finding, PipelineReport } from '../finding';

/**
 * Formats a report as JUnit XML, which CodeBuild reports and other CI systems read. Each pipeline is a suite, each
 * finding a test case: an error fails, a warning is an output of the case, and unknown calls are skipped.
 */
export function reportJunit({ pipelines, summary }: CheckReport): string {
  const tests = pipelines.reduce((sum, { findings }) => sum + casesOf(findings), 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="cdk-pipeline-patterns check" tests="${tests}" failures="${summary.errors}">`,
    ...pipelines.flatMap(suiteLines),
    '</testsuites>',
    '',
  ].join('\n');
}

/** Returns the number of test cases. A pipeline without findings has one that passes. */
function casesOf(findings: readonly Finding[]): number {
  return Math.max(findings.length, 1);
}

function suiteLines({ name, stack, findings }: PipelineReport): string[] {
  const failures = findings.filter(({ severity }) => severity === 'error').length;
  const skipped = findings.filter(({ severity }) => severity === 'info').length;
  const suite = escapeXml(`${stack}/${name}`);
  const cases = findings.map((finding) => caseLine(finding, suite));
  return [
    `  <testsuite name="${suite}" tests="${casesOf(findings)}" failures="${failures}" skipped="${skipped}">`,
    ...(cases.length > 0 ? cases : [`    <testcase classname="${suite}" name="no findings"/>`]),
    '  </testsuite>',
  ];
}

function caseLine({ id, severity, verdict, message }: Finding, suite: string): string {
  const text = escapeXml(message);
  const bodies = {
    error: `<failure type="${verdict}" message="${text}"/>`,
    warning: `<system-out>${text}</system-out>`,
    info: `<skipped message="${text}"/>`,
  };
  return `    <testcase classname="${suite}" name="${escapeXml(id)}">${bodies[severity]}</testcase>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escapes a text for XML. Characters that XML does not allow become their code points. */
function escapeXml(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\ufffe\uffff]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
    .replace(/[&<>"]/g, (character) => ENTITIES[character]);
}
