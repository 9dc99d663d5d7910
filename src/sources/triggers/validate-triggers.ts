import { Token } from 'aws-cdk-lib';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { envText, type Environment, isCrossEnv } from '../../pipeline/env';
import { problem, type Problem } from '../../pipeline/problems';
import { duplicates } from '../../pipeline/duplicates';
import type {
  GitFilterPlan,
  GitTriggerPlan,
  OtherPipelinePlan,
  PatternsPlan,
  TriggerPlan,
} from '../../pipeline/trigger-plan';
import { type GitTrigger, isConnection, isEmpty, isGit, sourceNameOf, type TriggersPlan } from './trigger-sources';
import { faultOf } from './trigger-globs';
import { providerOf } from '../../aws/action-providers';
import { PIPELINE_LIMITS } from '../../aws/limits';
import { CRON, RATE } from '../../aws/schedules';

/**
 * What is wrong with what starts a pipeline.
 *
 * @param home account and region of the pipeline
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
 */
export function checkTriggers(
  prop: string,
  sources: readonly StepPlan[],
  plan: TriggersPlan,
  triggers: readonly TriggerPlan[] | undefined,
  home: Environment,
): Problem[] {
  const { gitTriggers } = plan;
  return [
    ...checkTogether(prop, triggers),
    ...(triggers?.flatMap((trigger, i) => checkTrigger(`${prop}[${i}]`, trigger, sources, home)) ?? []),
    ...(triggers
      ? again(triggers, sources).map((what) => problem(prop, 'hold no trigger twice', what, 'remove one of them'))
      : []),
    ...gitTriggers.flatMap((trigger) => checkFilters(prop, trigger)),
    ...checkSize(prop, gitTriggers),
    ...checkBranches(prop, plan),
  ];
}

function checkTogether(prop: string, triggers: readonly TriggerPlan[] | undefined): Problem[] {
  if (triggers?.length === 0)
    return [
      problem(
        prop,
        'hold at least one trigger',
        [],
        'leave the prop out for any change of any source, or write [PipelineTrigger.manual()]',
      ),
    ];
  const alone = triggers && triggers.length > 1 && triggers.some(({ kind }) => kind === 'manual');
  return alone
    ? [
        problem(
          prop,
          'hold nothing beside PipelineTrigger.manual()',
          `${triggers.length} triggers`,
          'remove it, or the others',
        ),
      ]
    : [];
}

function checkTrigger(at: string, trigger: TriggerPlan, sources: readonly StepPlan[], home: Environment): Problem[] {
  switch (trigger.kind) {
    case 'manual':
      return [];
    case 'schedule':
      return checkSchedule(at, trigger.expression);
    case 'pipeline':
      return checkOtherPipeline(at, trigger, home);
    default:
      return checkTriggerOfSource(at, trigger, sources);
  }
}

function checkTriggerOfSource(
  at: string,
  trigger: Extract<TriggerPlan, { source?: string }>,
  sources: readonly StepPlan[],
): Problem[] {
  const name = sourceNameOf(trigger, sources);
  const source = sources.find((one) => one.name === name);
  if (!source)
    return [
      problem(
        `${at}.source`,
        'be a source of this pipeline',
        name,
        `choose one of ${sources.map((one) => `'${one.name}'`).join(', ')}`,
      ),
    ];
  if (!isGit(trigger)) return [];
  if (isConnection(source)) return checkPatterns(at, trigger);
  return [
    problem(
      `${at}.source`,
      'be a source read through a connection',
      name,
      `${providerOf(source).provider} has no filters; use PipelineTrigger.sourceChange()`,
    ),
  ];
}

const REFERENCE: Readonly<Record<string, string>> = { branches: 'refs/heads/', tags: 'refs/tags/' };

function checkPatterns(at: string, trigger: GitTrigger): Problem[] {
  const lists: Readonly<Record<string, PatternsPlan>> =
    trigger.kind === 'tag' ? { tags: trigger.tags } : { branches: trigger.branches, paths: trigger.paths };
  return [
    ...Object.entries(lists).flatMap(([word, { includes, excludes }]) => [
      ...checkList(`${at}.${word}`, word, includes),
      ...checkList(`${at}.${word}Except`, word, excludes),
      ...(includes.length > 0 && includes.every((pattern) => excludes.includes(pattern))
        ? [
            problem(
              `${at}.${word}`,
              `hold something that ${word}Except does not`,
              includes,
              'what is in both never starts a run',
            ),
          ]
        : []),
    ]),
    ...(trigger.kind === 'tag' && isEmpty(trigger.tags)
      ? [problem(`${at}.tags`, 'hold at least one pattern', [], "write PipelineTrigger.tag(['**']) for every tag")]
      : []),
    ...(trigger.kind === 'pull-request' && trigger.events.length === 0
      ? [
          problem(
            `${at}.events`,
            'hold at least one event',
            [],
            'leave the prop out for opened and updated pull requests',
          ),
        ]
      : []),
  ];
}

function checkList(at: string, word: string, patterns: readonly string[]): Problem[] {
  const { patternsPerList, patternLength } = PIPELINE_LIMITS;
  return [
    ...(patterns.length > patternsPerList
      ? [problem(at, `hold at most ${patternsPerList} patterns`, patterns.length, "join some, as in 'release/{1,2}.*'")]
      : []),
    ...patterns
      .filter((pattern) => !Token.isUnresolved(pattern))
      .flatMap((pattern) => {
        if (pattern.length < 1 || pattern.length > patternLength)
          return [problem(at, `hold patterns of 1 to ${patternLength} characters`, pattern, 'write another pattern')];
        const fault = faultOf(pattern);
        if (fault) return [problem(at, fault, pattern, "write '\\' before a character that stands for itself")];
        if (word === 'paths')
          return /^(\.?\/)/.test(pattern)
            ? [
                problem(
                  at,
                  'be relative to the top of the repository',
                  pattern,
                  "write 'apps/web/**', without '/' or './' in front",
                ),
              ]
            : [];
        const prefix = REFERENCE[word];
        return pattern.startsWith(prefix)
          ? [problem(at, `hold names without '${prefix}'`, pattern, `write '${pattern.slice(prefix.length)}'`)]
          : [];
      }),
  ];
}

