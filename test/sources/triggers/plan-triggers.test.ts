import { App, aws_events as events, aws_s3 as s3, Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import { PipelineSource, PipelineTrigger, PullRequestEvent } from '../../../src';
import { Problems } from '../../../src/pipeline/problems';
import { planSources } from '../../../src/sources/plan-sources';
import { planTriggers } from '../../../src/sources/triggers/plan-triggers';
import type { TriggersPlan } from '../../../src/sources/triggers/trigger-planner';
import { problemsAt } from '../../helpers/plans';
import { gitHub } from '../../helpers/started';

const bucket = new s3.Bucket(new Stack(new App(), 'Data'), 'Bucket', { versioned: true });
const code = gitHub('acme/shop', 'main', 'Code');
const docs = gitHub('acme/docs', 'trunk', 'Docs');
const data = PipelineSource.s3(bucket, 'data.zip', { stepName: 'Data' });
const { push, tag, pullRequest, sourceChange, schedule, manual } = PipelineTrigger;

function planAt(problems: Problems, sources: PipelineSource[], triggers?: PipelineTrigger[]): TriggersPlan {
  const requests = sources.map((source, i) => ({ source, problems: new Problems(`sources[${i}]`) }));
  return planTriggers(planSources(requests, {}, new Problems('sources')), triggers, {}, problems);
}

function planOf(sources: PipelineSource[], triggers?: PipelineTrigger[]) {
  return planAt(new Problems('triggers'), sources, triggers);
}

function problemsOf(sources: PipelineSource[], triggers?: PipelineTrigger[]) {
  return problemsAt('triggers', (at) => planAt(at, sources, triggers));
}

function detects({ sources }: TriggersPlan) {
  return Object.fromEntries(sources.map(({ name, configuration }) => [name, configuration.DetectChanges]));
}

function only(...includes: string[]) {
  return { includes, excludes: [] };
}

const nightly = schedule(events.Schedule.cron({ minute: '0', hour: '2' }));

test('starts an execution on every source change if there are no triggers', () => {
  const plan = planOf([code, docs, data]);
  expect(detects(plan)).toEqual({ Code: 'true', Docs: 'true', Data: undefined });
  expect(plan.gitTriggers).toEqual([]);
  expect(plan.eventTriggers).toEqual([{ kind: 'source-change', source: 'Data' }]);
});

test('plans no automatic triggers for a manual pipeline', () => {
  const plan = planOf([code, docs, data], [manual()]);
  expect(detects(plan)).toEqual({ Code: 'false', Docs: 'false', Data: undefined });
  expect([plan.gitTriggers, plan.eventTriggers]).toEqual([[], []]);
});

test.each<[string, PipelineTrigger[], object]>([
  ['a change of the first source', [sourceChange()], { Code: 'true', Docs: 'false' }],
  ['a change of the second source', [sourceChange(docs)], { Code: 'false', Docs: 'true' }],
  ['a filter', [push()], { Code: 'false', Docs: 'false' }],
  ['a filter on the one and a change of the other', [push(), sourceChange(docs)], { Code: 'false', Docs: 'true' }],
  ['a schedule', [nightly], { Code: 'false', Docs: 'false' }],
])('detects changes of two sources with %s', (_, triggers, expected) => {
  const plan = planOf([code, docs, data], triggers);
  expect(detects(plan)).toEqual({ ...expected, Data: undefined });
  expect(plan.eventTriggers.filter(({ kind }) => kind === 'source-change')).toEqual([]);
});

test('turns a change trigger into a filter if there are other filters', () => {
  expect(planOf([code], [sourceChange(), tag(['v*'])]).gitTriggers).toEqual([
    { source: 'Code', push: [{ branches: only('main') }, { tags: only('v*') }], pullRequest: [] },
  ]);
});

test('filters by the branch of the source by default', () => {
  const [{ push: pushes, pullRequest: requests }] = planOf(
    [code],
    [
      push({ paths: ['apps/**'] }),
      push({ branches: ['release/*'], branchesExcept: ['release/old'] }),
      push({ branchesExcept: ['main'] }),
      pullRequest(),
      pullRequest({
        branches: ['next'],
        pathsExcept: ['docs/**'],
        events: [PullRequestEvent.CLOSED, PullRequestEvent.CLOSED],
      }),
    ],
  ).gitTriggers;
  expect(pushes).toEqual([
    { branches: only('main'), paths: only('apps/**') },
    { branches: { includes: ['release/*'], excludes: ['release/old'] } },
    { branches: { includes: [], excludes: ['main'] } },
  ]);
  expect(requests).toEqual([
    { branches: only('main'), events: ['OPEN', 'UPDATED'] },
    { branches: only('next'), paths: { includes: [], excludes: ['docs/**'] }, events: ['CLOSED'] },
  ]);
});

test('applies a filter to the first source that supports filters, and a change to the first source', () => {
  expect(planOf([data, docs], [push()]).gitTriggers.map(({ source }) => source)).toEqual(['Docs']);
  expect(planOf([data, docs], [sourceChange()]).eventTriggers).toEqual([{ kind: 'source-change', source: 'Data' }]);
});

describe('any triggers', () => {
  const glob = fc.constantFrom<string>('main', 'release/*', '**', 'v{1,2}.*', 'apps/**', '[a-c]?');
  const list = fc.option(fc.uniqueArray(glob, { minLength: 1, maxLength: 4 }), { nil: undefined });
  const anyGlob = fc.oneof(glob, fc.string({ maxLength: 300 }));
  const anyList = fc.option(fc.array(anyGlob, { maxLength: 10 }), { nil: undefined });
  const sources = { Code: code, Docs: docs, Data: data };
  const gitSource = fc.constantFrom(undefined, code, docs);

  /** Parts of each generated trigger. */
  const descriptions = new WeakMap<PipelineTrigger, { kind: string; source?: string }>();

  function described(trigger: PipelineTrigger, kind: string, source?: PipelineSource): PipelineTrigger {
    descriptions.set(trigger, { kind, source: source?.stepName });
    return trigger;
  }

  /** Generates triggers of every kind from these parts. */
  function triggerOf(
    globs: typeof list,
    from: fc.Arbitrary<PipelineSource | undefined>,
    events_: fc.Arbitrary<PullRequestEvent[]>,
  ) {
    return fc.oneof(
      fc.record({ branches: globs, paths: globs, source: from }).map((options) => push(options)),
      fc
        .record({ branches: globs, paths: globs, source: from, events: events_ })
        .map((options) => pullRequest(options)),
      fc.tuple(globs, from).map(([tags, source]) => tag(tags ?? [], { source })),
      from.map((source) => described(sourceChange(source), 'change', source)),
      fc
        .nat({ max: 70 })
        .map((minutes) => described(schedule(events.Schedule.expression(`rate(${minutes} minutes)`)), 'schedule')),
      fc.constant(manual()).map((trigger) => described(trigger, 'manual')),
    );
  }

  const someEvents = fc.uniqueArray(fc.constantFrom(...Object.values(PullRequestEvent)), { minLength: 1 });
  const plain = fc.array(triggerOf(list, gitSource, someEvents), { minLength: 1, maxLength: 7 });
  const wild = fc.option(
    fc.array(
      triggerOf(
        anyList,
        fc.constantFrom(undefined, code, docs, data, gitHub('acme/x', 'main', 'Unknown')),
        fc.array(fc.constantFrom(...Object.values(PullRequestEvent))),
      ),
      { maxLength: 12 },
    ),
    { nil: undefined },
  );
  const some = fc.subarray(Object.values(sources), { minLength: 1 });

  test('satisfy the rules of the service if they are valid', () => {
    let valid = 0;
    fc.assert(
      fc.property(plain, (triggers) => {
        const all = [code, docs, data];
        if (problemsOf(all, triggers).length > 0) return;
        valid++;
        const plan = planOf(all, triggers);
        const kinds = triggers.flatMap((trigger) => descriptions.get(trigger) ?? []);

        function hasChangeTrigger(name: string) {
          return kinds.some(({ kind, source }) => kind === 'change' && (source ?? 'Code') === name);
        }

        expect(new Set(plan.gitTriggers.map(({ source }) => source)).size).toBe(plan.gitTriggers.length);
        for (const {
          name,
          configuration: { DetectChanges },
        } of plan.sources.slice(0, 2)) {
          const filtered = plan.gitTriggers.some(({ source }) => source === name);
          expect(DetectChanges).toBe(String(hasChangeTrigger(name) && !filtered));
        }
        for (const { source, push: pushes, pullRequest: requests } of plan.gitTriggers) {
          expect(source).not.toBe('Data');
          expect(pushes.length + requests.length).toBeGreaterThan(0);
          for (const filters of [pushes, requests]) {
            expect(filters.length).toBeLessThanOrEqual(3);
            expect(new Set(filters.map((filter) => JSON.stringify(filter))).size).toBe(filters.length);
          }
          // Tags, branches, or branches and paths; of pull requests branches, or branches and paths.
          for (const filter of pushes) {
            expect(['tags', 'branches', 'branches,paths']).toContain(Object.keys(filter).join());
          }
          for (const filter of requests) {
            expect(['branches,events', 'branches,paths,events']).toContain(Object.keys(filter).join());
          }
          const lists = [...pushes, ...requests].flatMap(({ tags, branches, paths }) =>
            [tags ?? [], branches ?? [], paths ?? []].flat(),
          );
          for (const { includes, excludes } of lists) {
            expect(includes.length + excludes.length).toBeGreaterThan(0);
          }
        }
        expect(plan.eventTriggers.some((rule) => rule.kind === 'source-change')).toBe(hasChangeTrigger('Data'));
        expect(plan.eventTriggers.filter(({ kind }) => kind === 'schedule')).toHaveLength(
          kinds.filter(({ kind }) => kind === 'schedule').length,
        );
        if (kinds.some(({ kind }) => kind === 'manual')) {
          expect([plan.gitTriggers, plan.eventTriggers]).toEqual([[], []]);
        }
      }),
      { numRuns: 500 },
    );
    expect(valid).toBeGreaterThan(50);
  });

  test('have problems in the one sentence form and never crash', () => {
    fc.assert(
      fc.property(some, wild, (from, triggers) => {
        planOf(from, triggers);
        for (const problem of problemsOf(from, triggers)) {
          expect(problem).toMatch(/^'triggers(\[\d+\])?(\.\w+)?' must .+, got .+; .+$/s);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('are limited to three filters of a kind', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 4, maxLength: 8 });
    fc.assert(
      fc.property(
        names,
        fc.constantFrom(
          (name: string) => push({ branches: [name] }),
          (name: string) => tag([name]),
          (name: string) => pullRequest({ branches: [name] }),
        ),
        (branches, make) => {
          expect(problemsOf([code], branches.map(make))).toEqual([
            expect.stringMatching(/^'triggers' must contain at most 3 triggers for/),
          ]);
        },
      ),
    );
  });
});
