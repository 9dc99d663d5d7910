import { aws_codepipeline as codepipeline } from 'aws-cdk-lib';
import type { GitFilterPlan, GitTriggerPlan, PatternsPlan } from '../../../pipeline/pipeline-plan';

/** Returns Git triggers in the form that the pipeline of aws-codepipeline expects. */
export function gitTriggersOf(
  triggers: readonly GitTriggerPlan[],
  actions: ReadonlyMap<string, codepipeline.IAction>,
): codepipeline.TriggerProps[] {
  return triggers.map(({ source, push, pullRequest }) => ({
    providerType: codepipeline.ProviderType.CODE_STAR_SOURCE_CONNECTION,
    gitConfiguration: {
      sourceAction: actions.get(source)!,
      pushFilter: push.length > 0 ? push.map(pushFilter) : undefined,
      pullRequestFilter: pullRequest.length > 0 ? pullRequest.map(pullRequestFilter) : undefined,
    },
  }));
}

function pushFilter({ tags, branches, paths }: GitFilterPlan): codepipeline.GitPushFilter {
  return { ...patterns('tags', tags), ...patterns('branches', branches), ...patterns('filePaths', paths) };
}

function pullRequestFilter({ events, branches, paths }: GitFilterPlan): codepipeline.GitPullRequestFilter {
  return {
    events: events?.map((event) => event as codepipeline.GitPullRequestEvent),
    ...patterns('branches', branches),
    ...patterns('filePaths', paths),
  };
}

function patterns(prop: 'tags' | 'branches' | 'filePaths', { includes, excludes }: PatternsPlan = NO_PATTERNS) {
  const filter: Record<string, string[]> = {};
  if (includes.length > 0) filter[`${prop}Includes`] = [...includes];
  if (excludes.length > 0) filter[`${prop}Excludes`] = [...excludes];
  return filter;
}

const NO_PATTERNS: PatternsPlan = { includes: [], excludes: [] };
