import { type Declared, isKnown, knownList, type PipelineDeclaration, repeated } from './declaration';
import { API, GUIDE, type ServiceRule } from './service-rule';
import { violation } from './violation';
import { isObject, type JsonObject, listOf, objectOf, textOf } from '../../assembly/json';
import { PIPELINE_LIMITS } from '../../aws/limits';
import { patternsUpTo, chooseOneOf } from '../../common/rules';

const FILTERS = `${GUIDE}/pipelines-filter.html`;
const CONNECTION = 'CodeStarSourceConnection';
const EVENTS = ['OPEN', 'UPDATED', 'CLOSED'];
/** The kinds of a filter with lists of patterns. */
const PATTERN_KINDS = ['Branches', 'FilePaths', 'Tags'] as const;

interface TriggerDeclaration extends Declared {
  readonly source: unknown;
  readonly filters: readonly Filter[];
}

/** Describes a filter of a trigger. The lists of a filter are joined with AND. */
interface Filter extends Declared {
  readonly event: 'Push' | 'PullRequest';
}

interface PatternList {
  readonly filter: Filter;
  readonly property: string;
  readonly patterns: readonly unknown[];
}

/** Rules for Git triggers. */
export const TRIGGER_RULES: readonly ServiceRule[] = [
  {
    id: 'TriggerProvider',
    severity: 'error',
    summary: `The provider type of a trigger is ${CONNECTION}.`,
    see: `${API}/API_PipelineTriggerDeclaration.html`,
    violations: (pipeline) =>
      triggersOf(pipeline)
        .filter(({ properties: { ProviderType } }) => isKnown(ProviderType) && ProviderType !== CONNECTION)
        .map((trigger) =>
          violation(trigger, 'ProviderType', {
            must: `be ${CONNECTION}`,
            got: trigger.properties.ProviderType,
            fix: 'write it, or start the pipeline by an EventBridge rule',
          }),
        ),
  },
  {
    id: 'TriggerSource',
    severity: 'error',
    summary: 'A trigger names a source action that uses a connection.',
    see: FILTERS,
    violations: (pipeline) => {
      if (!pipeline.isComplete) return [];
      const sources = pipeline.actions.filter(({ provider }) => provider === CONNECTION).map(({ name }) => name);
      const providers = pipeline.actions.filter(({ stageIndex }) => stageIndex === 0).map(({ provider }) => provider);
      if (![...sources, ...providers].every(isKnown)) return [];
      return triggersOf(pipeline)
        .filter(({ source }) => isKnown(source) && !sources.includes(textOf(source)))
        .map((trigger) =>
          violation(trigger, 'GitConfiguration.SourceActionName', {
            must: 'be the name of a source action with a connection',
            got: trigger.source,
            fix: sources.length > 0 ? chooseOneOf(sources) : 'remove the trigger',
          }),
        );
    },
  },
  {
    id: 'TriggerSourceUnique',
    severity: 'error',
    summary: 'A source action has one trigger.',
    see: FILTERS,
    violations: (pipeline) =>
      repeated(triggersOf(pipeline), ({ source }) => textOf(source)).map((trigger) =>
        violation(trigger, 'GitConfiguration.SourceActionName', {
          must: 'be unique in the triggers',
          got: trigger.source,
          fix: 'put the filters into one trigger',
        }),
      ),
  },
  {
    id: 'TriggerCount',
    severity: 'error',
    summary: `A pipeline has at most ${PIPELINE_LIMITS.triggers} triggers.`,
    see: `${API}/API_PipelineDeclaration.html`,
    violations: (pipeline) => {
      const got = triggersOf(pipeline).length;
      if (got <= PIPELINE_LIMITS.triggers) return [];
      const must = `contain at most ${PIPELINE_LIMITS.triggers} triggers`;
      return [violation(pipeline, 'Triggers', { must, got, fix: 'divide the pipeline' })];
    },
  },
  {
    id: 'TriggerFilterCount',
    severity: 'error',
    summary: `A trigger has 1 to ${PIPELINE_LIMITS.filtersPerTrigger} filters of each event type.`,
    see: `${API}/API_GitConfiguration.html`,
    violations: (pipeline) =>
      triggersOf(pipeline).flatMap((trigger) => {
        const git = objectOf(trigger.properties.GitConfiguration);
        return ['Push', 'PullRequest']
          .filter((event) => git[event] !== undefined)
          .map((event) => ({ event, count: knownList(git[event])?.length ?? 1 }))
          .filter(({ count }) => count < 1 || count > PIPELINE_LIMITS.filtersPerTrigger)
          .map(({ event, count }) =>
            violation(trigger, `GitConfiguration.${event}`, {
              must: `contain 1 to ${PIPELINE_LIMITS.filtersPerTrigger} filters`,
              got: count,
              fix: 'combine patterns in the lists of one filter',
            }),
          );
      }),
  },
  {
    id: 'TriggerFilterShape',
    severity: 'error',
    summary: 'A push filter has tags, branches, or branches and file paths. A pull request filter has branches.',
    see: FILTERS,
    violations: (pipeline) =>
      filtersOf(pipeline).flatMap((filter) => {
        const fault = shapeFault(filter);
        const got =
          PATTERN_KINDS.filter((kind) => filter.properties[kind] !== undefined).join(' and ') || 'no patterns';
        return fault === undefined ? [] : [violation(filter, '', { ...fault, got })];
      }),
  },
  {
    id: 'TriggerEvents',
    severity: 'error',
    summary: `The events of a pull request filter are ${EVENTS.join(', ')}.`,
    see: `${API}/API_GitPullRequestFilter.html`,
    violations: (pipeline) =>
      filtersOf(pipeline).flatMap((filter) =>
        listOf(filter.properties.Events)
          .filter((event) => isKnown(event) && !EVENTS.includes(textOf(event)))
          .map((event) =>
            violation(filter, 'Events', {
              must: `contain ${EVENTS.join(', ')}`,
              got: event,
              fix: 'choose among these',
            }),
          ),
      ),
  },
  {
    id: 'TriggerDuplicateFilter',
    severity: 'error',
    summary: 'The filters of an event type differ.',
    see: FILTERS,
    violations: (pipeline) =>
      repeated(filtersOf(pipeline), ({ path, properties }) =>
        JSON.stringify([path.replace(/\[\d+\]$/, ''), properties]),
      ).map((filter) =>
        violation(filter, '', { must: 'differ from the other filters', got: filter.properties, fix: 'remove one' }),
      ),
  },
  {
    id: 'TriggerPatternCount',
    severity: 'error',
    summary: `A list of patterns has 1 to ${PIPELINE_LIMITS.patternsPerList} patterns.`,
    see: `${GUIDE}/limits.html`,
    violations: (pipeline) =>
      patternLists(pipeline)
        .filter(({ patterns }) => patterns.length < 1 || patterns.length > PIPELINE_LIMITS.patternsPerList)
        .map(({ filter, property, patterns }) =>
          violation(filter, property, {
            must: `contain 1 to ${PIPELINE_LIMITS.patternsPerList} patterns`,
            got: patterns.length,
            fix: 'use alternatives such as {main,release}, or another filter',
          }),
        ),
  },
  {
    id: 'TriggerPattern',
    severity: 'error',
    summary: `A pattern has 1 to ${PIPELINE_LIMITS.patternLength} characters.`,
    see: `${GUIDE}/limits.html`,
    violations: (pipeline) =>
      patternLists(pipeline).flatMap(({ filter, property, patterns }) =>
        patterns
          .map(textOf)
          .filter((pattern) => pattern === '' || pattern.length > PIPELINE_LIMITS.patternLength)
          .map((pattern) =>
            violation(filter, property, {
              must: patternsUpTo(PIPELINE_LIMITS.patternLength),
              got: pattern,
              fix: 'shorten the pattern',
            }),
          ),
      ),
  },
  {
    id: 'TriggerFolderPattern',
    severity: 'warning',
    summary: 'A pattern for file paths does not end with a slash, because no path of a file does.',
    see: `${GUIDE}/syntax-glob.html`,
    violations: (pipeline) =>
      patternLists(pipeline)
        .filter(({ property }) => property.startsWith('FilePaths.'))
        .flatMap(({ filter, property, patterns }) =>
          patterns
            .map(textOf)
            .filter((pattern) => pattern.endsWith('/'))
            .map((pattern) =>
              violation(filter, property, {
                must: "not contain a pattern that ends with '/'",
                got: pattern,
                fix: `write '${pattern}**'`,
              }),
            ),
        ),
  },
];

