import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { CheckSeverity, SEVERITIES } from './severity';
import { readAssembly } from '../../assembly/cloud-assembly';
import { check } from '../check';
import type { CheckReport, Finding } from '../finding';
import { reportText } from '../report/text';

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
   */
  public static fromAssembly(assembly: CloudAssembly): PipelineAssertions {
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
      const got = JSON.stringify(directory) ?? 'nothing';
      throw new Error(`[PipelineAssertions] 'directory' must be a path, got ${got}; pass e.g. 'cdk.out'`);
    }
    return new PipelineAssertions(check(readAssembly(directory)));
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
    const lowest = SEVERITIES.indexOf(severity);
    this.assertNone(
      `have no findings with the severity ${severity} or higher`,
      (finding) => SEVERITIES.indexOf(finding.severity as CheckSeverity) >= lowest,
    );
  }

  private assertNone(expectation: string, isFault: (finding: Finding) => boolean): void {
    const { report } = this;
    if (report.pipelines.length === 0) {
      throw new Error(`[PipelineAssertions] the assembly must contain a pipeline; synthesize the app with its stacks`);
    }
    const pipelines = report.pipelines
      .map((pipeline) => ({ ...pipeline, findings: pipeline.findings.filter(isFault) }))
      .filter(({ findings }) => findings.length > 0);
    if (pipelines.length === 0) return;
    const count = pipelines.reduce((sum, { findings }) => sum + findings.length, 0);
    throw new Error(
      `[PipelineAssertions] the pipelines must ${expectation}, got ${count}:\n\n` +
        reportText({ ...report, pipelines, assumptions: [] }),
    );
  }
}
