import { ACTION_PROVIDERS, providerOf } from '../aws/action-providers';
import { RULE_PROVIDERS } from '../aws/rule-providers';
import { allSteps, stepsInOrder } from './actions';
import type { Environment } from './env';
import type { ActionPlan, PipelinePlan, StagePlan, StepPlan, SynthWarning } from './pipeline-plan';
import { architectureWarnings } from './validation/architectures';

/** Returns the warnings about a plan, with unique ids. */
export function warningsOf(plan: PipelinePlan): SynthWarning[] {
  const warnings = [
    ...plan.stages.flatMap(alarmBeforeWindow),
    ...allSteps(plan).flatMap((step) => step.warnings ?? []),
    ...architectureWarnings(plan),
    ...concurrentBuilds(plan),
  ];
  return [...new Map(warnings.map((warning) => [warning.id, warning])).values()];
}

const ALARM = RULE_PROVIDERS.cloudWatchAlarm.provider;
const WINDOW = RULE_PROVIDERS.deploymentWindow.provider;

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html */
function alarmBeforeWindow({ name, beforeEntry }: StagePlan): SynthWarning[] {
  const providers = (beforeEntry?.rules ?? []).map((rule) => providerOf(rule).provider);
  if (!providers.includes(ALARM) || !providers.includes(WINDOW)) return [];
  return [
    {
      id: `alarm-before-window[${name}]`,
      text:
        `The alarms before '${name}' are evaluated when an execution arrives, not again when its deployment window ` +
        'opens: a release may enter while they are in ALARM. ' +
        'Monitor them on success instead, with SuccessCondition.rollBackUnless, or add a separate stage before ' +
        'this one that waits for the window.',
    },
  ];
}

/** Action providers whose actions count towards the quota of concurrent builds. */
const BUILDS: readonly string[] = [ACTION_PROVIDERS.codeBuild.provider, ACTION_PROVIDERS.commands.provider];

/**
 * Reports once that several builds of the pipeline run at the same time in an account and Region.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html
 */
function concurrentBuilds(plan: PipelinePlan): SynthWarning[] {
  const builds = stepsInOrder(plan).flatMap(({ stage, action }) =>
    BUILDS.includes(providerOf(action).provider) ? { stage, action } : [],
  );
  const groups = new Map<string, string[]>();
  for (const { stage, action } of builds) {
    const key = JSON.stringify([stage.name, (action as Partial<ActionPlan>).runOrder, envOf(stage, action)]);
    groups.set(key, [...(groups.get(key) ?? []), action.name]);
  }
  const largest = [...groups.values()].reduce((most, names) => (names.length > most.length ? names : most), []);
  const batch = builds.find(({ action }) => action.configuration.BatchEnabled === 'true');
  if (largest.length <= 1 && !batch) return [];
  const names = largest.length > 1 ? largest : [batch!.action.name];
  const listed = names.slice(0, 5).join(', ') + (names.length > 5 ? `, and ${names.length - 5} more` : '');
  return [
    {
      id: 'concurrent-builds',
      informational: true,
      text:
        `Builds run at the same time: ${listed}. New accounts may run only one build of a compute type at a time, ` +
        'and Commands actions count. Further builds wait in a queue; request a higher quota of CodeBuild in Service ' +
        'Quotas in the accounts that run them.',
    },
  ];
}

/** Returns the account and Region that an action runs in, or undefined for those of the pipeline. */
function envOf({ environments = [] }: StagePlan, { environment, inPipelineEnv }: StepPlan): Environment | undefined {
  if (inPipelineEnv) return undefined;
  const env = environments.find(({ name }) => name === environment)?.env;
  return env?.account === undefined ? undefined : env;
}
