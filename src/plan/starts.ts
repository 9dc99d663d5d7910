import { Token } from 'aws-cdk-lib';
import type { StepPlan } from './pipeline-plan';
import { problem, type Problem } from './problems';
import type { GitFilterPlan, GitTriggerPlan, PatternsPlan, StartRulePlan, TriggerPlan } from './start-plan';
import { providerOf } from '../facts/action-providers';
import { PIPELINE_LIMITS } from '../facts/limits';

/** What starts a pipeline, and how its sources have to be configured for that. */
export interface StartsPlan {
  readonly sources: readonly StepPlan[];
  readonly gitTriggers: readonly GitTriggerPlan[];
  readonly startRules: readonly StartRulePlan[];
}

type GitTrigger = Extract<TriggerPlan, { kind: 'push' | 'tag' | 'pull-request' }>;

const isGit = (trigger: TriggerPlan): trigger is GitTrigger => ['push', 'tag', 'pull-request'].includes(trigger.kind);
const isConnection = (source: StepPlan) => source.work.kind === 'connection-source';

/**
 * Unless told otherwise, every source starts a run when it changes. A source has one way to do so: a filter on a source by connection takes the
 * place of its detection of changes.
 */
export function planStarts(sources: readonly StepPlan[], triggers?: readonly TriggerPlan[]): StartsPlan {
  const wanted: readonly TriggerPlan[] = triggers ?? sources.map(({ name }) => ({ kind: 'change', source: name }));
  const sourceOf = ({ source }: { source?: string }) => source ?? sources[0]?.name;
  const changing = new Set(wanted.flatMap((trigger) => trigger.kind === 'change' ? sourceOf(trigger) : []));
  const filtered = new Map<string, GitTrigger[]>();
  for (const trigger of wanted.filter(isGit)) filtered.set(gitSourceOf(trigger, sources), [...filtered.get(gitSourceOf(trigger, sources)) ?? [], trigger]);

  return {
    sources: sources.map((source) => !isConnection(source) ? source : {
      ...source, configuration: { ...source.configuration, DetectChanges: String(changing.has(source.name) && !filtered.has(source.name)) },
    }),
    gitTriggers: [...filtered].map(([name, filters]) => {
      const source = sources.find((one) => one.name === name);
      // A change of the branch, beside filters, is one filter more.
      const change: GitFilterPlan[] = source && changing.has(name) ? [{ branches: branchOf(source) }] : [];
      const plan = (kinds: ReadonlyArray<GitTrigger['kind']>) => filters.filter(({ kind }) => kinds.includes(kind)).map((filter) => filterOf(filter, source));
      return { source: name, push: [...change, ...plan(['push', 'tag'])], pullRequest: plan(['pull-request']) };
    }),
    startRules: [
      ...sources.filter((source) => !isConnection(source) && changing.has(source.name)).map(({ name }) => ({ kind: 'source-change' as const, source: name })),
      ...wanted.filter((trigger) => trigger.kind === 'schedule'),
      ...wanted.filter((trigger) => trigger.kind === 'pipeline'),
    ],
  };
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html */
export function checkStarts(prop: string, sources: readonly StepPlan[], triggers: readonly TriggerPlan[] = []): Problem[] {
  const { filtersPerTrigger } = PIPELINE_LIMITS;
  const names = sources.map(({ name }) => name);
  return [
    ...(triggers.length > 1 && triggers.some(({ kind }) => kind === 'manual')
      ? [problem(prop, 'hold nothing beside PipelineTrigger.manual()', `${triggers.length} triggers`, 'remove it, or the others')] : []),
    ...triggers.flatMap((trigger, i) => {
      const at = `${prop}[${i}]`;
      const given = 'source' in trigger ? trigger.source : undefined;
      if (given !== undefined && !names.includes(given)) {
        return [problem(`${at}.source`, 'be a source of this pipeline', given, `choose one of ${names.join(', ')}`)];
      }
      if (!isGit(trigger)) return [];
      const source = sources.find(({ name }) => name === gitSourceOf(trigger, sources));
      if (!source || !isConnection(source)) {
        return [problem(`${at}.source`, 'be a source read through a connection', source?.name, `${source ? providerOf(source).provider : 'nothing'} has no filters; use PipelineTrigger.sourceChange()`)];
      }
      return checkPatterns(at, trigger);
    }),
    ...planStarts(sources, triggers).gitTriggers.flatMap(({ source, push, pullRequest }) => [
      ...[['pushes and tags', push], ['pull requests', pullRequest]] as const].filter(([, filters]) => filters.length > filtersPerTrigger)
        .map(([words, filters]) => problem(prop, `hold at most ${filtersPerTrigger} for ${words} of '${source}'`, filters.length, 'join patterns: up to 8 fit into one trigger'))),
    ...again(triggers).map((kind) => problem(prop, 'hold no trigger twice', kind, 'remove one of them')),
  ];
}

function checkPatterns(at: string, trigger: GitTrigger): Problem[] {
  const { patternsPerList, patternLength } = PIPELINE_LIMITS;
  const lists = Object.entries(trigger.kind === 'tag' ? { tags: trigger.tags } : { branches: trigger.branches, paths: trigger.paths })
    .flatMap(([name, { includes, excludes }]) => [[name, includes], [`${name}Except`, excludes]] as const);
  return [
    ...lists.flatMap(([name, patterns]) => [
      ...(patterns.length > patternsPerList ? [problem(`${at}.${name}`, `hold at most ${patternsPerList} patterns`, patterns.length, "join some, as in 'release/{1,2}.*'")] : []),
      ...patterns.filter((pattern) => !Token.isUnresolved(pattern) && (pattern.length < 1 || pattern.length > patternLength))
        .map((pattern) => problem(`${at}.${name}`, `hold patterns of 1 to ${patternLength} characters`, pattern, 'write another pattern')),
    ]),
    ...(trigger.kind === 'tag' && trigger.tags.includes.length + trigger.tags.excludes.length === 0
      ? [problem(`${at}.tags`, 'hold at least one pattern', [], "write PipelineTrigger.tag(['**']) for every tag")] : []),
    ...(trigger.kind === 'pull-request' && trigger.events.length === 0
      ? [problem(`${at}.events`, 'hold at least one event', [], 'leave the prop out for opened and updated pull requests')] : []),
  ];
}

function again(triggers: readonly TriggerPlan[]): string[] {
  const keys = triggers.map((trigger) => trigger.kind === 'pipeline' ? `pipeline ${trigger.pipeline.node.path}` : JSON.stringify(trigger));
  return keys.filter((key, i) => keys.indexOf(key) < i);
}

/** The source that a filter is for: the named one, or else the first that a connection reads. */
const gitSourceOf = ({ source }: GitTrigger, sources: readonly StepPlan[]) => source ?? (sources.find(isConnection) ?? sources[0])?.name;

/** A filter on paths needs one on branches: that of the source, unless others are said. */
function filterOf(trigger: GitTrigger, source: StepPlan | undefined): GitFilterPlan {
  if (trigger.kind === 'tag') return { tags: trigger.tags };
  const branches = isEmpty(trigger.branches) && source ? branchOf(source) : trigger.branches;
  return {
    branches,
    ...!isEmpty(trigger.paths) && { paths: trigger.paths },
    ...trigger.kind === 'pull-request' && { events: [...new Set(trigger.events)] },
  };
}

const isEmpty = ({ includes, excludes }: PatternsPlan) => includes.length + excludes.length === 0;
const branchOf = (source: StepPlan): PatternsPlan => ({ includes: [source.configuration.BranchName], excludes: [] });
