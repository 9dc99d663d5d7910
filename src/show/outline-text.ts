import type { PipelineOutline, StageOutline } from './outline';

function marksOf({ parallel, gates }: StageOutline) {
  return [...(parallel > 1 ? [`up to ${parallel} actions at a time`] : []), ...gates];
}

/** An outline as text for a terminal. */
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
      `  ${String(i + 1).padStart(2)}. ${[stage.name, ...marksOf(stage).map((mark) => `[${mark}]`)].join('  ')}`,
      ...stage.actions.flatMap(({ runOrder, name, type, role, details }) => [
        `      ${String(runOrder).padStart(2)}  ${name.padEnd(nameWidth)}  ${type.padEnd(typeWidth)}  as ${role}`,
        ...details.map((detail) => `${indent}  ${detail}`),
      ]),
    ]),
    '',
    'Roles, with the number of API actions that each may call',
    ...pipeline.roles.map(
      ({ logicalId, allows, description }) =>
        `  ${logicalId.padEnd(roleWidth)}  ${Object.entries(allows)
          .map(([service, n]) => `${service} ${n}`)
          .join(', ')}${description && `${Object.keys(allows).length > 0 ? '  ' : ''}(${description})`}`,
    ),
  ].join('\n');
}