function checkSchedule(at: string, expression: string): Problem[] {
  if (Token.isUnresolved(expression) || RATE.test(expression)) return [];
  const [, minute, , dayOfMonth, , dayOfWeek] = CRON.exec(expression) ?? [];
  if (minute === undefined)
    return [
      problem(
        `${at}.schedule`,
        'be a rate or six fields of cron',
        expression,
        "write it as in events.Schedule.cron({ minute: '0', hour: '2' })",
      ),
    ];
  return [
    ...((dayOfMonth === '?') === (dayOfWeek === '?')
      ? [
          problem(
            `${at}.schedule`,
            "have '?' as the day of the month or as the day of the week",
            expression,
            'give one of them only',
          ),
        ]
      : []),
    ...(minute === '*'
      ? [
          problem(
            `${at}.schedule`,
            'say the minute, since it starts a run in every minute of its hours',
            expression,
            "write minute: '0'",
          ),
        ]
      : []),
  ];
}

function checkOtherPipeline(at: string, { key, place }: OtherPipelinePlan, home: Environment): Problem[] {
  return isCrossEnv(place, home)
    ? [
        problem(
          `${at}.pipeline`,
          `be in the account and region of this pipeline, ${envText(home)}`,
          `${key} in ${envText(place)}`,
          'send its events on to the event bus here by a rule beside it, and start this pipeline by a rule of your own: pipeline.onEvent()',
        ),
      ]
    : [];
}

function checkFilters(prop: string, { source, push, pullRequest }: GitTriggerPlan): Problem[] {
  const { filtersPerTrigger } = PIPELINE_LIMITS;
  return (
    [
      ['pushes and tags', push],
      ['pull requests', pullRequest],
    ] as const
  ).flatMap(([words, filters]) => [
    ...(filters.length > filtersPerTrigger
      ? [
          problem(
            prop,
            `hold at most ${filtersPerTrigger} for ${words} of '${source}'`,
            filters.length,
            'join patterns: up to 8 fit into one trigger',
          ),
        ]
      : []),
    ...twice(filters.map(normal)).map((filter) =>
      problem(
        prop,
        `hold no filter for ${words} of '${source}' twice`,
        JSON.parse(filter),
        'remove one of the triggers that say the same',
      ),
    ),
  ]);
}

/** The same text for filters that let pass the same. */
function normal(filter: GitFilterPlan): string {
  const list = ({ includes, excludes }: PatternsPlan) => ({
    includes: [...new Set(includes)].sort(),
    excludes: [...new Set(excludes)].sort(),
  });
  const { tags, branches, paths, events } = filter;
  return JSON.stringify({
    tags: tags && list(tags),
    branches: branches && list(branches),
    paths: paths && list(paths),
    events: events && [...events].sort(),
  });
}

function checkSize(prop: string, gitTriggers: readonly GitTriggerPlan[]): Problem[] {
  const { triggers, triggerBytes } = PIPELINE_LIMITS;
  const bytes = Buffer.byteLength(JSON.stringify(gitTriggers));
  return [
    ...(gitTriggers.length > triggers
      ? [problem(prop, `filter at most ${triggers} sources`, gitTriggers.length, 'split the pipeline')]
      : []),
    ...(bytes > triggerBytes
      ? [problem(prop, `have at most ${triggerBytes} bytes together`, bytes, 'write fewer or shorter patterns')]
      : []),
  ];
}

/**
 * A repository tells a pipeline of one branch only: with sources on two, the changes of one of them may go unnoticed.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
 */
function checkBranches(prop: string, plan: TriggersPlan): Problem[] {
  const starting = plan.sources.filter(
    ({ name, configuration }) =>
      configuration.DetectChanges === 'true' || plan.gitTriggers.some(({ source }) => source === name),
  );
  const repositories = new Map<string, StepPlan[]>();
  for (const source of starting) {
    if (!isConnection(source)) continue;
    const repository = `${source.spec.providerType} ${source.spec.repository}`;
    repositories.set(repository, [...(repositories.get(repository) ?? []), source]);
  }
  const onTwo = [...repositories.values()].filter(
    (same) => new Set(same.map(({ configuration }) => configuration.BranchName)).size > 1,
  );
  return onTwo.map((same) =>
    problem(
      prop,
      `let one source of ${same[0].configuration.FullRepositoryId} start runs, since AWS is told of changes of one of its branches only`,
      same.map(({ name }) => name),
      'name the triggers, e.g. [PipelineTrigger.sourceChange(source)]; a run reads all sources, whatever starts it',
    ),
  );
}

/** What stands there more than once, filters aside: those are compared as the service sees them. */
function again(triggers: readonly TriggerPlan[], sources: readonly StepPlan[]): string[] {
  return twice(
    triggers.flatMap((trigger) => {
      switch (trigger.kind) {
        case 'change':
          return `sourceChange of '${sourceNameOf(trigger, sources)}'`;
        case 'schedule':
          return trigger.expression;
        case 'pipeline':
          return `pipelineSucceeded of ${trigger.key}`;
        default:
          return [];
      }
    }),
  );
}

const twice = (texts: readonly string[]) => [...new Set(duplicates(texts))];
