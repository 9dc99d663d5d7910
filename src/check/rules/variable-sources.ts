import { type ActionDeclaration, isKnown, type PipelineDeclaration } from './declaration';
import { factsOf } from './providers';
import { GUIDE, type ServiceRule } from './service-rule';
import { outputUses, producersOf, type Use } from './variables';
import { violation } from './violation';
import { listOf, objectOf } from '../../assembly/json';
import { CONNECTION_VARIABLES, START_KINDS, type StartKind } from '../../aws/connection-variables';

const VARIABLES = `${GUIDE}/reference-variables.html`;

/** Rules for variables that only some executions have. */
export const VARIABLE_SOURCE_RULES: readonly ServiceRule[] = [
  {
    id: 'VariableUnreliable',
    severity: 'warning',
    summary: 'A variable is not one that a source does not output in executions that events start.',
    see: `${GUIDE}/action-reference-ECR.html`,
    violations: (pipeline) =>
      usesWithProducer(pipeline).flatMap(({ use, producer }) => {
        const fix = factsOf(producer)?.unreliableVariables?.[use.key];
        if (fix === undefined) return [];
        return [
          violation(use.action, use.property, { must: 'be a variable that every execution has', got: use.text, fix }),
        ];
      }),
  },
  {
    id: 'VariableOfTrigger',
    severity: 'warning',
    summary: 'A variable of a connection is one that all triggers of the pipeline set.',
    see: VARIABLES,
    violations: (pipeline) =>
      usesWithProducer(pipeline)
        .filter(({ producer }) => producer.provider === 'CodeStarSourceConnection')
        .flatMap(({ use, producer }) => {
          const kinds = CONNECTION_VARIABLES[use.key];
          const missing = startsOf(producer, pipeline).find((kind) => kinds !== undefined && !kinds.includes(kind));
          if (missing === undefined) return [];
          return [
            violation(use.action, use.property, {
              must: `be a variable that ${START_KINDS[missing]} sets, because a trigger starts the pipeline for it`,
              got: use.text,
              fix: 'use a variable of all triggers, e.g. CommitId, or make a pipeline for each kind of trigger',
            }),
          ];
        }),
  },
];

function usesWithProducer(pipeline: PipelineDeclaration): Array<{ use: Use; producer: ActionDeclaration }> {
  const producers = producersOf(pipeline);
  return outputUses(pipeline).flatMap((use) => {
    const producer = producers.find(({ properties }) => properties.Namespace === use.namespace);
    return producer ? [{ use, producer }] : [];
  });
}

/** Returns what the triggers of a source start the pipeline for. */
function startsOf({ name }: ActionDeclaration, { properties }: PipelineDeclaration): StartKind[] {
  const configurations = listOf(properties.Triggers)
    .map((trigger) => objectOf(objectOf(trigger).GitConfiguration))
    .filter(({ SourceActionName }) => isKnown(SourceActionName) && SourceActionName === name);
  return configurations.flatMap(({ Push, PullRequest }) => [
    ...listOf(Push).map((filter): StartKind => (objectOf(filter).Tags === undefined ? 'push' : 'tag')),
    ...listOf(PullRequest).map((): StartKind => 'pullRequest'),
  ]);
}
