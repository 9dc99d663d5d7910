import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { CheckSeverity, isAtLeast } from './severity';
import { severityProblems, shown, throwProblems } from './validate-props';
import { readAssembly } from '../../assembly/cloud-assembly';
import { UnreadableInput } from '../../assembly/template';
import { compact } from '../../common/compact';
import { check } from '../check';
import type { CheckReport, Finding } from '../finding';
import { escapeText } from '../report/escape';
import { findingsText, fixText } from '../report/text';

/**
 * Asserts in a test that AWS would accept the pipelines of an app, and allow their calls.
 *
 * All stacks of the assembly are evaluated together. A failure is an error with the report of the check, so that every
 * test framework shows it.
 *
 * @example
 * const app = new App();
 * // Add stacks with pipelines.
 * const pipelines = PipelineAssertions.fromAssembly(app.synth());
 * pipelines.hasNoDeniedCalls();
 * pipelines.compliesWithRules();
 */
export class PipelineAssertions {
  /**
   * Reads the pipelines of a synthesized app.
   *
   * @param assembly the result of `app.synth()`
   * @throws if it is not the result of `app.synth()`
   */
  public static fromAssembly(assembly: CloudAssembly): PipelineAssertions {
    const directory: unknown = assembly?.directory;
    if (typeof directory !== 'string') {
      throwProblems('PipelineAssertions', [
        `'assembly' must be a cloud assembly, got ${typeNameOf(assembly)}; ` + 'pass the result of app.synth()',
      ]);
    }
    return PipelineAssertions.fromDirectory(assembly.directory);
  }

  /**
   * Reads the pipelines of an output folder of `cdk synth`.
   *
   * @param directory the path, e.g. `cdk.out`
   * @throws if the folder is not a cloud assembly
   */
  public static fromDirectory(directory: string): PipelineAssertions {
    if (typeof directory !== 'string' || directory === '') {
      throwProblems('PipelineAssertions', [`'directory' must be a path, got ${shown(directory)}; pass e.g. 'cdk.out'`]);
    }
    try {
      return new PipelineAssertions(check(readAssembly(directory)));
    } catch (error) {
      if (!(error instanceof UnreadableInput)) throw error;
      const problem = `'directory' must be a cloud assembly, got ${shown(directory)}: ${error.message}`;
      throw new Error(`[PipelineAssertions] ${escapeText(problem)}`);
    }
  }

  private constructor(private readonly report: CheckReport) {}

  /** Returns the number of pipelines, because a test of an app without pipelines proves nothing. */
  public pipelineCount(): number {
    return this.report.pipelines.length;
  }

  /**
   * Asserts that the policies deny no call that AWS documents.
   *
   * @throws if a call is denied, or if there is no pipeline
   */
  public hasNoDeniedCalls(): void {
    this.assertNone('have no denied calls', ({ verdict, severity }) => verdict === 'DENIED' && severity === 'error');
  }

  /**
   * Asserts that no pipeline violates a rule of the services that is an error.
   *
   * @throws if a rule is violated, or if there is no pipeline
   */
  public compliesWithRules(): void {
    this.assertNone(
      'comply with the rules of the services',
      ({ verdict, severity }) => verdict === 'NON_COMPLIANT' && severity === 'error',
    );
  }

  /**
   * Asserts that there is no finding of a severity or a higher one.
   *
   * @param severity the lowest severity. Defaults to `CheckSeverity.WARNING`
   * @throws if there is such a finding, or if there is no pipeline
   */
  public hasNoFindings(severity: CheckSeverity = CheckSeverity.WARNING): void {
    throwProblems('PipelineAssertions', severityProblems('severity', severity));
    this.assertNone(`have no findings with the severity ${severity} or higher`, (finding) =>
      isAtLeast(finding.severity, severity),
    );
  }

  /**
   * Returns the findings of a severity or a higher one, each as one line, for tests that report failures themselves.
   *
   * Use it in Go, where an assertion that fails is a panic and ends the test binary.
   *
   * @param severity the lowest severity. Defaults to `CheckSeverity.WARNING`
   * @throws if there is no pipeline
   */
  public findings(severity: CheckSeverity = CheckSeverity.WARNING): string[] {
    throwProblems('PipelineAssertions', severityProblems('severity', severity));
    this.assertPipelines();
    return this.report.pipelines
      .flatMap((pipeline) => pipeline.findings)
      .filter((finding) => isAtLeast(finding.severity, severity))
      .map(lineOf);
  }

  private assertNone(expectation: string, isFault: (finding: Finding) => boolean): void {
    this.assertPipelines();
    const pipelines = this.report.pipelines
      .map((pipeline) => ({ ...pipeline, findings: pipeline.findings.filter(isFault) }))
      .filter(({ findings }) => findings.length > 0);
    if (pipelines.length === 0) return;
    const count = pipelines.reduce((sum, { findings }) => sum + findings.length, 0);
    throw new Error(
      `[PipelineAssertions] the pipelines must ${expectation}, got ${count}:\n\n${findingsText(pipelines)}`,
    );
  }

  private assertPipelines(): void {
    if (this.report.pipelines.length > 0) return;
    throw new Error('[PipelineAssertions] the assembly must contain a pipeline; synthesize the app with its stacks');
  }
}

/** Formats a finding in one line. */
function lineOf({ severity, message, fix, id }: Finding): string {
  const fixes = fix.length > 0 && `; ${fix.map(fixText).join('; ')}`;
  return escapeText(compact([`${severity}: ${message}`, fixes, ` (${id})`]).join(''));
}

/** Names the type of a wrong argument, which can be a construct without JSON. */
function typeNameOf(value: unknown): string {
  if (value === undefined || value === null) return value === undefined ? 'nothing' : 'null';
  const name = typeof value === 'object' ? value.constructor.name : typeof value;
  return `${/^[AEIOU]/i.test(name) ? 'an' : 'a'} ${name}`;
}
