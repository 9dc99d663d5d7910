import { readDeclaration } from './declaration';
import { SERVICE_RULES } from './index';
import type { ServiceRule } from './service-rule';
import { pathOf, type Violation } from './violation';
import { isObject, type JsonObject, textOf } from '../../assembly/json';
import type { ResourceModel } from '../../assembly/resource-model';
import { hasUnknown } from '../../assembly/unknown';
import { compact } from '../../common/compact';
import { type Finding, type FindingLocation, locationOf } from '../finding';
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
    rule
      .violations(pipeline, model)
      .filter((violation) => !isHidden((violation.resource ?? resource).properties, violation.path))
      .map((violation) => {
        const { stage, action } = violation;
        const parts = compact([stack.displayName, pipelineName, stage, action, pathOf(violation)]);
        const at = locationOf(violation.resource ?? resource, violation.path);
        return finding(rule, violation, { at, detail: parts.map((part) => model.show(part)).join('/') }, model);
      }),
  );
  // A variable that is wrong in one text is often wrong several times.
  return [...new Map(findings.map((item) => [item.message + item.id, item])).values()];
}

/** Returns whether a block around a property is unknown, e.g. because a transform creates it. */
function isHidden(properties: unknown, path: string): boolean {
  let value = properties;
  for (const key of path.split(/[.[\]]+/).filter((part) => part !== '')) {
    if (typeof value === 'string') return hasUnknown(value);
    // A value in place of a list is its only item.
    const isOnlyItem = /^\d+$/.test(key) && !Array.isArray(value);
    if (!isOnlyItem) value = isObject(value) || Array.isArray(value) ? (value as JsonObject)[key] : undefined;
  }
  return false;
}

/** Describes where a finding is, and the detail of its ID. */
interface Place {
  readonly at: FindingLocation;
  readonly detail: string;
}

function finding(
  { id, severity, see }: ServiceRule,
  violation: Violation,
  { at, detail }: Place,
  model: ResourceModel,
): Finding {
  const { stage, action, must, got, fix } = violation;
  const isMissing = got === undefined;
  const value = isMissing ? 'got nothing' : `got ${shown(got, model)}`;
  const message = `'${model.show(pathOf(violation)) || 'the pipeline'}' must ${must}, ${value}; ${fix}`;
  return {
    id: `${id}[${detail}]`,
    severity,
    verdict: 'NON_COMPLIANT',
    // Findings are grouped by stage and action. A stage without an action has none.
    stage: stage === undefined ? undefined : model.show(stage),
    action: action === undefined ? undefined : model.show(action),
    message: model.show(message),
    why: must,
    at,
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
