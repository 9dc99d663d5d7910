import { readDeclaration } from './declaration';
import { SERVICE_RULES } from './index';
import type { ServiceRule } from './service-rule';
import type { Violation } from './violation';
import { textOf } from '../../assembly/json';
import type { ResourceModel } from '../../assembly/resource-model';
import { compact } from '../../common/compact';
import type { Finding } from '../finding';
import type { PipelineModel } from '../pipeline';

/** Limits a value in a message. */
const MAX_SHOWN_LENGTH = 100;

/**
 * Returns the findings of the rules of the services.
 *
 * @param pipelineName the name of the pipeline in messages
 */
export function ruleFindings(
  { resource, stack }: PipelineModel,
  pipelineName: string,
  model: ResourceModel,
): Finding[] {
  const pipeline = readDeclaration(resource);
  const findings = SERVICE_RULES.flatMap((rule) =>
    rule.violations(pipeline, model).map((violation) => {
      const parts = compact([stack.displayName, pipelineName, violation.stage, violation.action, violation.path]);
      return finding(rule, violation, parts.map((part) => model.show(part)).join('/'), model);
    }),
  );
  // A variable that is wrong in one text is often wrong several times.
  return [...new Map(findings.map((item) => [item.message + item.id, item])).values()];
}

function finding(
  { id, severity, see }: ServiceRule,
  violation: Violation,
  detail: string,
  model: ResourceModel,
): Finding {
  const { stage, action, path, must, got, fix } = violation;
  const isMissing = got === undefined;
  const value = isMissing ? 'got nothing' : `got ${shown(got, model)}`;
  const message = `'${model.show(path) || 'the pipeline'}' must ${must}, ${value}; ${fix}`;
  return {
    id: `${id}[${detail}]`,
    severity,
    verdict: 'NON_COMPLIANT',
    // Findings are grouped by stage and action. A stage without an action has none.
    stage: stage === undefined ? undefined : model.show(stage),
    action: action === undefined ? undefined : model.show(action),
    message: model.show(message),
    why: must,
    alsoFor: [],
    reasons: [],
    doubts: [],
    fix: [],
    source: { basis: 'documented', url: see },
  };
}

function shown(value: unknown, model: ResourceModel): string {
  const text = model.show(typeof value === 'string' ? JSON.stringify(value) : textOf(value));
  if (text.length <= MAX_SHOWN_LENGTH) return text;
  return `${text.slice(0, MAX_SHOWN_LENGTH)}…`;
}
