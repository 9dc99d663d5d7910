import { type CheckReport, type Finding, ruleOf, type Severity } from '../finding';
import { CHECK_RULES } from '../select';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/**
 * Formats a report as SARIF 2.1.0, which GitHub code scanning and IDEs read. The file of a finding is the template. A
 * finding has a logical location, because the lines of a synthesized template are not those of its source.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function reportSarif({ pipelines }: CheckReport, version: string): string {
  const findings = pipelines.flatMap((pipeline) => pipeline.findings);
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'cdk-pipeline-patterns', version, rules: RULES } },
        columnKind: 'utf16CodeUnits',
        results: findings.map(resultOf),
      },
    ],
  };
  return JSON.stringify(document, undefined, 2) + '\n';
}

const RULES = CHECK_RULES.map(({ id, severity, summary, see }) => ({
  id,
  shortDescription: { text: summary },
  helpUri: see,
  defaultConfiguration: { level: LEVELS[severity as Severity] },
}));

function resultOf({ id, severity, message, at }: Finding) {
  const ruleId = ruleOf(id);
  const { templateFile, stack, logicalId, constructPath, property } = at;
  return {
    ruleId,
    ruleIndex: RULES.findIndex((rule) => rule.id === ruleId),
    level: LEVELS[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(templateFile ?? stack) }, region: { startLine: 1 } },
        logicalLocations: [
          {
            name: logicalId,
            fullyQualifiedName: [constructPath ?? `${stack}/${logicalId}`, property].join(' ').trim(),
          },
        ],
      },
    ],
    partialFingerprints: { findingId: id },
  };
}

/** Returns a path as a relative URI if it is below the working directory, which code scanning requires. */
function uriOf(path: string): string {
  const directory = `${process.cwd()}/`;
  const relative = path.startsWith(directory) ? path.slice(directory.length) : path;
  return encodeURI(relative.replace(/\\/g, '/'));
}
