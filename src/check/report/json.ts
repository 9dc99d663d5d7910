import type { CheckReport, Finding } from '../finding';
import { escapeJson } from './escape';
import { LIMITS } from './text';

/** Formats a report as JSON. The structure is part of the public interface. */
export function reportJson({ pipelines, summary, warnings, assumptions }: CheckReport): string {
  return (
    escapeJson(
      JSON.stringify(
        {
          pipelines: pipelines.map(({ name, stack, findings, calls }) => ({
            name,
            stack,
            findings: findings.map(findingJson),
            calls,
          })),
          summary,
          warnings,
          assumptions,
          limits: LIMITS.join(' '),
        },
        undefined,
        2,
      ),
    ) + '\n'
  );
}

/** Formats one finding with its reasons as JSON. */
export function explainJson(finding: Finding): string {
  return escapeJson(JSON.stringify({ ...findingJson(finding), reasons: finding.reasons }, undefined, 2)) + '\n';
}

/** Returns a finding for JSON. All keys are always present. */
export function findingJson({
  id,
  severity,
  verdict,
  stage,
  action,
  alsoFor,
  caller,
  call,
  resource,
  message,
  fix,
  source,
}: Finding) {
  return {
    id,
    severity,
    verdict,
    stage: stage ?? null,
    action: action ?? null,
    alsoFor,
    caller: caller ?? null,
    call: call ?? null,
    resource: resource ?? null,
    message,
    fix,
    source: source ?? null,
  };
}
