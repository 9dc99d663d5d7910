import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolatingResource,
  PolicyViolation,
} from 'aws-cdk-lib';
import { CheckSeverity, isAtLeast } from './severity';
import { nameProblems, ruleProblems, severityProblems, throwProblems } from './validate-props';
import { readAssembly } from '../../assembly/cloud-assembly';
import { UnreadableInput } from '../../assembly/template';
import { compact } from '../../common/compact';
import { packageVersion } from '../../common/package-version';
import { check } from '../check';
import { type Finding, ruleOf } from '../finding';
import { escapeText } from '../report/escape';
import { fixText } from '../report/text';
import { CHECK_RULES } from '../select';

/** Properties of {@link PipelineCheck}. */
export interface PipelineCheckProps {
  /**
   * The severity from which findings fail the synthesis.
   *
   * With `INFO`, every call whose verdict is unknown fails the synthesis.
   *
   * @default CheckSeverity.ERROR
   */
  readonly failOn?: CheckSeverity;

  /**
   * The severity from which findings are reported. Findings below `failOn` are reported without failing the synthesis.
   * It must not be higher than `failOn`.
   *
   * @default - the severity of `failOn`
   */
  readonly reportFrom?: CheckSeverity;

  /**
   * The IDs of the only rules that are evaluated, e.g. `['AccessDenied']`. `AccessDenied` and `AccessUnknown` are the
   * IDs of the rules for permissions.
   *
   * @default - all rules
   * @see https://github.com/cdk-pipeline-patterns/cdk-pipeline-patterns/blob/main/docs/reference/rules.md
   */
  readonly rules?: string[];

  /**
   * The IDs of rules that are not evaluated, e.g. `['StageActionQuota']`.
   *
   * @default - no rule is excluded
   */
  readonly excludedRules?: string[];
}

/**
 * Checks every pipeline of an app at synthesis: each call against the policies of all stacks, and each property against
 * the rules of the services. The pipelines can be of this library, of `aws-codepipeline`, of CDK Pipelines or of
 * `CfnPipeline`.
 *
 * A finding fails `cdk synth` with a report. To accept a finding, acknowledge the ID that the report contains: that of
 * its rule, or for a denied call that of the call in its action. An app without a pipeline has no findings.
 *
 * @see https://github.com/cdk-pipeline-patterns/cdk-pipeline-patterns/blob/main/docs/how-to/check-pipelines-at-every-synth.md
 * @example
 * const app = new App();
 * Validations.of(app).addPlugins(new PipelineCheck());
 * Validations.of(app).acknowledge({
 *   id: 'PipelineCheck::StageActionQuota',
 *   reason: 'Service Quotas shows 100 actions for our account',
 * });
 */
export class PipelineCheck implements IPolicyValidationPlugin {
  /** The name in reports and in the IDs of acknowledgements. */
  public readonly name: string = 'PipelineCheck';
  /**
   * The version of this package, for reports and analytics of CDK.
   *
   * @default - always present
   */
  public readonly version?: string;
  /**
   * The IDs of the rules that are evaluated, for analytics of CDK.
   *
   * @default - all rules that are selected and not excluded
   */
  public readonly ruleIds?: string[];
  private readonly failOn: CheckSeverity;
  private readonly reportFrom: CheckSeverity;

  /**
   * @throws if a property has a wrong type or is misspelt, or names a rule that does not exist
   */
  constructor(props: PipelineCheckProps = {}) {
    throwProblems('PipelineCheck', nameProblems(props ?? {}, ['failOn', 'reportFrom', 'rules', 'excludedRules']));
    const { failOn, reportFrom, rules, excludedRules } = withDefaults(props ?? {});
    throwProblems('PipelineCheck', [
      ...severityProblems('failOn', failOn),
      ...(reportFrom === failOn ? [] : severityProblems('reportFrom', reportFrom)),
      ...ruleProblems('rules', rules),
      ...ruleProblems('excludedRules', excludedRules),
    ]);
    this.failOn = failOn;
    this.reportFrom = reportFrom;
    this.ruleIds = rules.filter((id) => !excludedRules.includes(id));
    this.version = packageVersion();
    throwProblems('PipelineCheck', compact([this.thresholdProblem(), this.selectionProblem()]));
  }