function triggersOf(pipeline: PipelineDeclaration): TriggerDeclaration[] {
  return listOf(pipeline.properties.Triggers)
    .filter(isObject)
    .map((properties, index) => {
      const path = `Triggers[${index}]`;
      const git = objectOf(properties.GitConfiguration);
      return { path, properties, source: git.SourceActionName, filters: filtersIn(git, `${path}.GitConfiguration`) };
    });
}

function filtersIn(git: JsonObject, path: string): Filter[] {
  return (['Push', 'PullRequest'] as const).flatMap((event) =>
    listOf(git[event])
      .filter(isObject)
      .map((properties, index) => ({ event, path: `${path}.${event}[${index}]`, properties })),
  );
}

function filtersOf(pipeline: PipelineDeclaration): Filter[] {
  return triggersOf(pipeline).flatMap(({ filters }) => filters);
}

function shapeFault({ event, properties }: Filter): { readonly must: string; readonly fix: string } | undefined {
  const hasTags = properties.Tags !== undefined;
  const hasBranches = properties.Branches !== undefined;
  const hasPaths = properties.FilePaths !== undefined;
  if (event === 'PullRequest') {
    if (hasTags) return { must: 'not contain tags', fix: 'use a push filter for tags' };
    if (!hasBranches) return { must: 'contain branches', fix: "add Branches, e.g. with Includes ['**']" };
    return undefined;
  }
  if (hasTags && (hasBranches || hasPaths)) {
    return { must: 'contain either tags, or branches and file paths', fix: 'use two push filters' };
  }
  if (hasPaths && !hasBranches) {
    return { must: 'contain branches together with file paths', fix: "add Branches, e.g. with Includes ['**']" };
  }
  if (!hasTags && !hasBranches) {
    return { must: 'contain tags or branches', fix: 'add one of them, or remove the filter' };
  }
  return undefined;
}

function patternLists(pipeline: PipelineDeclaration): PatternList[] {
  return filtersOf(pipeline).flatMap((filter) =>
    PATTERN_KINDS.flatMap((kind) => {
      const lists = objectOf(filter.properties[kind]);
      return ['Includes', 'Excludes'].flatMap((name) => {
        const patterns = knownList(lists[name]);
        if (lists[name] === undefined || patterns === undefined) return [];
        return [{ filter, property: `${kind}.${name}`, patterns }];
      });
    }),
  );
}
