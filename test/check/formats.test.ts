import { check } from '../../src/check/check';
import { reportGithub } from '../../src/check/report/github';
import { reportJunit } from '../../src/check/report/junit';
import { reportSarif } from '../../src/check/report/sarif';
import { CHECK_RULES, selectFindings } from '../../src/check/select';
import { smallPipeline, statements } from '../helpers/small-pipeline';

const HOSTILE = 'Ask\n::error::forged <&">\u001b[31m';

/** Has a denied call, unknown calls, and a stage whose name is not accepted. */
const report = check(
  smallPipeline(({ RolePolicy, Pipeline }) => {
    statements(RolePolicy.Properties.PolicyDocument, 'Publish');
    Pipeline.Properties.Stages[1].Name = HOSTILE;
  }),
);
const findings = report.pipelines.flatMap((pipeline) => pipeline.findings);

interface Sarif {
  readonly version: string;
  readonly runs: ReadonlyArray<{
    readonly tool: {
      readonly driver: { readonly version: string; readonly rules: ReadonlyArray<{ readonly id: string }> };
    };
    readonly results: ReadonlyArray<{ ruleId: string; ruleIndex: number; level: string; message: { text: string } }>;
  }>;
}

test('the report has findings of each severity', () => {
  expect(findings.map(({ severity }) => severity)).toEqual(expect.arrayContaining(['error', 'info']));
  expect(findings.map(({ verdict }) => verdict)).toEqual(
    expect.arrayContaining(['DENIED', 'NON_COMPLIANT', 'UNKNOWN']),
  );
});

test('SARIF has a result with its rule for each finding', () => {
  const { version, runs } = JSON.parse(reportSarif(report, '1.2.3')) as Sarif;
  const [{ tool, results }] = runs;

  expect(version).toBe('2.1.0');
  expect(tool.driver.version).toBe('1.2.3');
  expect(tool.driver.rules.map(({ id }) => id)).toEqual(CHECK_RULES.map(({ id }) => id));
  expect(results).toHaveLength(findings.length);
  for (const [index, { ruleId, ruleIndex, level, message }] of results.entries()) {
    expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(findings[index].id.startsWith(`${ruleId}[`)).toBe(true);
    expect(level).toBe(findings[index].severity === 'info' ? 'note' : findings[index].severity);
    expect(message.text).toBe(findings[index].message);
  }
});

test('JUnit counts errors as failures, and escapes names', () => {
  const xml = reportJunit(report);

  expect(xml).toContain(`tests="${findings.length}" failures="${report.summary.errors}"`);
  expect(xml.match(/<failure /g)).toHaveLength(report.summary.errors);
  expect(xml.match(/<skipped /g)).toHaveLength(report.summary.unknown);
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|&(?!amp;|lt;|gt;|quot;)|forged <&/);
});

test('a pipeline without findings is one passed test case in JUnit', () => {
  const { pipelines } = report;
  const xml = reportJunit({ ...report, pipelines: [{ ...pipelines[0], findings: [] }] });

  expect(xml).toContain('<testcase classname="Tools/delivery" name="no findings"/>');
  expect(xml).toContain('tests="1"');
});

test('a name cannot forge a workflow command', () => {
  const lines = reportGithub(report).trimEnd().split('\n');

  expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(report.summary.errors);
  expect(lines).toHaveLength(report.summary.errors + report.summary.warnings + 1);
  expect(lines.at(-1)).toBe(`${report.summary.errors} errors, ${report.summary.warnings} warnings`);
});

test('selects findings by their rules and by a baseline, and counts them', () => {
  const ids = findings.map(({ id }) => id);

  expect(selectFindings(report, {})).toEqual(report);
  expect(selectFindings(report, { rules: ['StageName'] }).summary).toMatchObject({ errors: 1, unknown: 0 });
  expect(selectFindings(report, { excludedRules: ['StageName'] }).summary.errors).toBe(report.summary.errors - 1);
  expect(selectFindings(report, { baseline: new Set(ids) }).summary).toMatchObject({ errors: 0, unknown: 0 });
});