  /**
   * Checks the templates. CDK calls this method at the end of the synthesis.
   *
   * @throws if a template cannot be read; CDK adds the message to its report
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    try {
      const findings = findingsIn(context.templatePaths).filter((finding) => this.isReported(finding));
      const success = !findings.some(({ severity }) => isAtLeast(severity, this.failOn));
      return { success, violations: findings.map(violationOf), pluginVersion: this.version };
    } catch (error) {
      const message = escapeText(error instanceof Error ? error.message : String(error));
      if (error instanceof UnreadableInput) throw new Error(`[PipelineCheck] ${message}`);
      throw new Error(`[PipelineCheck] internal error: ${message}; please report it`);
    }
  }

  private isReported({ id, severity }: Finding): boolean {
    return isAtLeast(severity, this.reportFrom) && this.ruleIds!.includes(ruleOf(id));
  }

  private thresholdProblem(): string | undefined {
    if (isAtLeast(this.failOn, this.reportFrom)) return undefined;
    return `'reportFrom' must not be higher than 'failOn', got "${this.reportFrom}"; pass at most "${this.failOn}"`;
  }

  private selectionProblem(): string | undefined {
    if (this.ruleIds!.length > 0) return undefined;
    return "'rules' must contain at least one rule that is not excluded, got []; add a rule, or remove the plugin";
  }
}

/** Returns the properties with their defaults. JavaScript and other languages pass `null` for an absent value. */
function withDefaults({ failOn, reportFrom, rules, excludedRules }: PipelineCheckProps): Required<PipelineCheckProps> {
  return {
    failOn: failOn ?? CheckSeverity.ERROR,
    reportFrom: reportFrom ?? failOn ?? CheckSeverity.ERROR,
    rules: rules ?? CHECK_RULES.map(({ id }) => id),
    excludedRules: excludedRules ?? [],
  };
}

/** Returns the findings for the pipelines of templates. All stacks of their apps are evaluated together. */
function findingsIn(templatePaths: readonly string[]): Finding[] {
  const templates = new Set(templatePaths.map((path) => resolve(path)));
  const assemblies = [...new Set([...templates].map(assemblyOf))];
  return (
    assemblies
      .flatMap((directory) => check(readAssembly(directory)).pipelines)
      // A plugin of a stage reports the pipelines of this stage only.
      .filter(({ templateFile }) => templateFile === undefined || templates.has(templateFile))
      .flatMap((pipeline) => pipeline.findings)
  );
}

/** Returns the folder of the root assembly that contains a template, which can belong to a stage. */
function assemblyOf(template: string): string {
  let directory = dirname(template);
  while (existsSync(join(dirname(directory), 'manifest.json'))) directory = dirname(directory);
  return directory;
}

function violationOf(finding: Finding): PolicyViolation {
  const { id, severity, message, fix, source } = finding;
  const fixes = fix.length > 0 ? fix.map(fixText).join('; ') : source && `see ${source.url}`;
  return {
    ruleName: acknowledgedNameOf(finding),
    description: escapeText(message),
    severity,
    fix: fixes && escapeText(fixes),
    violatingResources: [resourceOf(finding)],
    ruleMetadata: { Id: escapeText(id), ...(source && { Documentation: source.url }) },
  };
}

/**
 * Returns the name with which a finding is acknowledged: that of the rule, and for a denied call the action with the
 * call, too, because the acknowledgement of one call must not hide others. CDK reserves `::` and requires that brackets
 * are balanced, which names in a template need not be.
 */
function acknowledgedNameOf({ id, verdict, stage, action, call }: Finding): string {
  const rule = ruleOf(id);
  if (verdict !== 'DENIED' || call === undefined) return rule;
  const detail = compact([stage, action, call.replace(/, /g, ',')]).join('/');
  return `${rule}[${detail.replace(/[^\w.@*,/:-]/g, '_').replace(/:+/g, ':')}]`;
}

function resourceOf({ at: { logicalId, templateFile, property } }: Finding): PolicyViolatingResource {
  const path = property.replace(/\[(\d+)\]/g, '.$1');
  return {
    resourceLogicalId: logicalId,
    templatePath: templateFile,
    locations: property === '' ? [] : [`Properties.${path}`],
  };
}
