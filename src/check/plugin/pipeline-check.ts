import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolatingResource,
  PolicyViolation,
} from 'aws-cdk-lib';
import { CheckSeverity, SEVERITIES } from './severity';
import { readAssembly } from '../../assembly/cloud-assembly';
import { closest } from '../../common/closest';
import { check } from '../check';
import { type Finding, ruleOf } from '../finding';
import { fixText } from '../report/text';
import { CHECK_RULES } from '../select';
import { A_LIST, didYouMean, KNOWN_PROPERTY, removeOrUseOneOf } from '../../common/rules';

/** Properties of {@link PipelineCheck}. */
export interface PipelineCheckProps {
  /**
   * The severity from which findings are reported, and fail the synthesis.
   *
   * CDK prints the report of a successful validation, too. With `INFO`, every call whose verdict is unknown fails the
   * synthesis.
   *
   * @default CheckSeverity.ERROR
   */
  readonly failOn?: CheckSeverity;

  /**
   * The IDs of rules that are not evaluated, e.g. `['StageActionQuota']`. `AccessDenied` and `AccessUnknown` are the
   * IDs of the rules for permissions.
   *
   * @default - all rules are evaluated
   */
  readonly excludedRules?: string[];
}

/**
 * Checks every pipeline of an app at synthesis: each call against the policies of all stacks, and each property against
 * the rules of the services. The pipelines can be of this library, of `aws-codepipeline`, of CDK Pipelines or of
 * `CfnPipeline`.
 *
 * A finding fails `cdk synth` with a report. To accept a finding, acknowledge its rule.
 *
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
   * The IDs of the rules that are evaluated, for analytics of CDK.
   *
   * @default - all rules that are not excluded
   */
  public readonly ruleIds?: string[];
  private readonly failOn: CheckSeverity;
  private readonly excludedRules: readonly string[];

  /**
   * @throws if a property has a wrong type, or names a rule that does not exist
   */
  constructor(props: PipelineCheckProps = {}) {
    const rules = CHECK_RULES.map(({ id }) => id);
    const { failOn = CheckSeverity.ERROR, excludedRules = [] } = props;
    const problems = [
      ...nameProblems(props),
      ...severityProblems(failOn),
      ...excludedRuleProblems(excludedRules, rules),
    ];
    if (problems.length > 0) throw new Error(problems.map((problem) => `[PipelineCheck] ${problem}`).join('\n'));
    this.failOn = failOn;
    this.excludedRules = excludedRules;
    this.ruleIds = rules.filter((id) => !excludedRules.includes(id));
  }

  /** Checks the templates. CDK calls this method at the end of the synthesis. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const templates = new Set(context.templatePaths.map((path) => resolve(path)));
    const assemblies = [...new Set([...templates].map(assemblyOf))];
    const findings = assemblies
      .flatMap((directory) => check(readAssembly(directory)).pipelines)
      // A plugin of a stage reports the pipelines of this stage only.
      .filter(({ templateFile }) => templateFile === undefined || templates.has(templateFile))
      .flatMap((pipeline) => pipeline.findings)
      .filter((finding) => this.isReported(finding));
    return { success: findings.length === 0, violations: findings.map(violationOf) };
  }

  private isReported({ id, severity }: Finding): boolean {
    const isSevere = SEVERITIES.indexOf(severity as CheckSeverity) >= SEVERITIES.indexOf(this.failOn);
    return isSevere && !this.excludedRules.includes(ruleOf(id));
  }
}

/** Reports misspelt properties, which would otherwise be ignored. */
function nameProblems(props: PipelineCheckProps): string[] {
  const names = ['failOn', 'excludedRules'];
  return Object.keys(props)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const similar = closest(name, names);
      const fix = similar === undefined ? removeOrUseOneOf(names) : didYouMean(similar);
      const value = JSON.stringify(props[name as keyof PipelineCheckProps]);
      return `'${name}' must ${KNOWN_PROPERTY}, got ${value}; ${fix}`;
    });
}

function severityProblems(severity: unknown): string[] {
  if (SEVERITIES.includes(severity as CheckSeverity)) return [];
  return [`'failOn' must be ${SEVERITIES.join(', ')}, got ${JSON.stringify(severity)}; use a member of CheckSeverity`];
}

function excludedRuleProblems(excludedRules: unknown, rules: readonly string[]): string[] {
  if (!Array.isArray(excludedRules)) {
    return [`'excludedRules' must ${A_LIST}, got ${JSON.stringify(excludedRules)}; pass the IDs of rules in a list`];
  }
  return excludedRules.flatMap((id: unknown, index) => {
    if (rules.includes(id as string)) return [];
    const similar = closest(String(id), rules);
    const fix = similar === undefined ? 'choose among those of docs/reference/rules.md' : didYouMean(similar);
    return [`'excludedRules[${index}]' must be the ID of a rule, got ${JSON.stringify(id)}; ${fix}`];
  });
}

/** Returns the folder of the root assembly that contains a template, which can belong to a stage. */
function assemblyOf(template: string): string {
  let directory = dirname(template);
  while (existsSync(join(dirname(directory), 'manifest.json'))) directory = dirname(directory);
  return directory;
}

function violationOf(finding: Finding): PolicyViolation {
  const { id, severity, message, fix, source } = finding;
  return {
    ruleName: ruleOf(id),
    description: message,
    severity,
    fix: fix.length > 0 ? fix.map(fixText).join('; ') : source?.url,
    violatingResources: [resourceOf(finding)],
    ruleMetadata: { Id: id, ...(source && { Documentation: source.url }) },
  };
}

function resourceOf({ at: { logicalId, templateFile, property } }: Finding): PolicyViolatingResource {
  const path = property.replace(/\[(\d+)\]/g, '/$1').replace(/\./g, '/');
  return {
    resourceLogicalId: logicalId,
    templatePath: templateFile,
    locations: property === '' ? [] : [`Properties/${path}`],
  };
}
