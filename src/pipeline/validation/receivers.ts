import { allActions } from '../actions';
import { duplicates } from '../duplicates';
import type { PipelinePlan } from '../pipeline-plan';
import type { Problems } from '../problems';

/**
 * Validates that every resource that receives releases gets them from one deployment: a release to one environment would be live in all that
 * share it, before anybody has approved it.
 *
 * @param problems collector at the property that most stages come from
 */
export function validateReceivers(plan: PipelinePlan, problems: Problems): void {
  const environments = plan.stages.flatMap((stage) => stage.environments ?? []);
  const envs = new Map(environments.map(({ name, env }) => [name, env] as const));
  const receivers = allActions(plan).flatMap(({ environment = '', receiver }) => {
    if (!receiver) return [];
    const { account = '', region = '' } = envs.get(environment) ?? {};
    return [{ ...receiver, key: [account, region, receiver.what, ...receiver.identity].join('/') }];
  });
  for (const { what, name } of duplicates(receivers, ({ key }) => key)) {
    problems.add(
      `deploy to every ${what} once`,
      name,
      'make one for each environment, since what is released to one is live in all that share it; several containers go by one deployment',
    );
  }
}
