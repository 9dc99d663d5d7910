import { aws_codepipeline as codepipeline } from 'aws-cdk-lib';
import type { GitFilterPlan, GitTriggerPlan, PatternsPlan } from '../../pipeline/trigger-plan';

/** Git triggers in the form that the pipeline of aws-codepipeline takes. */
export const gitTriggersOf = (
  triggers: readonly GitTriggerPlan[],
  actions: ReadonlyMap<string, codepipeline.IAction>,
): codepipeline.TriggerProps[] =>
  triggers.map(({ source, push, pullRequest }) => ({
    providerType: codepipeline.ProviderType.CODE_STAR_SOURCE_CONNECTION,
    gitConfiguration: {
      sourceAction: actions.get(source)!,
      pushFilter:
        push.length > 0 ? push.map(({ tags, ...rest }) => ({ ...lists('tags', tags), ...places(rest) })) : undefined,
      pullRequestFilter:
        pullRequest.length > 0
          ? pullRequest.map(({ events, ...rest }) => ({
              events: events?.map((event) => event as codepipeline.GitPullRequestEvent),
              ...places(rest),
            }))
          : undefined,
    },
  }));

const places = ({ branches, paths }: Pick<GitFilterPlan, 'branches' | 'paths'>) => ({
  ...lists('branches', branches),
  ...lists('filePaths', paths),
});

function lists(
  word: 'tags' | 'branches' | 'filePaths',
  { includes, excludes }: PatternsPlan = { includes: [], excludes: [] },
) {
  return {
    ...(includes.length > 0 && { [`${word}Includes`]: [...includes] }),
    ...(excludes.length > 0 && { [`${word}Excludes`]: [...excludes] }),
  };
}
