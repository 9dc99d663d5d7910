import type { PipelineOutline, RoleOutline, StageOutline } from './outline';
import { compact } from '../common/compact';

function labelsOf({ parallel, gates }: StageOutline) {
  return compact([parallel > 1 && `up to ${parallel} actions at a time`, ...gates]);
}

function permissionsOf({ allows, description }: RoleOutline): string {
  const counts = Object.entries(allows).map(([service, count]) => `${service} ${count}`);
  return compact([counts.length > 0 && counts.join(', '), description !== '' && `(${description})`]).join('  ');
}

/** Formats an outline as text for a terminal. */
export function outlineText(pipeline: PipelineOutline): string {
  const actions = pipeline.stages.flatMap((stage) => stage.actions);
  const nameWidth = Math.max(...actions.map(({ name }) => name.length));
  const typeWidth = Math.max(...actions.map(({ type }) => type.length));
  const roleWidth = Math.max(...pipeline.roles.map(({ logicalId }) => logicalId.length));
  const indent = ' '.repeat(10 + nameWidth);
  return [
    `Pipeline ${pipeline.name} (${pipeline.type}, ${pipeline.executionMode}) in stack ${pipeline.stack}`,
    '',
    'Stages, with their actions in run order',
    ...pipeline.stages.flatMap((stage, i) => [
      `  ${String(i + 1).padStart(2)}. ${[stage.name, ...labelsOf(stage).map((label) => `[${label}]`)].join('  ')}`,
      ...stage.actions.flatMap(({ runOrder, name, type, role, details }) => [
        `      ${String(runOrder).padStart(2)}  ${name.padEnd(nameWidth)}  ${type.padEnd(typeWidth)}  as ${role}`,
        ...details.map((detail) => `${indent}  ${detail}`),
      ]),
    ]),
    '',
    'Roles, with the number of API actions that their policies allow',
    ...pipeline.roles.map((role) => `  ${role.logicalId.padEnd(roleWidth)}  ${permissionsOf(role)}`),
  ].join('\n');
}
